package dev.hilo.simulators.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagingGraphTest {

  private World world;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"messenger", "instagram"})
  void shouldRefuseTokensThatAreNotGood(String provider) throws Exception {
    // given
    Channel channel = Channel.of(world, provider);
    Channel stranger =
        new Channel(world, provider, channel.account(), "other-token", channel.ana());

    // when
    World.Answer wrong = stranger.send("Hola");
    World.Answer missing = world.post("/graph/v25.0/" + channel.account() + "/messages", "{}");
    channel.account("{\"tokenExpired\":true}");
    World.Answer expired = channel.send("Hola");

    // then
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.code()).isEqualTo(190);
    assertThat(wrong.body().at("/error/type").asText()).isEqualTo("OAuthException");
    assertThat(missing.code()).isEqualTo(190);
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.body().at("/error/error_subcode").asInt()).isEqualTo(463);
  }

  @Test
  void shouldNotSendForAnotherAccount() throws Exception {
    // given
    Channel messenger = Channel.messenger(world);
    Channel mixed =
        new Channel(world, "instagram", "17841400000000001", messenger.token(), messenger.ana());

    // when
    World.Answer answer = mixed.send("Hola");

    // then
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void shouldRefreshInstagramTokensFor60MoreDays() throws Exception {
    // given
    Channel channel = Channel.instagram(world);
    channel.advance("PT1380H");
    String path = "refresh_access_token?grant_type=ig_refresh_token&access_token=";

    // when
    JsonNode refreshed = channel.get(path + channel.token()).body();
    String token = refreshed.path("access_token").asText();
    Channel after = new Channel(world, "instagram", channel.account(), token, channel.ana());
    World.Answer tooEarly = after.get(path + token);
    channel.advance("PT24H");
    World.Answer old = channel.get("me");
    World.Answer young = after.get("me");
    channel.advance("PT1440H");
    World.Answer over = after.get(path + token);

    // then
    assertThat(refreshed.path("expires_in").asLong()).isEqualTo(5_184_000);
    assertThat(refreshed.path("token_type").asText()).isEqualTo("bearer");
    assertThat(tooEarly.status()).isEqualTo(400);
    assertThat(old.body().at("/error/error_subcode").asInt()).isEqualTo(463);
    assertThat(young.body().path("user_id").asText()).isEqualTo(channel.account());
    assertThat(over.code()).isEqualTo(190);
  }

  @Test
  void shouldTellWhenTokensExpire() throws Exception {
    // given
    Channel page = Channel.messenger(world);
    Channel instagram = Channel.instagram(world);

    // when
    JsonNode forever = page.get("debug_token?input_token=" + page.token()).body().path("data");
    JsonNode sixtyDays =
        instagram.get("debug_token?input_token=" + instagram.token()).body().path("data");
    JsonNode unknown = page.get("debug_token?input_token=nobody").body().path("data");
    page.account("{\"tokenExpired\":true}");
    JsonNode expired = page.get("debug_token?input_token=" + page.token()).body().path("data");

    // then
    assertThat(forever.path("is_valid").asBoolean()).isTrue();
    assertThat(forever.path("expires_at").asLong()).isZero();
    assertThat(forever.path("scopes")).extracting(JsonNode::asText).contains("pages_messaging");
    assertThat(Instant.ofEpochSecond(sixtyDays.path("expires_at").asLong()))
        .isBetween(
            Instant.now().plus(Duration.ofDays(57)), Instant.now().plus(Duration.ofDays(58)));
    assertThat(unknown.path("is_valid").asBoolean(true)).isFalse();
    assertThat(expired.path("is_valid").asBoolean(true)).isFalse();
    assertThat(expired.at("/error/subcode").asInt()).isEqualTo(463);
  }

  @ParameterizedTest
  @CsvSource({
    "messenger, 'first_name,last_name,profile_pic,locale', first_name, Ana",
    "messenger, 'first_name,last_name', last_name, Ruiz",
    "messenger, locale, locale, es_LA",
    "instagram, 'name,username', username, ana",
    "instagram, '', name, Ana Ruiz",
  })
  void shouldTellTheProfile(String provider, String fields, String field, String value)
      throws Exception {
    // given
    Channel channel = Channel.of(world, provider);

    // when
    JsonNode profile = channel.get(channel.ana() + "?fields=" + fields).body();

    // then
    assertThat(profile.path("id").asText()).isEqualTo(channel.ana());
    assertThat(profile.path(field).asText()).isEqualTo(value);
    if (fields.contains("profile_pic")) {
      assertThat(channel.status(profile.path("profile_pic").asText())).isEqualTo(200);
    }
  }

  @Test
  void shouldKeepTheProfileOfWhoDidNotConsent() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.control("users", "{\"id\":\"" + channel.ana() + "\",\"consent\":false}");

    // when
    World.Answer withheld = channel.get(channel.ana() + "?fields=first_name");
    World.Answer unknownField = channel.get("7999?fields=first_name");

    // then
    assertThat(withheld.code()).isEqualTo(230);
    assertThat(unknownField.body().at("/error/error_subcode").asInt()).isEqualTo(33);
  }

  @Test
  void shouldRefuseUnknownProfileFields() throws Exception {
    // given
    Channel channel = Channel.messenger(world);

    // when
    World.Answer answer = channel.get(channel.ana() + "?fields=first_name,email");

    // then
    assertThat(answer.code()).isEqualTo(100);
    assertThat(answer.body().at("/error/message").asText()).contains("email");
  }

  @Test
  void shouldSubscribeOnlyToKnownFields() throws Exception {
    // given
    Channel channel = Channel.messenger(world);

    // when
    World.Answer unknown =
        channel.post("me/subscribed_apps", "{\"subscribed_fields\":[\"messages\",\"feeling\"]}");
    World.Answer none = channel.post("me/subscribed_apps", "{}");
    World.Answer gone = channel.delete("me/subscribed_apps");

    // then
    assertThat(unknown.code()).isEqualTo(100);
    assertThat(none.code()).isEqualTo(100);
    assertThat(gone.body().path("success").asBoolean()).isTrue();
    assertThat(channel.get("me/subscribed_apps").body().path("data")).isEmpty();
  }

  @Test
  void shouldPassTheThreadOnlyWhenItIsOurs() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    String body = "{\"recipient\":{\"id\":\"" + channel.ana() + "\"},\"target_app_id\":\"77\"}";

    // when
    World.Answer passed = channel.post("me/pass_thread_control", body);
    World.Answer again = channel.post("me/pass_thread_control", body);

    // then
    assertThat(passed.body().path("success").asBoolean()).isTrue();
    assertThat(again.body().at("/error/error_subcode").asInt()).isEqualTo(2018300);
  }

  @ParameterizedTest
  @CsvSource({
    "551,  1545041, 400",
    "368,  ,        403",
    "4,    2018022, 400",
    "2,    ,        503",
    "10,   2018065, 400",
    "9010, ,        400",
    "4242, 7,       400",
  })
  void shouldAnswerErrorWhenAsked(int code, Integer subcode, int status) throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.control(
        "faults", "{\"fault\":\"error\",\"code\":" + code + ",\"subcode\":" + subcode + "}");

    // when
    World.Answer answer = channel.send("Hola");

    // then
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body().at("/error/error_subcode").asInt(0))
        .isEqualTo(subcode == null ? 0 : subcode);
    JsonNode calls = channel.controlled("calls").body();
    assertThat(calls.path("accepted").asInt()).isZero();
    assertThat(calls.at("/calls/0/outcome/code").asInt()).isEqualTo(code);
  }

  @Test
  void shouldAcceptThenDropConnection() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.control("faults", "{\"fault\":\"drop-after-accept\"}");
    var body = channel.message("{\"text\":\"Hola\",\"metadata\":\"out-1\"}");

    // when
    assertThatThrownBy(() -> channel.send(body)).isInstanceOf(IOException.class);
    channel.send(body);

    // then
    assertThat(channel.controlled("calls").body().at("/acceptedByMetadata/out-1").asInt())
        .isEqualTo(2);
    assertThat(channel.received(2)).hasSize(2);
  }

  @Test
  void shouldFailProfilesOnRequest() throws Exception {
    // given
    Channel channel = Channel.instagram(world);
    channel.control("faults", "{\"fault\":\"error\",\"code\":9010,\"on\":\"profile\"}");

    // when
    World.Answer sent = channel.send("Hola");
    World.Answer profile = channel.get(channel.ana());
    World.Answer again = channel.get(channel.ana());

    // then
    assertThat(sent.status()).isEqualTo(200);
    assertThat(profile.code()).isEqualTo(9010);
    assertThat(again.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          users    | {}                                   | expected an id, a username or a name
          users    | {"id":"ana"}                         | id: expected 4 to 20 digits
          inbound  | {"text":"a"}                         | there is no customer ''
          inbound  | {"from":"$"}                         | text: is missing
          inbound  | {"from":"$","txt":"a"}               | txt
          actions  | {"from":"$"}                         | action: is missing
          actions  | {"from":"$","action":"dance"}        | action: one of react
          actions  | {"from":"$","action":"edit","mid":"m_"} | text: is missing
          events   | {"from":"$"}                         | event: is missing
          thread   | {"user":"$","owner":"me"}            | owner: one of hilo, inbox
          faults   | {"fault":"failed-status","code":1}   | fault: failed-status is WhatsApp's
          webhooks | {}                                   | body: is missing
          """)
  void shouldNameWhatIsWrong(String path, String body, String message) throws Exception {
    // given
    Channel channel = Channel.messenger(world);

    // when
    World.Answer answer = channel.control(path, body.replace("$", channel.ana()));

    // then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("error").asText()).contains(message).doesNotContain("\n");
  }

  @Test
  void shouldForgetEverythingWhenReset() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.settings("{\"window\":\"off\"}");
    channel.account("{\"tokenExpired\":true}");

    // when
    world.post("/control/reset", "");

    // then
    assertThat(channel.controlled("users").body()).isEmpty();
    assertThat(channel.controlled("settings").body().path("window").asText()).isEqualTo("error");
    assertThat(channel.get("me").status()).isEqualTo(200);
  }
}
