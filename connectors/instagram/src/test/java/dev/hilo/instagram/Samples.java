package dev.hilo.instagram;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.RawDelivery;
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

  static final AccountId ACCOUNT = new AccountId("17841400000000001");
  static final AccountId SECOND = new AccountId("17841400000000002");
  static final AccountId OTHER = new AccountId("17841400000000009");
  static final String APP_ID = "999000000000001";
  static final String APP_SECRET = "demo-app-secret";
  static final String ACCESS_TOKEN = "demo-access-token";
  static final String VERIFY_TOKEN = "demo-verify-token";
  static final String OTHER_APP_SECRET = "other-app-secret";
  static final String OTHER_ACCESS_TOKEN = "other-access-token";
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final ContactAddress ANA =
      new ContactAddress(ContactAddress.Kind.SOCIAL, "7200000000000011");

  private Samples() {}

  /** One account with its app's id, one of the same app without, and one of another app. */
  static ChannelSettings settings() {
    return new ChannelSettings(
        common(Map.of()),
        List.of(
            account(ACCOUNT.value(), Map.of("app-id", APP_ID)),
            account(SECOND.value(), Map.of()),
            account(
                OTHER.value(),
                Map.of("app-secret", OTHER_APP_SECRET, "access-token", OTHER_ACCESS_TOKEN))));
  }

  static ChannelSettings.Values common(Map<String, String> changes) {
    Map<String, String> values = new HashMap<>();
    values.put("graph-url", "http://localhost:8095/v25.0");
    values.put("verify-token", VERIFY_TOKEN);
    values.put("app-secret", APP_SECRET);
    values.put("media-hosts", "localhost:8095");
    values.putAll(changes);
    return new ChannelSettings.Values("hilo.channels.instagram.settings", values);
  }

  static ChannelSettings.Account account(String id, Map<String, String> changes) {
    Map<String, String> values = new HashMap<>();
    values.put("access-token", ACCESS_TOKEN);
    values.putAll(changes);
    return new ChannelSettings.Account(
        new AccountId(id),
        "Tienda Aurora",
        "es",
        new ChannelSettings.Values("hilo.channels.instagram.accounts." + id + ".settings", values));
  }

  static Channel channel(ProviderHttp http) {
    return channel(settings(), context(http));
  }

  static ChannelContext context(ProviderHttp http) {
    return new ChannelContext(http, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  static Channel channel(ChannelSettings settings, ChannelContext context) {
    return new InstagramProvider().create(settings, context);
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
    return outbound(ANA, new OutboundContent.Text(body));
  }

  static OutboundMessage outbound(ContactAddress to, OutboundContent content) {
    return new OutboundMessage(
        new OutboundId("out-2251799813690001"), ACCOUNT, to, content, Optional.empty());
  }

  static OutboundMessage outbound(
      OutboundContent content, OutboundMessage.Author author, OutboundMessage.Window window) {
    return new OutboundMessage(
        new OutboundId("out-2251799813690001"),
        ACCOUNT,
        ANA,
        content,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        author,
        window);
  }

  static Answered answer(int status, String json) {
    return new Answered(status, Map.of("Content-Type", "application/json"), bytes(json));
  }

  static Answered accepted() {
    return answer(200, "{\"recipient_id\":\"7200000000000011\",\"message_id\":\"m_OUT\"}");
  }

  /** A refusal as the Graph API writes it; {@code key} is a code or {@code code/subcode}. */
  static Answered graphError(int status, String key, String message) {
    String[] codes = key.split("/", 2);
    String subcode = codes.length == 2 ? ",\"error_subcode\":" + codes[1] : "";
    return answer(
        status,
        "{\"error\":{\"message\":\"(#"
            + codes[0]
            + ") "
            + message
            + "\",\"type\":\"OAuthException\",\"code\":"
            + codes[0]
            + subcode
            + ",\"fbtrace_id\":\"AbC\"}}");
  }

  /** A webhook of the first account with these members of its one event. */
  static byte[] webhook(String members) {
    return bytes(
        "{\"object\":\"instagram\",\"entry\":[{\"id\":\"17841400000000001\",\"time\":1763640000250,"
            + "\"messaging\":[{\"sender\":{\"id\":\"7200000000000011\"},"
            + "\"recipient\":{\"id\":\"17841400000000001\"},\"timestamp\":1763640000000,"
            + members
            + "}]}]}");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
