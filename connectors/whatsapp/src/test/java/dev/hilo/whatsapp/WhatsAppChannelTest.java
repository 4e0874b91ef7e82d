package dev.hilo.whatsapp;

import static dev.hilo.whatsapp.Samples.answer;
import static dev.hilo.whatsapp.Samples.bytes;
import static dev.hilo.whatsapp.Samples.graphError;
import static dev.hilo.whatsapp.Samples.webhook;

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

/** The channel contract, kept by WhatsApp. */
class WhatsAppChannelTest implements ChannelContract {

  private static final String VALUE = "/entry/*/changes/*/value/";

  @Override
  public ChannelProvider provider() {
    return new WhatsAppProvider();
  }

  @Override
  public ChannelSettings settings() {
    return Samples.settings();
  }

  @Override
  public Map<String, ChannelSettings> invalidSettings() {
    String account = "hilo.channels.whatsapp.accounts.1000000001.settings.";
    String common = "hilo.channels.whatsapp.settings.";
    Map<String, ChannelSettings> invalid = new LinkedHashMap<>();
    invalid.put(common + "verify-token", withCommon("verify-token", ""));
    invalid.put(common + "graph-url", withCommon("graph-url", "graph.facebook.com"));
    invalid.put(common + "link-url", withCommon("link-url", "ftp://demo-access-token@wa.me"));
    invalid.put(common + "media-hosts", withCommon("media-hosts", "https://cdn.example.org"));
    invalid.put(account + "business-account-id", withAccount("business-account-id", "../me"));
    invalid.put(account + "access-token", withAccount("access-token", " "));
    invalid.put(account + "app-secret", withAccount("app-secret", ""));
    invalid.put(account + "display-phone-number", withAccount("display-phone-number", "0100"));
    invalid.put(account + "templates", withAccount("templates", "follow_up"));
    invalid.put(account + "template.hola.es", withAccount("templates", "hola:es"));
    invalid.put("Aurora", withAccountNamed("Aurora"));
    return invalid;
  }

  private static ChannelSettings withCommon(String key, String value) {
    return new ChannelSettings(
        Samples.common(Map.of(key, value)), List.of(Samples.account("1000000001", Map.of())));
  }

  private static ChannelSettings withAccount(String key, String value) {
    return new ChannelSettings(
        Samples.common(Map.of()), List.of(Samples.account("1000000001", Map.of(key, value))));
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
        new String(batch(), java.nio.charset.StandardCharsets.UTF_8)
            .replace("\"1000000001\"", "\"4040404040\"")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return List.of(
        signed(unknown),
        // The first account's messages, signed by the app of the second.
        Samples.signed(batch(), Samples.OTHER_APP_SECRET));
  }

  @Override
  public List<String> elementPaths() {
    return List.of(
        VALUE + "messages/*",
        VALUE + "statuses/*",
        VALUE + "user_preferences/*",
        VALUE + "errors/*",
        VALUE + "message_echoes/*",
        VALUE + "user_id_update/*");
  }

  @Override
  public byte[] batch() {
    return bytes(
        """
        {"object":"whatsapp_business_account","entry":[
          {"id":"102290129340398","time":1763640000,"changes":[
            {"field":"messages","value":{"messaging_product":"whatsapp",
              "metadata":{"display_phone_number":"576015550100","phone_number_id":"1000000001"},
              "contacts":[{"profile":{"name":"Ana Muñoz"},"wa_id":"573001112233",
                "user_id":"CO.777"}],
              "messages":[
                {"from":"573001112233","id":"wamid.1","timestamp":"1763640000","type":"text",
                  "text":{"body":"¿Hola? 😀"},"context":{"id":"wamid.0","from":"576015550100"}},
                {"from":"573001112233","id":"wamid.2","timestamp":"1763640001","type":"image",
                  "image":{"id":"900","mime_type":"image/jpeg","caption":"foto"}},
                {"from":"573001112233","id":"wamid.3","timestamp":"1763640002","type":"edit",
                  "edit":{"original_message_id":"wamid.1",
                    "message":{"type":"text","text":{"body":"Hola"}}}}],
              "statuses":[
                {"id":"wamid.our","status":"failed","timestamp":"1763640003",
                  "recipient_id":"573001112233","biz_opaque_callback_data":"out-1",
                  "errors":[{"code":131047,"title":"Re-engagement message",
                    "error_data":{"details":"More than 24 hours"}}]}]}}]},
          {"id":"102290129340398","changes":[
            {"field":"messages","value":{"messaging_product":"whatsapp",
              "metadata":{"display_phone_number":"576015550100","phone_number_id":"1000000001"},
              "messages":[
                {"from":"573004445566","id":"wamid.4","timestamp":1763640004,"type":"location",
                  "location":{"latitude":4.6,"longitude":-74.08}}]}},
            {"field":"user_preferences","value":{
              "metadata":{"display_phone_number":"576015550100","phone_number_id":"1000000001"},
              "user_preferences":[{"wa_id":"573001112233","category":"marketing_messages",
                "value":"stop","timestamp":1763640005}]}},
            {"field":"user_id_update","value":{
              "metadata":{"display_phone_number":"576015550100","phone_number_id":"1000000001"},
              "user_id_update":[{"wa_id":"573001112233","timestamp":"1763640006",
                "user_id":{"previous":"CO.777","current":"CO.778"}}]}},
            {"field":"smb_message_echoes","value":{
              "metadata":{"display_phone_number":"576015550100","phone_number_id":"1000000001"},
              "message_echoes":[{"from":"576015550100","to":"573001112233","id":"wamid.echo",
                "timestamp":"1763640007","type":"text","text":{"body":"¡Hola!"}}]}}]}]}
        """);
  }

  @Override
  public List<byte[]> unknownKinds() {
    return List.of(
        webhook(
            """
            "messages":[{"from":"573001112233","id":"wamid.1","timestamp":"1763640000",
              "type":"hologram","hologram":{"id":"h"}}]"""),
        webhook(
            """
            "messages":[{"from":"573001112233","id":"wamid.1","timestamp":"1763640000",
              "type":"interactive","interactive":{"type":"telepathy"}}]"""),
        webhook(
            """
            "messages":[{"from":"573001112233","id":"wamid.1","timestamp":"1763640000"}]"""));
  }

  @Override
  public List<byte[]> ownEchoes() {
    return List.of(
        webhook(
            """
            "message_echoes":[{"from":"576015550100","to":"573001112233","id":"wamid.1",
              "timestamp":"1763640000","type":"text","text":{"body":"hola"}}]"""));
  }

  @Override
  public List<StatusCase> statuses() {
    return List.of(
        status("sent", DeliveryState.SENT),
        status("delivered", DeliveryState.DELIVERED),
        status("read", DeliveryState.READ),
        status("played", DeliveryState.READ),
        status("failed", DeliveryState.FAILED));
  }

  private static StatusCase status(String name, DeliveryState expected) {
    return new StatusCase(name, statusWebhook(name), expected);
  }

  private static byte[] statusWebhook(String name) {
    return webhook(
        "\"statuses\":[{\"id\":\"wamid.1\",\"status\":\""
            + name
            + "\",\"timestamp\":\"1763640000\",\"recipient_id\":\"573001112233\"}]");
  }

  @Override
  public byte[] unknownStatus() {
    return statusWebhook("in_orbit");
  }

  @Override
  public OutboundMessage outbound(String text) {
    return Samples.text(text);
  }

  @Override
  public Optional<ProviderAnswers> answers() {
    return Optional.of(
        new ProviderAnswers(
            answer(
                200,
                """
                {"messaging_product":"whatsapp",
                 "contacts":[{"input":"+573001112233","wa_id":"573001112233"}],
                 "messages":[{"id":"wamid.OUT","message_status":"accepted"}]}"""),
            Map.of(
                "130429", graphError(429, 130429, "Rate limit hit"),
                "4", graphError(400, 4, "Application request limit reached"),
                "80007", graphError(400, 80007, "Rate limit issues"),
                "613", graphError(400, 613, "Calls to this api have exceeded the rate limit"),
                "429 of a gateway", answer(429, "")),
            Map.of(
                "131026", graphError(400, 131026, "Message undeliverable"),
                "131050", graphError(400, 131050, "User has stopped marketing messages")),
            text -> graphError(401, 190, text)));
  }
}
