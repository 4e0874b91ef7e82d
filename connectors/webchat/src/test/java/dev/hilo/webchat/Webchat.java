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
  static final String IDENTITY_SECRET = "the-secret-of-the-shop-s-own-server-0123456789";
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
            Map.ofEntries(
                Map.entry("allowed-origins", ORIGIN + ", http://localhost:8095"),
                Map.entry("title", "Tienda Aurora"),
                Map.entry("colour", "#0f766e"),
                Map.entry("prechat", "name!, phone, order, reason!, terms!"),
                Map.entry("prechat.order.label.es", "Número de pedido"),
                Map.entry("prechat.order.label.en", "Order number"),
                Map.entry("prechat.order.pattern", "[A-Z]-\\d+"),
                Map.entry("prechat.order.message.es", "Por ejemplo A-1234."),
                Map.entry("prechat.reason.type", "select"),
                Map.entry("prechat.reason.label", "Motivo"),
                Map.entry("prechat.reason.options", "swap=Cambio|delay=Demora"),
                Map.entry("prechat.reason.options.en", "swap=Exchange|delay=Delay"),
                Map.entry("prechat.terms.type", "checkbox"),
                Map.entry("prechat.terms.label", "Acepto el tratamiento de datos"),
                Map.entry("identity-secret", IDENTITY_SECRET),
                Map.entry("identity-realm", "aurora"),
                Map.entry("continue-on", "whatsapp:1000000001, whatsapp:1000000002")));
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

  /** A token of somebody whom the shop's own server has identified. */
  static String tokenOf(Identity identity, Instant expiresAt) {
    return new VisitorTokens(new Secret(SECRET))
        .write(new VisitorToken(SHOP, VISITOR, expiresAt, Optional.of(identity)))
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
