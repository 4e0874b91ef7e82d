package dev.hilo.telegram;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.RawDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings, updates and answers that the tests of this module share. */
final class Samples {

  static final AccountId BOT = new AccountId("700000001");
  static final AccountId SECOND = new AccountId("700000002");
  static final String TOKEN = "700000001:demo-token-of-the-first-bot";
  static final String SECOND_TOKEN = "700000002:demo-token-of-the-second-bot";
  static final String WORD = "demo-secret-word-1";
  static final String SECOND_WORD = "demo-secret-word-2";
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final ContactAddress ANA =
      new ContactAddress(ContactAddress.Kind.SOCIAL, "telegram:500000011");

  private Samples() {}

  static ChannelSettings settings() {
    return new ChannelSettings(
        common(Map.of()),
        List.of(
            account("700000001", Map.of()),
            account("700000002", Map.of("token", SECOND_TOKEN, "secret-token", SECOND_WORD))));
  }

  static ChannelSettings.Values common(Map<String, String> values) {
    return new ChannelSettings.Values("hilo.channels.telegram.settings", values);
  }

  static ChannelSettings.Account account(String id, Map<String, String> changes) {
    Map<String, String> values = new HashMap<>(Map.of("token", TOKEN, "secret-token", WORD));
    values.putAll(changes);
    return new ChannelSettings.Account(
        new AccountId(id),
        "Tienda Aurora",
        "es",
        new ChannelSettings.Values("hilo.channels.telegram.accounts." + id + ".settings", values));
  }

  static RawDelivery carrying(String word, byte[] body) {
    return RawDelivery.of(body, Map.of("X-Telegram-Bot-Api-Secret-Token", word), NOW);
  }

  static OutboundMessage outbound(OutboundContent content) {
    return new OutboundMessage(new OutboundId("out-1"), BOT, ANA, content, Optional.empty());
  }

  /** An update whose one member is a message of Ana's with these members. */
  static byte[] message(String members) {
    return bytes(
        """
        {"update_id":9001,"message":{"message_id":41,
          "from":{"id":500000011,"is_bot":false,"first_name":"Ana","language_code":"es"},
          "chat":{"id":500000011,"first_name":"Ana","type":"private"},
          "date":1795176000,%s}}"""
            .formatted(members));
  }

  static Answered answer(int status, String json) {
    return new Answered(status, Map.of("Content-Type", "application/json"), bytes(json));
  }

  static Answered accepted() {
    return answer(
        200,
        """
        {"ok":true,"result":{"message_id":77,"date":1795176001,"text":"hola",
          "chat":{"id":500000011,"type":"private"}}}""");
  }

  /** A refusal as the Bot API writes it. */
  static Answered refused(int code, String description) {
    return answer(
        code, "{\"ok\":false,\"error_code\":" + code + ",\"description\":\"" + description + "\"}");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
