package dev.hilo.webchat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Secret;
import dev.hilo.channel.contract.ScriptedHttp;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The webchat that the tests talk to: a shop's widget and another one, at a fixed time. */
final class Webchat {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final String SECRET = "a-secret-for-tests-only-0123456789abcdef";
  static final String ORIGIN = "https://tienda.example";
  static final String VISITOR = "00112233445566778899aabbccddeeff";
  static final AccountId SHOP = new AccountId("shop");
  static final AccountId HELP = new AccountId("help");

  private Webchat() {}

  static WebchatChannel channel() {
    return channel(NOW);
  }

  static WebchatChannel channel(Instant now) {
    ProviderHttp http = ScriptedHttp.silent();
    return (WebchatChannel)
        new WebchatProvider()
            .create(
                settings(Map.of(), Map.of()),
                new ChannelContext(http, Clock.fixed(now, ZoneOffset.UTC)));
  }

  /** Valid settings with some of the shop's and the common ones replaced. */
  static ChannelSettings settings(Map<String, String> common, Map<String, String> shop) {
    Map<String, String> allCommon = new HashMap<>(Map.of("token-secret", SECRET));
    allCommon.putAll(common);
    Map<String, String> allShop =
        new HashMap<>(
            Map.of(
                "allowed-origins", ORIGIN + ", http://localhost:8095",
                "title", "Tienda Aurora",
                "colour", "#0f766e",
                "prechat", "name!, phone",
                "continue-on", "whatsapp:1000000001, whatsapp:1000000002"));
    allShop.putAll(shop);
    return new ChannelSettings(
        new ChannelSettings.Values("hilo.channels.webchat.settings", allCommon),
        List.of(
            account(SHOP, "Aurora", "es", allShop),
            account(HELP, "Help desk", "en", Map.of("allowed-origins", "https://help.example"))));
  }

  private static ChannelSettings.Account account(
      AccountId id, String name, String language, Map<String, String> values) {
    return new ChannelSettings.Account(
        id,
        name,
        language,
        new ChannelSettings.Values(
            "hilo.channels.webchat.accounts." + id + ".settings", new HashMap<>(values)));
  }

  static String token(AccountId widget, Instant expiresAt) {
    return new VisitorTokens(new Secret(SECRET))
        .write(new VisitorToken(widget, VISITOR, expiresAt))
        .reveal();
  }

  static RawDelivery delivery(AccountId account, String body, Map<String, String> headers) {
    return delivery(account, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static RawDelivery delivery(AccountId account, byte[] body, Map<String, String> headers) {
    Map<String, List<String>> all = new TreeMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return new RawDelivery(Optional.of(account), all, Map.of(), body, NOW);
  }

  static Map<String, String> headers(String origin, String token) {
    return Map.of(
        "Origin", origin, "Authorization", "Bearer " + token, "Content-Type", "application/json");
  }
}
