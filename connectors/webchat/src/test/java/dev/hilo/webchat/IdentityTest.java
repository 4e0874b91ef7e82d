package dev.hilo.webchat;

import static dev.hilo.webchat.Webchat.IDENTITY_SECRET;
import static dev.hilo.webchat.Webchat.NOW;
import static dev.hilo.webchat.Webchat.ORIGIN;
import static dev.hilo.webchat.Webchat.SECRET;
import static dev.hilo.webchat.Webchat.SHOP;
import static dev.hilo.webchat.Webchat.VISITOR;
import static dev.hilo.webchat.Webchat.delivery;
import static dev.hilo.webchat.Webchat.headers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.Secret;
import dev.hilo.channel.VisitorChannel.Authentication;
import dev.hilo.channel.VisitorChannel.Session;
import dev.hilo.channel.contract.ScriptedHttp;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Visitors whom the page's own server has identified. */
class IdentityTest {

  private static final Map<String, String> FROM_THE_SHOP = Map.of("Origin", ORIGIN);
  private static final Instant SOON = NOW.plusSeconds(300);

  private final VisitorTokens tokens = new VisitorTokens(new Secret(SECRET));

  @Test
  void shouldBindTheVisitorToWhomTheTokenNames() throws Exception {
    // given
    String jwt =
        jwt(
            claims("4711")
                .claim("name", "Ana Gómez")
                .claim("email", "ana@example.com")
                .claim("email_verified", true)
                .claim("phone_number", "+573005550199")
                .build());
    // when
    VisitorToken token = token(open(byToken(jwt), FROM_THE_SHOP));
    // then
    Identity identity = token.identity().orElseThrow();
    assertThat(identity.vouched())
        .containsExactly(
            ContactAddress.external("aurora", "4711"), ContactAddress.email("ana@example.com"));
    assertThat(identity.claims()).containsExactly(ContactAddress.phone("+573005550199"));
    assertThat(identity.name()).contains("Ana Gómez");
    assertThat(token.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));
  }

  @Test
  void shouldBindTheVisitorByHash() throws Exception {
    // when
    VisitorToken token = token(open(byHash("cliente ñ.1", SOON, IDENTITY_SECRET), FROM_THE_SHOP));
    // then
    assertThat(token.identity()).contains(Identity.of("aurora", "cliente ñ.1"));
  }

  @Test
  void shouldRefuseForgedProofs() throws Exception {
    String good = jwt(claims("4711").build());
    String[] parts = good.split("\\.", -1);
    String otherPayload = jwt(claims("4712").build()).split("\\.", -1)[1];
    for (String forged :
        new String[] {
          byToken(jwt(claims("4711").build(), "another-secret-0123456789abcdefghijkl")),
          byToken(jwt(claims("4711").build(), SECRET)),
          byToken(parts[0] + "." + otherPayload + "." + parts[2]),
          byToken(new PlainJWT(claims("4711").build()).serialize()),
          byToken("no.token.this"),
          byToken(jwt(claims("4711").audience("help").build())),
          byHash("4711", SOON, "another-secret-0123456789abcdefghijkl"),
          byHash("4711", SOON, IDENTITY_SECRET).replace("4711", "4712"),
          byHash("4711", SOON, IDENTITY_SECRET)
              .replace(Long.toString(SOON.getEpochSecond()), "1999999999"),
          "{\"identity\":{\"id\":\"4711\",\"expires\":1999999999,\"hash\":\"zz\"}}"
        }) {
      assertThat(denied(forged).refusal()).as(forged).isEqualTo(Refusal.BAD_SIGNATURE);
    }
  }

  @Test
  void shouldRefuseProofsThatAreOver() throws Exception {
    Instant over = NOW.minusSeconds(60);
    Date tomorrow = Date.from(NOW.plus(Duration.ofDays(1)));
    for (String late :
        new String[] {
          byToken(jwt(claims("4711").expirationTime(Date.from(over)).build())),
          byToken(jwt(claims("4711").notBeforeTime(tomorrow).expirationTime(tomorrow).build())),
          byHash("4711", over, IDENTITY_SECRET),
          byHash("4711", Instant.EPOCH, IDENTITY_SECRET)
        }) {
      Session.Denied denied = denied(late);
      assertThat(denied.refusal()).isEqualTo(Refusal.EXPIRED_TOKEN);
      assertThat(denied.detail()).isEqualTo("the identity has expired; sign a new one");
    }
    // a clock that is a little behind is no reason
    Instant justNow = NOW.minusSeconds(59);
    assertThat(open(byHash("4711", justNow, IDENTITY_SECRET), FROM_THE_SHOP))
        .isInstanceOf(Session.Opened.class);
  }

  @Test
  void shouldRefuseProofsWithoutNameOrEnd() throws Exception {
    for (String odd :
        new String[] {
          byToken(jwt(new JWTClaimsSet.Builder().subject("4711").build())),
          byToken(jwt(claims("").build())),
          byToken(jwt(claims("a".repeat(201)).build())),
          "{\"identity\":{}}",
          "{\"identity\":7}",
          "{\"identity\":{\"id\":\"4711\",\"hash\":\"00\"}}"
        }) {
      assertThat(denied(odd).refusal()).as(odd).isEqualTo(Refusal.MALFORMED);
    }
  }

  @Test
  void shouldKeepTheVisitorWhoLogsIn() throws Exception {
    // given
    String anonymous = Webchat.token(SHOP, NOW.plusSeconds(60));
    // when
    VisitorToken token =
        token(open(byToken(jwt(claims("4711").build())), headers(ORIGIN, anonymous)));
    // then
    assertThat(token.visitor()).isEqualTo(VISITOR);
    assertThat(token.identity()).isPresent();
  }

  @Test
  void shouldStartANewVisitorWhenSomebodyElseLogsIn() throws Exception {
    // given
    String ana = Webchat.tokenOf(Identity.of("aurora", "4711"), NOW.plusSeconds(60));
    // when
    VisitorToken again = token(open(byToken(jwt(claims("4711").build())), headers(ORIGIN, ana)));
    VisitorToken other = token(open(byToken(jwt(claims("4712").build())), headers(ORIGIN, ana)));
    // then
    assertThat(again.visitor()).isEqualTo(VISITOR);
    assertThat(other.visitor()).isNotEqualTo(VISITOR);
    assertThat(other.identity()).contains(Identity.of("aurora", "4712"));
  }

  @Test
  void shouldNotProlongWhatWasProvenOnce() {
    // given
    String ana = Webchat.tokenOf(Identity.of("aurora", "4711"), NOW.plusSeconds(60));
    // when
    VisitorToken next = token(open("{}", headers(ORIGIN, ana)));
    // then
    assertThat(next.identity()).contains(Identity.of("aurora", "4711"));
    assertThat(next.expiresAt()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void shouldTakeVerifiedVisitorsOnlyWhenTheWidgetDemandsIt() throws Exception {
    // given
    WebchatChannel strict = channel(Map.of("identity-required", "true"));
    String anonymous = Webchat.token(SHOP, NOW.plusSeconds(60));
    String ana = Webchat.tokenOf(Identity.of("aurora", "4711"), NOW.plusSeconds(60));
    byte[] message =
        "{\"kind\":\"message\",\"clientId\":\"aaaaaaaa\",\"text\":\"Hola\"}"
            .getBytes(StandardCharsets.UTF_8);
    // then
    assertThat(strict.openSession(delivery(SHOP, "{}", headers(ORIGIN, anonymous))))
        .isInstanceOfSatisfying(
            Session.Denied.class,
            no -> assertThat(no.refusal()).isEqualTo(Refusal.WRONG_VERIFY_TOKEN));
    assertThat(strict.authenticate(delivery(SHOP, "", headers(ORIGIN, anonymous))))
        .isInstanceOf(Authentication.Denied.class);
    assertThat(strict.verify(delivery(SHOP, message, headers(ORIGIN, anonymous))))
        .isInstanceOf(ParseResult.Refused.class);
    assertThat(strict.openSession(delivery(SHOP, "{}", headers(ORIGIN, ana))))
        .isInstanceOf(Session.Opened.class);
    assertThat(strict.parse(delivery(SHOP, message, headers(ORIGIN, ana))))
        .isInstanceOf(ParseResult.Events.class);
    assertThat(
            strict.openSession(delivery(SHOP, byToken(jwt(claims("4711").build())), FROM_THE_SHOP)))
        .isInstanceOf(Session.Opened.class);
  }

  @Test
  void shouldNotAskForWhatThePagesServerSaid() throws Exception {
    // given
    String asked = "name!, phone, email, order";
    WebchatChannel shop = channel(Map.of("prechat", asked));
    JWTClaimsSet known =
        claims("4711").claim("name", "Ana Rojas").claim("email", "ana@example.com").build();
    // when
    Session ana = shop.openSession(delivery(SHOP, byToken(jwt(known)), FROM_THE_SHOP));
    Session again =
        shop.openSession(
            delivery(SHOP, "{}", headers(ORIGIN, ((Session.Opened) ana).token().reveal())));
    Session guest = shop.openSession(delivery(SHOP, "{}", FROM_THE_SHOP));
    // then
    assertThat(questions(ana)).containsExactly("phone", "order");
    assertThat(questions(again)).containsExactly("phone", "order");
    assertThat(questions(guest)).containsExactly("name", "phone", "email", "order");
  }

  @Test
  void shouldSayThatItCanVerifyNobodyWithoutASecret() throws Exception {
    WebchatChannel open = channel(Map.of("identity-secret", ""));
    assertThat(
            open.openSession(delivery(SHOP, byToken(jwt(claims("4711").build())), FROM_THE_SHOP)))
        .isInstanceOfSatisfying(
            Session.Denied.class, no -> assertThat(no.detail()).contains("identity-secret"));
  }

  @Test
  void shouldNotPrintThePerson() {
    assertThat(Identity.of("aurora", "4711").toString()).doesNotContain("4711");
  }

  private static List<String> questions(Session session) throws Exception {
    String settings = ((Session.Opened) session).settings();
    return new ObjectMapper().readTree(settings).path("prechat").findValuesAsText("name");
  }

  private static WebchatChannel channel(Map<String, String> shop) {
    return (WebchatChannel)
        new WebchatProvider()
            .create(
                Webchat.settings(Map.of(), shop),
                new ChannelContext(ScriptedHttp.silent(), Clock.fixed(NOW, ZoneOffset.UTC)));
  }

  private static Session open(String body, Map<String, String> headers) {
    return Webchat.channel().openSession(delivery(SHOP, body, headers));
  }

  private static Session.Denied denied(String body) {
    Session session = open(body, FROM_THE_SHOP);
    assertThat(session).as(body).isInstanceOf(Session.Denied.class);
    return (Session.Denied) session;
  }

  private VisitorToken token(Session session) {
    assertThat(session).isInstanceOf(Session.Opened.class);
    return tokens.read(((Session.Opened) session).token().reveal()).orElseThrow();
  }

  private static JWTClaimsSet.Builder claims(String subject) {
    return new JWTClaimsSet.Builder().subject(subject).expirationTime(Date.from(SOON));
  }

  private static String jwt(JWTClaimsSet claims) throws JOSEException {
    return jwt(claims, IDENTITY_SECRET);
  }

  private static String jwt(JWTClaimsSet claims, String secret) throws JOSEException {
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    jwt.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
    return jwt.serialize();
  }

  private static String byToken(String token) {
    return "{\"identity\":{\"token\":\"" + token + "\"}}";
  }

  private static String byHash(String id, Instant expires, String secret) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    long seconds = expires.getEpochSecond();
    String hash =
        HexFormat.of()
            .formatHex(mac.doFinal((id + "." + seconds).getBytes(StandardCharsets.UTF_8)));
    return "{\"identity\":{\"id\":\""
        + id
        + "\",\"expires\":"
        + seconds
        + ",\"hash\":\""
        + hash
        + "\"}}";
  }
}
