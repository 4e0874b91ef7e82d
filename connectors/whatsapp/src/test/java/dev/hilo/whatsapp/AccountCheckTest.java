package dev.hilo.whatsapp;

import static dev.hilo.whatsapp.Samples.answer;
import static dev.hilo.whatsapp.Samples.graphError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.CheckedChannel;
import dev.hilo.channel.CheckedChannel.Finding;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.contract.ScriptedHttp;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the provider says of a number when it is asked. */
class AccountCheckTest {

  private static final Answered GREEN =
      answer(
          200,
          """
          {"verified_name":"Tienda Aurora","quality_rating":"GREEN","status":"CONNECTED",
           "name_status":"APPROVED","throughput":{"level":"STANDARD"},
           "whatsapp_business_manager_messaging_limit":"TIER_2K","id":"1000000001"}""");
  private static final Answered NEVER_ENDS =
      answer(
          200,
          """
          {"data":{"is_valid":true,"expires_at":0,
            "scopes":["whatsapp_business_management","whatsapp_business_messaging"]}}""");
  private static final Answered SUBSCRIBED =
      answer(200, "{\"data\":[{\"whatsapp_business_api_data\":{\"id\":\"1\",\"name\":\"Hilo\"}}]}");

  private static Health check(ScriptedHttp http) {
    return ((CheckedChannel) Samples.channel(http)).check(Samples.ACCOUNT);
  }

  @Test
  void shouldBeConnectedWhenAllIsWell() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(GREEN, NEVER_ENDS, SUBSCRIBED);
    // when
    Health health = check(http);
    // then
    assertThat(health.connected()).isTrue();
    assertThat(health.credentialsExpireAt()).isEmpty();
    assertThat(health.findings())
        .containsExactly(
            new Finding(Aspect.QUALITY, Level.GOOD, "quality_rating=GREEN"),
            new Finding(Aspect.RESTRICTION, Level.GOOD, "status=CONNECTED"),
            new Finding(Aspect.LIMIT, Level.GOOD, "throughput=STANDARD"),
            new Finding(
                Aspect.LIMIT, Level.GOOD, "whatsapp_business_manager_messaging_limit=TIER_2K"),
            new Finding(Aspect.SUBSCRIPTION, Level.GOOD, "apps subscribed: 1"));
    assertThat(http.calls().stream().map(call -> call.uri().getPath()))
        .containsExactly(
            "/v25.0/1000000001", "/v25.0/debug_token", "/v25.0/102290129340398/subscribed_apps");
    assertThat(http.calls().toString()).doesNotContain(Samples.ACCESS_TOKEN);
  }

  @Test
  void shouldPutTheWorstFirst() {
    Health health =
        check(
            ScriptedHttp.answering(
                answer(
                    200,
                    """
                    {"quality_rating":"YELLOW","status":"CONNECTED","name_status":"DECLINED"}"""),
                NEVER_ENDS,
                answer(200, "{\"data\":[]}")));
    assertThat(health.findings().getFirst())
        .isEqualTo(
            new Finding(
                Aspect.SUBSCRIPTION,
                Level.BAD,
                "no app is subscribed to the business account: nothing is delivered"));
    assertThat(health.findings().stream().map(Finding::level))
        .containsExactly(Level.BAD, Level.WARNING, Level.WARNING, Level.GOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTED, true, GOOD",
    "FLAGGED, true, WARNING",
    "RATE_LIMITED, true, WARNING",
    "RESTRICTED, true, BAD",
    "BANNED, false, BAD",
    "DISCONNECTED, false, BAD",
    "MIGRATED, false, BAD",
    "PENDING, false, BAD",
    "SOMETHING_NEW, true, WARNING"
  })
  void shouldJudgeTheState(String status, boolean connected, Level level) {
    Health health =
        check(
            ScriptedHttp.answering(
                answer(200, "{\"status\":\"" + status + "\"}"), NEVER_ENDS, SUBSCRIBED));
    assertThat(health.connected()).isEqualTo(connected);
    assertThat(health.findings())
        .contains(new Finding(Aspect.RESTRICTION, level, "status=" + status));
  }

  @Test
  void shouldAskForLessWhenAFieldIsNotKnown() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(
            graphError(400, 100, "Tried accessing nonexisting field"),
            answer(200, "{\"quality_rating\":\"RED\"}"),
            NEVER_ENDS,
            SUBSCRIBED);
    // when
    Health health = check(http);
    // then
    assertThat(health.connected()).isTrue();
    assertThat(health.findings().getFirst())
        .isEqualTo(new Finding(Aspect.QUALITY, Level.BAD, "quality_rating=RED"));
    assertThat(http.calls().get(1).uri().getQuery())
        .isEqualTo("fields=verified_name,quality_rating");
  }

  @Test
  void shouldTellWhenTheAccessEnds() {
    Health health =
        check(
            ScriptedHttp.answering(
                GREEN,
                answer(200, "{\"data\":{\"is_valid\":true,\"expires_at\":1795777200}}"),
                SUBSCRIBED));
    assertThat(health.credentialsExpireAt()).contains(Instant.ofEpochSecond(1_795_777_200));
    assertThat(health.findings().getFirst())
        .isEqualTo(
            new Finding(
                Aspect.CREDENTIALS,
                Level.WARNING,
                "the access token ends at 2026-11-27T11:00:00Z"));
  }

  @Test
  void shouldTellWhenTheAccessIsNotEnough() {
    assertThat(
            check(
                    ScriptedHttp.answering(
                        GREEN,
                        answer(200, "{\"data\":{\"is_valid\":true,\"scopes\":[\"email\"]}}"),
                        SUBSCRIBED))
                .findings()
                .getFirst()
                .aspect())
        .isEqualTo(Aspect.CREDENTIALS);
    assertThat(
            check(
                    ScriptedHttp.answering(
                        GREEN, answer(200, "{\"data\":{\"is_valid\":false}}"), SUBSCRIBED))
                .connected())
        .isFalse();
  }

  @Test
  void shouldFindNothingWhereTheProviderDoesNotTell() {
    Health health =
        check(
            ScriptedHttp.answering(
                answer(200, "{\"quality_rating\":\"UNKNOWN\"}"),
                graphError(400, 100, "needs an app token"),
                graphError(403, 200, "Permissions error")));
    assertThat(health).isEqualTo(new Health(true, java.util.Optional.empty(), List.of()));
  }

  @Test
  void shouldTellWhyItIsNotConnected() {
    assertThat(check(ScriptedHttp.answering(graphError(401, 190, "Session has expired"))))
        .satisfies(
            health -> {
              assertThat(health.connected()).isFalse();
              assertThat(health.findings().getFirst().aspect()).isEqualTo(Aspect.CREDENTIALS);
              assertThat(health.findings().getFirst().detail()).contains("Session has expired");
            });
    assertThat(check(ScriptedHttp.answering(new Outcome.NotSent("no connection to localhost"))))
        .isEqualTo(Health.unreachable("no connection to localhost"));
    assertThat(
            ((CheckedChannel) Samples.channel(ScriptedHttp.silent()))
                .check(new AccountId("4040404040"))
                .connected())
        .isFalse();
  }
}
