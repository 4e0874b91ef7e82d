package dev.hilo.simulators.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.simulators.World;
import dev.hilo.simulators.mail.MailWorld;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OAuthApiTest {

  private static final String REDIRECT = "http://localhost:8090/oauth/callback";
  private static final String TOKEN = "/oauth/aurora/oauth2/v2.0/token";
  private static final String GOOGLE = "/oauth/google/token";

  private World world;
  private TokenCaller tokens;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
    tokens = new TokenCaller(world);
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldReplaceRefreshTokenWhenUsed() throws Exception {
    // when
    TokenCaller.Answer first = tokens.refresh(MailWorld.REFRESH_TOKEN);
    String next = first.body().path("refresh_token").asText();
    TokenCaller.Answer again = tokens.refresh(MailWorld.REFRESH_TOKEN);
    TokenCaller.Answer second = tokens.refresh(next);

    // then
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().path("expires_in").asInt()).isEqualTo(3600);
    assertThat(first.body().path("token_type").asText()).isEqualTo("Bearer");
    assertThat(first.raw().headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(next).isNotEqualTo(MailWorld.REFRESH_TOKEN);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.body().path("error").asText()).isEqualTo("invalid_grant");
    assertThat(again.body().path("error_codes").get(0).asInt()).isEqualTo(70_008);
    assertThat(second.status()).isEqualTo(200);
  }

  @Test
  void shouldLetOldRefreshTokenLiveForTheGrace() throws Exception {
    // given
    world.put("/control/mail/tokens", "{\"grace\":\"PT1M\"}");

    // when
    String next = tokens.refresh(MailWorld.REFRESH_TOKEN).body().path("refresh_token").asText();
    String sameNext = tokens.refresh(MailWorld.REFRESH_TOKEN).body().path("refresh_token").asText();
    world.put("/control/clock", "{\"advance\":\"PT61S\"}");
    TokenCaller.Answer late = tokens.refresh(MailWorld.REFRESH_TOKEN);

    // then
    assertThat(sameNext).isEqualTo(next);
    assertThat(late.body().path("error").asText()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldTakeNewestRefreshTokenAfterRestart() throws Exception {
    // given
    String newest = tokens.refresh(MailWorld.REFRESH_TOKEN).body().path("refresh_token").asText();

    // when
    try (World other = World.start()) {
      TokenCaller.Answer answer = new TokenCaller(other).refresh(newest);

      // then
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  void shouldRefuseOnDemand() throws Exception {
    // given
    world.post("/control/mail/tokens/refuse", "{}");

    // when
    TokenCaller.Answer refused = tokens.refresh(MailWorld.REFRESH_TOKEN);
    TokenCaller.Answer then = tokens.refresh(MailWorld.REFRESH_TOKEN);

    // then
    assertThat(refused.body().path("error").asText()).isEqualTo("invalid_grant");
    assertThat(then.status()).isEqualTo(200);
  }

  @Test
  void shouldGiveCodeWhenOwnerAgrees() throws Exception {
    // given
    String verifier = "a-verifier-that-is-long-enough-to-be-one-0123456789";
    // SHA-256 of the verifier, in base64url without padding.
    String challenge =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                java.security.MessageDigest.getInstance("SHA-256")
                    .digest(verifier.getBytes(StandardCharsets.US_ASCII)));

    // when
    HttpResponse<byte[]> decided = decide("allow", challenge);
    String location = decided.headers().firstValue("Location").orElse("");
    String code = location.replaceAll(".*[?&]code=([^&]*).*", "$1");
    Map<String, String> exchange =
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            REDIRECT,
            "code_verifier",
            verifier);
    TokenCaller.Answer answer = tokens.token(TOKEN, exchange);
    TokenCaller.Answer twice = tokens.token(TOKEN, exchange);

    // then
    assertThat(decided.statusCode()).isEqualTo(302);
    assertThat(location).startsWith(REDIRECT + "?code=").endsWith("&state=s%261");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(twice.body().path("error").asText()).isEqualTo("invalid_grant");
    assertThat(tokens.refresh(answer.body().path("refresh_token").asText()).status())
        .isEqualTo(200);
    assertThat(tokens.refresh(MailWorld.REFRESH_TOKEN).status()).isEqualTo(400);
  }

  @Test
  void shouldRefuseCodeWithWrongVerifier() throws Exception {
    // given
    String location = decide("allow", "not-the-hash").headers().firstValue("Location").orElse("");

    // when
    TokenCaller.Answer answer =
        tokens.token(
            TOKEN,
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                location.replaceAll(".*[?&]code=([^&]*).*", "$1"),
                "redirect_uri",
                REDIRECT,
                "code_verifier",
                "another"));

    // then
    assertThat(answer.body().path("error").asText()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldTellApplicationWhenOwnerDoesNotAgree() throws Exception {
    // when
    HttpResponse<byte[]> decided = decide("deny", "");

    // then
    assertThat(decided.headers().firstValue("Location"))
        .contains(REDIRECT + "?error=access_denied&state=s%261");
  }

  @Test
  void shouldAskOwnerOnPage() throws Exception {
    // when
    HttpResponse<String> page =
        world
            .client()
            .send(
                HttpRequest.newBuilder(
                        world
                            .simulators
                            .address()
                            .resolve(
                                "/oauth/aurora/oauth2/v2.0/authorize?client_id="
                                    + MailWorld.CLIENT_ID
                                    + "&response_type=code&state=%22%3E%3Cb&redirect_uri="
                                    + TokenCaller.encoded(REDIRECT)))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    // then
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains(MailWorld.TOKEN_SHOP, "data-testid=\"consent-allow\"")
        .contains("value=\"&quot;>&lt;b\"");
  }

  @Test
  void shouldKeepGooglesRefreshToken() throws Exception {
    // given
    String location =
        decide("/oauth/google/auth", "allow", "").headers().firstValue("Location").orElse("");
    String code = location.replaceAll(".*[?&]code=([^&]*).*", "$1");
    String refresh =
        tokens
            .token(
                GOOGLE,
                Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT))
            .body()
            .path("refresh_token")
            .asText();

    // when
    Map<String, String> again = Map.of("grant_type", "refresh_token", "refresh_token", refresh);
    TokenCaller.Answer first = tokens.token(GOOGLE, again);
    TokenCaller.Answer second = tokens.token(GOOGLE, again);

    // then
    assertThat(first.body().has("refresh_token")).isFalse();
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body().path("scope").asText()).isEqualTo("https://mail.google.com/");
  }

  @Test
  void shouldGiveApplicationItsOwnToken() throws Exception {
    // when
    TokenCaller.Answer right =
        tokens.token(
            TOKEN,
            Map.of(
                "grant_type", "client_credentials",
                "scope", "https://outlook.office365.com/.default"));
    TokenCaller.Answer wrong =
        tokens.token(TOKEN, Map.of("grant_type", "client_credentials", "scope", "mail"));

    // then
    assertThat(right.body().path("access_token").asText()).isNotBlank();
    assertThat(right.body().has("refresh_token")).isFalse();
    assertThat(wrong.body().path("error").asText()).isEqualTo("invalid_scope");
  }

  @Test
  void shouldRefuseWrongSecret() throws Exception {
    // when
    TokenCaller.Answer answer =
        tokens.token(
            TOKEN,
            Map.of(
                "client_secret", "wrong",
                "grant_type", "refresh_token",
                "refresh_token", MailWorld.REFRESH_TOKEN));

    // then
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body().path("error").asText()).isEqualTo("invalid_client");
  }

  private HttpResponse<byte[]> decide(String decision, String challenge)
      throws IOException, InterruptedException {
    return decide("/oauth/aurora/oauth2/v2.0/authorize", decision, challenge);
  }

  private HttpResponse<byte[]> decide(String path, String decision, String challenge)
      throws IOException, InterruptedException {
    return tokens.post(
        path,
        Map.of(
            "decision", decision,
            "mailbox", MailWorld.TOKEN_SHOP,
            "redirect_uri", REDIRECT,
            "state", "s&1",
            "code_challenge", challenge));
  }
}
