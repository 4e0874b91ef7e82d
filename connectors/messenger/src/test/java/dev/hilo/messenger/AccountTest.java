package dev.hilo.messenger;

import static dev.hilo.messenger.Samples.answer;
import static dev.hilo.messenger.Samples.graphError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.CheckedChannel;
import dev.hilo.channel.CheckedChannel.Finding;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.ProfileChannel;
import dev.hilo.channel.ProfileChannel.Profile;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.PushChannel;
import dev.hilo.channel.PushChannel.Handshake;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.contract.ScriptedHttp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The handshake, profiles, and how an account is. */
class AccountTest {

  private static final Outcome VALID =
      answer(200, "{\"data\":{\"is_valid\":true,\"expires_at\":0}}");
  private static final Outcome SUBSCRIBED =
      answer(
          200,
          """
          {"data":[{"id":"111"},{"id":"999000000000001","subscribed_fields":["messages",
            "messaging_postbacks","message_deliveries","message_reads","message_echoes"]}]}""");

  @Test
  void shouldEchoTheChallengeToWhoKnowsTheWord() {
    PushChannel channel = (PushChannel) Samples.channel(ScriptedHttp.silent());
    assertThat(channel.handshake(question("subscribe", "1158201444", Samples.VERIFY_TOKEN)))
        .isEqualTo(new Handshake.Granted("1158201444"));
    assertThat(channel.handshake(question("subscribe", "1158201444", "guessed")))
        .isInstanceOfSatisfying(
            Handshake.Denied.class,
            denied -> assertThat(denied.refusal()).isEqualTo(Refusal.WRONG_VERIFY_TOKEN));
    assertThat(channel.handshake(question("unsubscribe", "1", Samples.VERIFY_TOKEN)))
        .isInstanceOf(Handshake.Denied.class);
    assertThat(channel.handshake(question("subscribe", "", Samples.VERIFY_TOKEN)))
        .isInstanceOf(Handshake.Denied.class);
  }

  private static RawDelivery question(String mode, String challenge, String word) {
    return new RawDelivery(
        Optional.empty(),
        Map.of(),
        Map.of("hub.mode", mode, "hub.challenge", challenge, "hub.verify_token", word),
        new byte[0],
        Samples.NOW);
  }

  @Test
  void shouldAskForTheNameAndLanguage() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(
            answer(
                200,
                "{\"first_name\":\"Ana\",\"last_name\":\"Muñoz\",\"locale\":\"es_CO\",\"id\":\"6\"}"));
    // when
    Optional<Profile> profile = profile(http);
    // then
    assertThat(profile).contains(new Profile(Optional.of("Ana Muñoz"), Optional.of("es-CO")));
    assertThat(http.calls().getFirst().uri())
        .hasToString(
            "http://localhost:8095/v25.0/6100000000000011?fields=first_name,last_name,locale");
  }

  @Test
  void shouldDoWithoutANameWhenTheProviderDoesNotSay() {
    for (Outcome outcome :
        List.of(
            graphError(403, "230", "Requires pages_messaging"),
            graphError(400, "9010", "No matching Instagram user"),
            answer(200, "{\"id\":\"6\"}"),
            answer(200, "<html>"),
            new Outcome.AnswerLost("timeout"))) {
      assertThat(profile(ScriptedHttp.answering(outcome))).isEmpty();
    }
    ProfileChannel channel = (ProfileChannel) Samples.channel(ScriptedHttp.silent());
    assertThat(
            channel.profile(
                Samples.ACCOUNT, new ContactAddress(ContactAddress.Kind.SOCIAL, "user_ref:1")))
        .isEmpty();
    assertThat(channel.profile(new AccountId("9"), Samples.ANA)).isEmpty();
  }

  private static Optional<Profile> profile(ScriptedHttp http) {
    return ((ProfileChannel) Samples.channel(http)).profile(Samples.ACCOUNT, Samples.ANA);
  }

  @Test
  void shouldBeWellWhenTheTokenWorksAndTheAppIsSubscribed() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(VALID, SUBSCRIBED);
    // when
    Health health = check(http);
    // then
    assertThat(health).isEqualTo(new Health(true, Optional.empty(), List.of()));
    assertThat(http.calls().getFirst().uri())
        .hasToString("http://localhost:8095/v25.0/debug_token?input_token=demo-access-token");
    assertThat(http.calls().getFirst().toString()).doesNotContain(Samples.ACCESS_TOKEN);
    assertThat(http.calls().getLast().uri())
        .hasToString("http://localhost:8095/v25.0/104500000000001/subscribed_apps");
  }

  @Test
  void shouldTellWhenTheSubscriptionIsLost() {
    Health health =
        check(ScriptedHttp.answering(VALID, answer(200, "{\"data\":[{\"id\":\"111\"}]}")));
    assertThat(health.connected()).isFalse();
    assertThat(health.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.aspect()).isEqualTo(Aspect.SUBSCRIPTION);
              assertThat(finding.level()).isEqualTo(Level.BAD);
            });
  }

  @Test
  void shouldNameTheWebhookFieldsThatAreMissing() {
    Health health =
        check(
            ScriptedHttp.answering(
                VALID,
                answer(
                    200,
                    """
                    {"data":[{"id":"999000000000001",
                      "subscribed_fields":["messages","messaging_postbacks"]}]}""")));
    assertThat(health.connected()).isTrue();
    assertThat(health.findings())
        .containsExactly(
            new Finding(
                Aspect.SUBSCRIPTION,
                Level.WARNING,
                "webhook fields that are not subscribed: message_deliveries, message_reads,"
                    + " message_echoes"));
  }

  @Test
  void shouldTellWhenTheTokenEndsOrHasEnded() {
    // given: 2026-11-24, four days from now
    Outcome soon = answer(200, "{\"data\":{\"is_valid\":true,\"expires_at\":1795521600}}");
    Outcome ended =
        answer(
            200,
            """
            {"data":{"is_valid":false,"expires_at":1763640000,
              "error":{"code":190,"message":"Session of demo-access-token has expired"}}}""");
    // when
    Health ending = check(ScriptedHttp.answering(soon, SUBSCRIBED));
    Health over = check(ScriptedHttp.answering(ended));
    Health refused = check(ScriptedHttp.answering(graphError(400, "190/463", "expired")));
    // then
    assertThat(ending.connected()).isTrue();
    assertThat(ending.credentialsExpireAt()).contains(Instant.parse("2026-11-24T12:00:00Z"));
    assertThat(ending.findings().getFirst().level()).isEqualTo(Level.WARNING);
    assertThat(over.connected()).isFalse();
    assertThat(over.findings())
        .containsExactly(
            new Finding(Aspect.CREDENTIALS, Level.BAD, "Session of [REDACTED] has expired"));
    assertThat(refused.connected()).isFalse();
    assertThat(refused.findings().getFirst().aspect()).isEqualTo(Aspect.CREDENTIALS);
  }

  @Test
  void shouldTellWhenTheProviderDoesNotAnswer() {
    Health health = check(ScriptedHttp.answering(new Outcome.NotSent("no connection")));
    assertThat(health.connected()).isFalse();
    assertThat(health.findings())
        .containsExactly(new Finding(Aspect.CONNECTION, Level.BAD, "no connection"));
    assertThat(
            ((CheckedChannel) Samples.channel(ScriptedHttp.silent()))
                .check(new AccountId("9"))
                .connected())
        .isFalse();
  }

  private static Health check(ScriptedHttp http) {
    return ((CheckedChannel) Samples.channel(http)).check(Samples.ACCOUNT);
  }
}
