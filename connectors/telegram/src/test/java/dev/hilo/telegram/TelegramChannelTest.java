package dev.hilo.telegram;

import static dev.hilo.telegram.Samples.answer;
import static dev.hilo.telegram.Samples.bytes;
import static dev.hilo.telegram.Samples.message;
import static dev.hilo.telegram.Samples.refused;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.contract.ChannelContract;
import dev.hilo.channel.contract.ProviderAnswers;
import dev.hilo.channel.contract.StatusCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The channel contract, kept by Telegram. */
class TelegramChannelTest implements ChannelContract {

  @Override
  public ChannelProvider provider() {
    return new TelegramProvider();
  }

  @Override
  public ChannelSettings settings() {
    return Samples.settings();
  }

  @Override
  public Map<String, ChannelSettings> invalidSettings() {
    String account = "hilo.channels.telegram.accounts.700000001.settings.";
    Map<String, ChannelSettings> invalid = new LinkedHashMap<>();
    invalid.put(account + "token", with("token", " "));
    invalid.put("00001.settings.token is not", with("token", Samples.SECOND_TOKEN));
    invalid.put(account + "secret-token", with("secret-token", ""));
    invalid.put("secret-token is not valid", with("secret-token", "señal secreta"));
    invalid.put("a word that no other account has", twice());
    invalid.put(
        "hilo.channels.telegram.settings.api-url",
        new ChannelSettings(Samples.common(Map.of("api-url", "api.telegram.org")), List.of()));
    invalid.put(
        "aurora_bot",
        new ChannelSettings(
            Samples.common(Map.of()), List.of(Samples.account("aurora_bot", Map.of()))));
    return invalid;
  }

  private static ChannelSettings with(String key, String value) {
    return new ChannelSettings(
        Samples.common(Map.of()), List.of(Samples.account("700000001", Map.of(key, value))));
  }

  private static ChannelSettings twice() {
    return new ChannelSettings(
        Samples.common(Map.of()),
        List.of(
            Samples.account("700000001", Map.of()),
            Samples.account("700000002", Map.of("token", Samples.SECOND_TOKEN))));
  }

  @Override
  public Set<String> secrets() {
    return Set.of(Samples.TOKEN, Samples.SECOND_TOKEN, Samples.WORD, Samples.SECOND_WORD);
  }

  @Override
  public RawDelivery signed(byte[] body) {
    return Samples.carrying(Samples.WORD, body);
  }

  @Override
  public List<RawDelivery> badlySigned(byte[] body) {
    return List.of(
        RawDelivery.of(body, Map.of(), now()),
        Samples.carrying("", body),
        Samples.carrying("guessed-word", body),
        Samples.carrying(Samples.WORD + "1", body),
        Samples.carrying(Samples.WORD.substring(1), body),
        Samples.carrying("ñandú", body),
        sentTo(Samples.SECOND, body),
        RawDelivery.of(body, Map.of("X-Telegram-Secret", Samples.WORD), now()));
  }

  private RawDelivery sentTo(AccountId account, byte[] body) {
    RawDelivery signed = signed(body);
    return new RawDelivery(
        Optional.of(account), signed.headers(), Map.of(), signed.body(), signed.receivedAt());
  }

  @Override
  public List<RawDelivery> forOtherAccounts() {
    return List.of(sentTo(new AccountId("700000009"), message("\"text\":\"hola\"")));
  }

  @Override
  public List<String> elementPaths() {
    // An update; or several, as getUpdates gives them.
    return List.of("/*");
  }

  @Override
  public byte[] batch() {
    return bytes(
        """
        [{"update_id":9001,"message":{"message_id":41,"date":1795176000,
           "from":{"id":500000011,"is_bot":false,"first_name":"Ana","last_name":"Ruiz"},
           "chat":{"id":500000011,"type":"private"},
           "reply_to_message":{"message_id":40},"text":"¿Hola? 😀"}},
         {"update_id":9002,"callback_query":{"id":"88001","data":"yes",
           "from":{"id":500000012,"first_name":"Luis"},
           "message":{"message_id":39,"date":1795175000,"chat":{"id":500000012,"type":"private"},
             "reply_markup":{"inline_keyboard":[[{"text":"Sí","callback_data":"yes"}]]}}}},
         {"update_id":9003,"message_reaction":{"message_id":40,"date":1795176003,
           "chat":{"id":500000011,"type":"private"},"user":{"id":500000011},
           "old_reaction":[],"new_reaction":[{"type":"emoji","emoji":"👍"}]}},
         {"update_id":9004,"message":{"message_id":42,"date":1795176004,
           "from":{"id":500000011},"chat":{"id":500000011,"type":"private"},
           "photo":[{"file_id":"small","width":90,"height":67,"file_size":1200},
             {"file_id":"large","width":1280,"height":960,"file_size":99000}],"caption":"roto"}}]
        """);
  }

  @Override
  public List<byte[]> unknownKinds() {
    return List.of(
        message("\"hologram\":{\"file_id\":\"h\"}"),
        message("\"poll\":{\"id\":\"1\",\"question\":\"¿Cuál?\",\"options\":[]}"),
        message("\"photo\":[]"),
        message("\"location\":{\"latitude\":1e400,\"longitude\":2}"),
        message("\"has_protected_content\":true"));
  }

  @Override
  public List<byte[]> ownEchoes() {
    return List.of(
        bytes(
            """
            {"update_id":9001,"message":{"message_id":41,"date":1795176000,"text":"hola",
              "from":{"id":700000001,"is_bot":true,"first_name":"Aurora"},
              "chat":{"id":500000011,"type":"private"}}}"""));
  }

  @Override
  public List<StatusCase> statuses() {
    return List.of();
  }

  @Override
  public byte[] unknownStatus() {
    return bytes(
        """
        {"update_id":9001,"my_chat_member":{"date":1795176000,"from":{"id":500000011},
          "chat":{"id":500000011,"type":"private"},"new_chat_member":{"status":"in_orbit"}}}""");
  }

  @Override
  public OutboundMessage outbound(String text) {
    return Samples.outbound(new OutboundContent.Text(text));
  }

  @Override
  public Optional<ProviderAnswers> answers() {
    Answered flood =
        answer(
            429,
            """
            {"ok":false,"error_code":429,"description":"Too Many Requests: retry after 14",
              "parameters":{"retry_after":14}}""");
    return Optional.of(
        new ProviderAnswers(
            Samples.accepted(),
            Map.of("429", flood, "429 of a gateway", answer(429, "")),
            Map.of(
                "blocked", refused(403, "Forbidden: bot was blocked by the user"),
                "deactivated", refused(403, "Forbidden: user is deactivated"),
                "never wrote", refused(403, "Forbidden: bot can't initiate conversation"),
                "chat not found", refused(400, "Bad Request: chat not found"),
                "peer", refused(400, "Bad Request: PEER_ID_INVALID")),
            text -> refused(401, text)));
  }
}
