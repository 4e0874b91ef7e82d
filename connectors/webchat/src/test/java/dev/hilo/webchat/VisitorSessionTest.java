package dev.hilo.webchat;

import static dev.hilo.webchat.Webchat.HELP;
import static dev.hilo.webchat.Webchat.NOW;
import static dev.hilo.webchat.Webchat.ORIGIN;
import static dev.hilo.webchat.Webchat.SHOP;
import static dev.hilo.webchat.Webchat.VISITOR;
import static dev.hilo.webchat.Webchat.delivery;
import static dev.hilo.webchat.Webchat.headers;
import static dev.hilo.webchat.Webchat.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.VisitorChannel.Authentication;
import dev.hilo.channel.VisitorChannel.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorSessionTest {

  private static final Map<String, String> FROM_THE_SHOP = Map.of("Origin", ORIGIN);

  @Test
  void shouldOpenASessionForANewVisitor() throws Exception {
    // when
    Session.Opened opened = opened("{\"language\":\"pt-BR\",\"page\":{}}", FROM_THE_SHOP);
    // then
    assertThat(opened.visitor().kind()).isEqualTo(ContactAddress.Kind.VISITOR);
    assertThat(opened.visitor().value()).matches("shop/[0-9a-f]{32}");
    assertThat(opened.language()).isEqualTo("pt");
    assertThat(opened.expiresAt()).isEqualTo(Instant.parse("2026-12-20T12:00:00Z"));
    JsonMapper json = new JsonMapper();
    ObjectNode settings = (ObjectNode) json.readTree(opened.settings());
    assertThat(settings.remove("files").path("maxBytes").asLong()).isEqualTo(20_971_520);
    assertThat(settings)
        .isEqualTo(
            json.readTree(
                """
                {"title":"Tienda Aurora","colour":"#0f766e",
                 "prechat":[{"name":"name","type":"name","required":true},
                  {"name":"phone","type":"phone","required":false},
                  {"name":"order","type":"text","required":false,"label":"Número de pedido",
                   "pattern":"[A-Z]-\\\\d+","message":"Por ejemplo A-1234."},
                  {"name":"reason","type":"select","required":true,"label":"Motivo",
                   "options":[{"value":"swap","label":"Cambio"},{"value":"delay","label":"Demora"}]},
                  {"name":"terms","type":"checkbox","required":true,
                   "label":"Acepto el tratamiento de datos"}],
                 "continueOn":[{"channel":"whatsapp","label":"WhatsApp"}],
                 "transcript":true}
                """));
    assertThat(Webchat.channel().authenticate(call(opened.token().reveal())))
        .isEqualTo(new Authentication.Visitor(SHOP, opened.visitor()));
  }

  @Test
  void shouldMakeEveryVisitorAnother() {
    // when
    Set<ContactAddress> visitors = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      visitors.add(opened("", FROM_THE_SHOP).visitor());
    }
    // then
    assertThat(visitors).hasSize(1000);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"language":"en"},      en
          {"language":"ES-419"},  es
          {"language":"fr"},      es
          {"language":""},        es
          {"language":7},         es
          {},                     es
          '',                     es
          """)
  void shouldSpeakTheAccountsLanguageWhenTheVisitorsIsUnknown(String body, String language) {
    assertThat(opened(body, FROM_THE_SHOP).language()).isEqualTo(language);
  }

  @Test
  void shouldGoOnWithTheSameVisitorWhenTheOldTokenHolds() {
    // given
    String old = token(SHOP, NOW.plusSeconds(1));
    // when
    Session.Opened opened = opened("{}", headers(ORIGIN, old));
    // then
    assertThat(opened.visitor()).isEqualTo(ContactAddress.visitor("shop/" + VISITOR));
    assertThat(opened.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    assertThat(opened.token().reveal()).isNotEqualTo(old);
  }

  @Test
  void shouldStartANewVisitorWhenTheOldTokenDoesNotHold() {
    for (String old :
        new String[] {token(SHOP, NOW), token(HELP, NOW.plusSeconds(60)), "not.a.token", ""}) {
      assertThat(opened("{}", headers(ORIGIN, old)).visitor().value())
          .startsWith("shop/")
          .doesNotContain(VISITOR);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://tienda.example",
        "https://tienda.example:8443",
        "https://tienda.example.evil.example",
        "https://eviltienda.example",
        "https://TIENDA.example",
        "https://tienda.example/",
        "https://help.example",
        "http://localhost:8096",
        "null",
        "*"
      })
  void shouldDenyPagesOfOtherOrigins(String origin) {
    assertThat(denied("{}", Map.of("Origin", origin)).refusal()).isEqualTo(Refusal.WRONG_ORIGIN);
    assertThat(Webchat.channel().allowsOrigin(SHOP, origin)).isFalse();
  }

  @Test
  void shouldAllowTheOriginsOfTheWidgetOnly() {
    assertThat(Webchat.channel().allowsOrigin(SHOP, "https://tienda.example")).isTrue();
    assertThat(Webchat.channel().allowsOrigin(SHOP, "http://localhost:8095")).isTrue();
    assertThat(Webchat.channel().allowsOrigin(HELP, "https://tienda.example")).isFalse();
    assertThat(Webchat.channel().allowsOrigin(new AccountId("x"), ORIGIN)).isFalse();
  }

  @Test
  void shouldDenyASessionWhenTheOriginIsMissing() {
    assertThat(denied("{}", Map.of()).refusal()).isEqualTo(Refusal.WRONG_ORIGIN);
    assertThat(denied("{}", Map.of("Sec-Fetch-Site", "same-origin")).refusal())
        .isEqualTo(Refusal.WRONG_ORIGIN);
  }

  @Test
  void shouldDenyASessionWhenTheWidgetIsUnknown() {
    // when
    Session session =
        Webchat.channel().openSession(delivery(new AccountId("nobody"), "{}", FROM_THE_SHOP));
    // then
    assertThat(session)
        .isEqualTo(new Session.Denied(Refusal.UNKNOWN_ACCOUNT, "there is no such widget"));
  }

  @Test
  void shouldDenyASessionWhenTheBodyIsUnreadable() {
    assertThat(denied("[]", FROM_THE_SHOP).refusal()).isEqualTo(Refusal.MALFORMED);
    assertThat(denied("{", FROM_THE_SHOP).refusal()).isEqualTo(Refusal.MALFORMED);
    assertThat(denied(" ".repeat(65_537), FROM_THE_SHOP).refusal()).isEqualTo(Refusal.TOO_LARGE);
  }

  @Test
  void shouldNotAuthenticateWhenTheTokenHasExpired() {
    // given
    String token = token(SHOP, NOW.plusSeconds(60));
    // then
    assertThat(Webchat.channel(NOW.plusSeconds(59)).authenticate(call(token)))
        .isInstanceOf(Authentication.Visitor.class);
    assertThat(refusal(Webchat.channel(NOW.plusSeconds(60)).authenticate(call(token))))
        .isEqualTo(Refusal.EXPIRED_TOKEN);
  }

  @Test
  void shouldNotAuthenticateWhenTheTokenIsAnotherWidgets() {
    assertThat(refusal(Webchat.channel().authenticate(call(token(HELP, NOW.plusSeconds(60))))))
        .isEqualTo(Refusal.BAD_SIGNATURE);
  }

  /** Browsers send no Origin with a GET to the page's own server. */
  @Test
  void shouldAuthenticateWithoutOriginOnlyWhenTheBrowserSaysSameOrigin() {
    // given
    String bearer = "Bearer " + token(SHOP, NOW.plusSeconds(60));
    // then
    assertThat(
            Webchat.channel()
                .authenticate(
                    delivery(
                        SHOP,
                        "",
                        Map.of("Authorization", bearer, "Sec-Fetch-Site", "same-origin"))))
        .isInstanceOf(Authentication.Visitor.class);
    assertThat(
            refusal(
                Webchat.channel()
                    .authenticate(delivery(SHOP, "", Map.of("Authorization", bearer)))))
        .isEqualTo(Refusal.WRONG_ORIGIN);
  }

  private static dev.hilo.channel.RawDelivery call(String token) {
    return delivery(SHOP, "", headers(ORIGIN, token));
  }

  private static Refusal refusal(Authentication authentication) {
    assertThat(authentication).isInstanceOf(Authentication.Denied.class);
    return ((Authentication.Denied) authentication).refusal();
  }

  private static Session.Opened opened(String body, Map<String, String> headers) {
    Session session = Webchat.channel().openSession(delivery(SHOP, body, headers));
    assertThat(session).isInstanceOf(Session.Opened.class);
    return (Session.Opened) session;
  }

  private static Session.Denied denied(String body, Map<String, String> headers) {
    Session session = Webchat.channel().openSession(delivery(SHOP, body, headers));
    assertThat(session).isInstanceOf(Session.Denied.class);
    return (Session.Denied) session;
  }
}
