package dev.hilo.messenger;

import static dev.hilo.messenger.Samples.answer;
import static dev.hilo.messenger.Samples.bytes;
import static dev.hilo.messenger.Samples.graphError;
import static dev.hilo.messenger.Samples.webhook;

import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.contract.ChannelContract;
import dev.hilo.channel.contract.ProviderAnswers;
import dev.hilo.channel.contract.StatusCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The channel contract. */
class MessengerChannelTest implements ChannelContract {

  @Override
  public ChannelProvider provider() {
    return new MessengerProvider();
  }

  @Override
  public ChannelSettings settings() {
    return Samples.settings();
  }

  @Override
  public Map<String, ChannelSettings> invalidSettings() {
    String common = "hilo.channels.messenger.settings.";
    String account = "hilo.channels.messenger.accounts.104500000000001.settings.";
    Map<String, ChannelSettings> invalid = new LinkedHashMap<>();
    invalid.put(common + "verify-token", withCommon("verify-token", ""));
    invalid.put(common + "graph-url", withCommon("graph-url", "graph.facebook.com"));
    invalid.put(common + "media-hosts", withCommon("media-hosts", "http://demo-access-token/"));
    invalid.put(account + "access-token", withAccount("access-token", " "));
    invalid.put(account + "app-secret", withCommon("app-secret", ""));
    invalid.put(account + "app-id", withAccount("app-id", "hilo"));
    invalid.put(
        account + "graph-url", withAccount("graph-url", "ftp://demo-access-token@localhost"));
    invalid.put("Aurora", withAccountNamed("Aurora"));
    return invalid;
  }

  private static ChannelSettings withCommon(String key, String value) {
    return new ChannelSettings(
        Samples.common(Map.of(key, value)), List.of(Samples.account("104500000000001", Map.of())));
  }

  private static ChannelSettings withAccount(String key, String value) {
    return new ChannelSettings(
        Samples.common(Map.of()), List.of(Samples.account("104500000000001", Map.of(key, value))));
  }

  private static ChannelSettings withAccountNamed(String id) {
    return new ChannelSettings(Samples.common(Map.of()), List.of(Samples.account(id, Map.of())));
  }

  @Override
  public Set<String> secrets() {
    return Set.of(
        Samples.ACCESS_TOKEN,
        Samples.APP_SECRET,
        Samples.VERIFY_TOKEN,
        Samples.OTHER_ACCESS_TOKEN,
        Samples.OTHER_APP_SECRET);
  }

  @Override
  public RawDelivery signed(byte[] body) {
    return Samples.signed(body, Samples.APP_SECRET);
  }

  @Override
  public List<RawDelivery> badlySigned(byte[] body) {
    String signature = Samples.signature(body, Samples.APP_SECRET);
    return List.of(
        RawDelivery.of(body, Map.of(), now()),
        with(body, Samples.signature(body, "guessed-app-secret")),
        with(body, Samples.signature(bytes("another body"), Samples.APP_SECRET)),
        with(body, signature.substring(0, signature.length() - 2)),
        with(body, signature + "00"),
        with(body, signature.substring("sha256=".length())),
        with(body, "sha256="),
        with(body, "sha1=" + signature.substring("sha256=".length())),
        with(body, "sha256=ñandú"),
        RawDelivery.of(body, Map.of("X-Hub-Signature", signature), now()));
  }

  private RawDelivery with(byte[] body, String signature) {
    return RawDelivery.of(body, Map.of("X-Hub-Signature-256", signature), now());
  }

  @Override
  public List<RawDelivery> forOtherAccounts() {
    byte[] unknown =
        bytes(
            """
            {"object":"page","entry":[{"id":"4040404040","messaging":[
              {"sender":{"id":"6100000000000011"},"recipient":{"id":"4040404040"},
                "timestamp":1763640000000,"message":{"mid":"m_1","text":"hola"}}]}]}""");
    return List.of(
        signed(unknown),
        // The first account's messages, signed by the app of the third.
        Samples.signed(
            webhook("\"message\":{\"mid\":\"m_1\",\"text\":\"hola\"}"), Samples.OTHER_APP_SECRET));
  }

  @Override
  public List<String> elementPaths() {
    return List.of("/entry/*/messaging/*", "/entry/*/standby/*", "/entry/*/changes/*");
  }

  @Override
  public byte[] batch() {
    return bytes(
        """
        {"object":"page","entry":[
          {"id":"104500000000001","time":1763640000250,"messaging":[
            {"sender":{"id":"6100000000000011"},"recipient":{"id":"104500000000001"},
             "timestamp":1763640000000,"message":{"mid":"m_1","text":"¿Hola? 😀",
               "reply_to":{"mid":"m_0"}}},
            {"sender":{"id":"6100000000000011"},"recipient":{"id":"104500000000001"},
             "timestamp":1763640001000,"message":{"mid":"m_2","attachments":[
               {"type":"image","payload":{"url":"https://scontent.xx.fbcdn.net/v/a.jpg"}},
               {"type":"fallback","title":"Aurora","url":"https://aurora.example/"}]}},
            {"sender":{"id":"6100000000000011"},"recipient":{"id":"104500000000001"},
             "timestamp":1763640002000,"reaction":{"mid":"m_0","action":"react",
               "reaction":"love","emoji":"❤"}},
            {"sender":{"id":"6100000000000011"},"recipient":{"id":"104500000000001"},
             "timestamp":1763640003000,"read":{"watermark":1763639995000}}],
           "standby":[
            {"sender":{"id":"6100000000000011"},"recipient":{"id":"104500000000001"},
             "timestamp":1763640004000,"message":{"mid":"m_3","text":"¿sigues?"}}]},
          {"id":"104500000000002","time":1763640000250,"messaging":[
            {"sender":{"id":"55"},"recipient":{"id":"104500000000002"},
             "timestamp":1763640005000,"postback":{"title":"Comenzar","payload":"start"}}],
           "changes":[
            {"field":"messages","value":{"sender":{"id":"55"},
             "recipient":{"id":"104500000000002"},"timestamp":"1763640006",
             "message":{"mid":"m_4","text":"prueba"}}}]}]}
        """);
  }

  @Override
  public List<byte[]> unknownKinds() {
    return List.of(
        webhook(
            """
            "message":{"mid":"m_1","attachments":[{"type":"hologram","payload":{"url":"h"}}]}"""),
        webhook("\"message\":{\"mid\":\"m_1\",\"is_unsupported\":true}"),
        webhook("\"message\":{\"mid\":\"m_1\",\"telepathy\":{}}"),
        webhook("\"message\":{\"mid\":\"m_1\"}"));
  }

  @Override
  public List<byte[]> ownEchoes() {
    return List.of(
        webhook(
            """
            "message":{"mid":"m_1","text":"hola","is_echo":true,"metadata":"hilo:out-1"}"""),
        webhook("\"message\":{\"mid\":\"m_1\",\"text\":\"hola\",\"is_echo\":true}"),
        webhook("\"message\":{\"mid\":\"m_1\",\"is_deleted\":true,\"is_echo\":true}"),
        bytes(
            """
            {"object":"page","entry":[{"id":"104500000000001","messaging":[
              {"sender":{"id":"104500000000001"},"recipient":{"id":"6100000000000011"},
               "timestamp":1763640000000,"message":{"mid":"m_1","text":"hola"}},
              {"sender":{"id":"104500000000001"},"recipient":{"id":"6100000000000011"},
               "timestamp":1763640000000,"message_edit":{"mid":"m_1","text":"hola"}}]}]}"""));
  }

  @Override
  public List<StatusCase> statuses() {
    return List.of(
        new StatusCase(
            "message_echoes",
            webhook(
                """
                "message":{"mid":"m_1","text":"hola","is_echo":true,"metadata":"hilo:out-1"}"""),
            DeliveryState.SENT),
        new StatusCase(
            "message_deliveries",
            webhook("\"delivery\":{\"mids\":[\"m_1\"]}"),
            DeliveryState.DELIVERED),
        new StatusCase("message_reads", webhook("\"read\":{\"mid\":\"m_1\"}"), DeliveryState.READ));
  }

  @Override
  public byte[] unknownStatus() {
    return webhook("\"in_orbit\":{\"mid\":\"m_1\"}");
  }

  @Override
  public OutboundMessage outbound(String text) {
    return Samples.text(text);
  }

  @Override
  public Optional<ProviderAnswers> answers() {
    return Optional.of(
        new ProviderAnswers(
            Samples.accepted(),
            Map.of(
                "4", graphError(400, "4", "Application request limit reached"),
                "4/2018022", graphError(400, "4/2018022", "Too many of one image"),
                "17", graphError(400, "17", "User request limit reached"),
                "32", graphError(400, "32", "Page request limit reached"),
                "613", graphError(400, "613", "Calls to this api have exceeded the rate limit"),
                "613/2534040", graphError(400, "613/2534040", "Too many messages"),
                "80002", graphError(400, "80002", "Too many calls to this account"),
                "80006", graphError(400, "80006", "Too many calls to this Page"),
                "429 of a gateway", answer(429, "")),
            Map.of(
                "10/2018108", graphError(403, "10/2018108", "This person is not available"),
                "200/1545041", graphError(403, "200/1545041", "Message cannot be sent"),
                "551", graphError(400, "551", "This person isn't available right now"),
                "551/1545041", graphError(400, "551/1545041", "This person isn't available"),
                "9010", graphError(400, "9010", "No matching Instagram user"),
                "100/2018001", graphError(400, "100/2018001", "No matching user found"),
                "100/2534014", graphError(400, "100/2534014", "The user cannot be found")),
            text -> graphError(401, "190/463", text)));
  }
}
