package dev.hilo.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.RawDelivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Settings, signatures and payloads that the tests of this module share. */
final class Samples {

  static final AccountId ACCOUNT = new AccountId("1000000001");
  static final String APP_SECRET = "demo-app-secret";
  static final String ACCESS_TOKEN = "demo-access-token";
  static final String VERIFY_TOKEN = "demo-verify-token";
  static final String OTHER_APP_SECRET = "other-app-secret";
  static final String OTHER_ACCESS_TOKEN = "other-access-token";
  static final ContactAddress ANA = ContactAddress.phone("+573001112233");
  static final Answered ACCEPTED =
      answer(200, "{\"messages\":[{\"id\":\"wamid.OUT\"}],\"messaging_product\":\"whatsapp\"}");
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private static final JsonMapper MAPPER = new JsonMapper();

  private Samples() {}

  /** Two numbers of one app and one business account, and a number of another app. */
  static ChannelSettings settings() {
    return new ChannelSettings(
        common(Map.of()),
        List.of(
            account(ACCOUNT.value(), Map.of()),
            account(
                "1000000002",
                Map.of(
                    "app-secret",
                    OTHER_APP_SECRET,
                    "access-token",
                    OTHER_ACCESS_TOKEN,
                    "display-phone-number",
                    "+57 601 555 0102",
                    "templates",
                    "")),
            account(
                "1000000003",
                Map.of(
                    "display-phone-number", "+57 601 555 0103",
                    "business-account-id", "102290129340399",
                    "templates", ""))));
  }

  static ChannelSettings.Values common(Map<String, String> changes) {
    Map<String, String> values = new HashMap<>();
    values.put("graph-url", "http://localhost:8095/v25.0");
    values.put("verify-token", VERIFY_TOKEN);
    values.putAll(changes);
    return new ChannelSettings.Values("hilo.channels.whatsapp.settings", values);
  }

  static ChannelSettings.Account account(String id, Map<String, String> changes) {
    Map<String, String> values = new HashMap<>();
    values.put("access-token", ACCESS_TOKEN);
    values.put("app-secret", APP_SECRET);
    values.put("display-phone-number", "+57 601 555 0100");
    values.put("business-account-id", "102290129340398");
    values.put("templates", "follow_up:es, follow_up:en");
    values.put("template.follow_up.es", "Hola {{1}}, seguimos con tu caso. ¿Podemos continuar?");
    values.put("template.follow_up.en", "Hello {{1}}, we are still on your case. May we go on?");
    values.putAll(changes);
    return new ChannelSettings.Account(
        new AccountId(id),
        "Tienda Aurora",
        "es",
        new ChannelSettings.Values("hilo.channels.whatsapp.accounts." + id + ".settings", values));
  }

  static Channel channel(ProviderHttp http) {
    return channel(settings(), http);
  }

  static Channel channel(ChannelSettings settings, ProviderHttp http) {
    return new WhatsAppProvider()
        .create(settings, new ChannelContext(http, Clock.fixed(NOW, ZoneOffset.UTC)));
  }

  static WhatsAppChannel channel(ProviderHttp http, OutgoingFiles files) {
    return (WhatsAppChannel)
        new WhatsAppProvider()
            .create(
                settings(),
                new ChannelContext(
                    http, Clock.fixed(NOW, ZoneOffset.UTC), files, CredentialStore.NONE));
  }

  /** The number whose business account is not among the settings. */
  static ChannelSettings withoutBusinessAccount() {
    return new ChannelSettings(
        common(Map.of()), List.of(account(ACCOUNT.value(), Map.of("business-account-id", ""))));
  }

  static RawDelivery signed(byte[] body, String secret) {
    return RawDelivery.of(body, Map.of("X-Hub-Signature-256", signature(body, secret)), NOW);
  }

  static String signature(byte[] body, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static OutboundMessage text(String body) {
    return outbound(ContactAddress.phone("+573001112233"), new OutboundContent.Text(body));
  }

  static OutboundMessage outbound(ContactAddress to, OutboundContent content) {
    return new OutboundMessage(
        new OutboundId("out-2251799813690001"), ACCOUNT, to, content, Optional.empty());
  }

  static Answered answer(int status, String json) {
    return new Answered(status, Map.of("Content-Type", "application/json"), bytes(json));
  }

  /** A refusal as the Graph API writes it. */
  static Answered graphError(int status, int code, String message) {
    return answer(
        status,
        "{\"error\":{\"message\":\"(#"
            + code
            + ") "
            + message
            + "\",\"type\":\"OAuthException\",\"code\":"
            + code
            + ",\"error_data\":{\"messaging_product\":\"whatsapp\",\"details\":\""
            + message
            + "\"},\"fbtrace_id\":\"AbC\"}}");
  }

  /** A change of the first account with the given members of its value. */
  static byte[] webhook(String members) {
    return bytes(
        "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"102290129340398\","
            + "\"changes\":[{\"field\":\"messages\",\"value\":{\"messaging_product\":\"whatsapp\","
            + "\"metadata\":{\"display_phone_number\":\"576015550100\","
            + "\"phone_number_id\":\"1000000001\"},"
            + members
            + "}}]}]}");
  }

  /** The JSON of a call's body, as a test compares it. */
  static JsonNode json(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String text) {
    return json(bytes(text));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
