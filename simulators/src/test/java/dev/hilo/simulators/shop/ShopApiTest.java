package dev.hilo.simulators.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import dev.hilo.simulators.http.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopApiTest {

  private static final String SECRET = "demo-identity-secret-not-for-production-1";

  private World world;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldOfferItsCustomersToWhoIsNotSignedIn() throws Exception {
    // when
    JsonNode shown = call("GET", Optional.empty(), "").body();

    // then
    assertThat(shown.at("/customers/0/id").asText()).isEqualTo("C-1001");
    assertThat(shown.at("/customers/0/name").asText()).isEqualTo("Ana Rojas");
    assertThat(shown.path("customers")).hasSize(3);
    assertThat(shown.has("customer")).isFalse();
    assertThat(shown.has("identity")).isFalse();
  }

  @Test
  void shouldVouchForWhoIsSignedIn() throws Exception {
    // given
    String cookie = cookie(signIn("C-1001"));

    // when
    Instant before = Instant.now();
    JsonNode shown = call("GET", Optional.of(cookie), "").body();

    // then
    assertThat(shown.at("/customer/name").asText()).isEqualTo("Ana Rojas");
    String[] token = shown.at("/identity/token").asText().split("\\.", -1);
    assertThat(token).hasSize(3);
    assertThat(decoded(token[0]))
        .isEqualTo(Json.MAPPER.readTree("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"));
    JsonNode claims = decoded(token[1]);
    assertThat(claims.path("sub").asText()).isEqualTo("C-1001");
    assertThat(claims.path("name").asText()).isEqualTo("Ana Rojas");
    assertThat(claims.path("aud").asText()).isEqualTo("shop");
    assertThat(claims.path("email").asText()).isEqualTo("ana.rojas@example.com");
    assertThat(claims.path("email_verified").asBoolean()).isTrue();
    assertThat(claims.path("exp").asLong())
        .isBetween(before.getEpochSecond() + 300, before.getEpochSecond() + 360);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signed = (token[0] + "." + token[1]).getBytes(StandardCharsets.UTF_8);
    assertThat(Base64.getUrlDecoder().decode(token[2])).isEqualTo(mac.doFinal(signed));
  }

  @Test
  void shouldNotCallAnEmailVerifiedThatIsNot() throws Exception {
    // when
    JsonNode shown = signIn("C-1002").body();

    // then
    JsonNode claims = decoded(shown.at("/identity/token").asText().split("\\.", -1)[1]);
    assertThat(claims.path("email_verified").asBoolean(true)).isFalse();
  }

  @Test
  void shouldKeepTheSessionFromScriptsAndOtherSites() throws Exception {
    // when
    World.Answer signedIn = signIn("C-1003");

    // then
    assertThat(signedIn.raw().headers().firstValue("Set-Cookie").orElseThrow())
        .matches("aurora-session=[0-9a-f-]{36}; Path=/shop; HttpOnly; SameSite=Strict");
    assertThat(signedIn.raw().headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void shouldForgetWhoSignsOut() throws Exception {
    // given
    String cookie = cookie(signIn("C-1001"));

    // when
    World.Answer signedOut = call("DELETE", Optional.of(cookie), "");

    // then
    assertThat(signedOut.body().has("identity")).isFalse();
    assertThat(signedOut.raw().headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("aurora-session=;")
        .endsWith("Max-Age=0");
    assertThat(call("GET", Optional.of(cookie), "").body().has("customer")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"customer\":\"C-9999\"}", "{\"customer\":null}"})
  void shouldRefuseWhoIsNoCustomer(String body) throws Exception {
    // when
    World.Answer refused = call("POST", Optional.empty(), body);

    // then
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.raw().headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void shouldNeverShowTheSecret() throws Exception {
    // when
    HttpRequest page = HttpRequest.newBuilder(world.simulators.address().resolve("/shop")).build();
    HttpRequest script =
        HttpRequest.newBuilder(world.simulators.address().resolve("/assets/shop.js")).build();

    // then
    for (HttpRequest request : new HttpRequest[] {page, script}) {
      assertThat(
              world
                  .client()
                  .send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                  .body())
          .doesNotContain("secret");
    }
    assertThat(World.settings(world.hilo.address(), Optional.empty()).toString())
        .doesNotContain(SECRET);
  }

  private World.Answer signIn(String customer) throws IOException, InterruptedException {
    return call("POST", Optional.empty(), "{\"customer\":\"" + customer + "\"}");
  }

  private World.Answer call(String method, Optional<String> cookie, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(world.simulators.address().resolve("/shop/session"))
            .method(method, BodyPublishers.ofString(body));
    cookie.ifPresent(value -> request.header("Cookie", "other=1; " + value));
    return world.answer(request.build());
  }

  private static String cookie(World.Answer answer) {
    return answer.raw().headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static JsonNode decoded(String part) throws IOException {
    return Json.MAPPER.readTree(Base64.getUrlDecoder().decode(part));
  }
}
