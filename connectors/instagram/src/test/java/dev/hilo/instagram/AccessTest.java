package dev.hilo.instagram;

import static dev.hilo.instagram.Samples.answer;
import static dev.hilo.instagram.Samples.graphError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.CheckedChannel;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProfileChannel;
import dev.hilo.channel.ProfileChannel.Profile;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.Secret;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.contract.ScriptedHttp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Access that ends, is prolonged and kept; subscriptions; profiles. */
class AccessTest {

  /** 60 days. */
  private static final Outcome RENEWED =
      answer(
          200,
          """
          {"access_token":"second-access-token","token_type":"bearer","expires_in":5184000}""");

  private static final Outcome ME = answer(200, "{\"user_id\":\"17841400000000001\"}");
  private static final Outcome SUBSCRIBED =
      answer(
          200,
          """
          {"data":[{"subscribed_fields":["messages","messaging_postbacks","messaging_seen"]}]}""");

  private final Kept store = new Kept();

  @Test
  void shouldProlongATokenOfUnknownAgeAndUseTheNewOne() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(RENEWED, ME, SUBSCRIBED, Samples.accepted());
    var channel = direct("demo-access-token", http, Samples.NOW);
    // when
    Health health = ((CheckedChannel) channel).check(Samples.ACCOUNT);
    SendResult sent = channel.send(Samples.text("hola"));
    // then
    Instant end = Samples.NOW.plus(Duration.ofDays(60));
    assertThat(health).isEqualTo(new Health(true, Optional.of(end), List.of()));
    assertThat(sent).isInstanceOf(SendResult.Accepted.class);
    assertThat(http.calls().getFirst().uri())
        .hasToString(
            "http://localhost:8095/refresh_access_token?grant_type=ig_refresh_token"
                + "&access_token=demo-access-token");
    assertThat(http.calls().getLast().headers())
        .containsEntry("Authorization", "Bearer second-access-token");
    assertThat(store.values).hasSize(1);
  }

  @Test
  void shouldReadTheKeptTokenAfterARestart() {
    // given
    ScriptedHttp before = ScriptedHttp.answering(RENEWED, ME, SUBSCRIBED);
    ((CheckedChannel) direct("demo-access-token", before, Samples.NOW)).check(Samples.ACCOUNT);
    ScriptedHttp after = ScriptedHttp.answering(ME, SUBSCRIBED);
    // when: two days later there is nothing to prolong
    Health health =
        ((CheckedChannel) direct("demo-access-token", after, Samples.NOW.plus(Duration.ofDays(2))))
            .check(Samples.ACCOUNT);
    // then
    assertThat(health.connected()).isTrue();
    assertThat(after.calls().getFirst().headers())
        .containsEntry("Authorization", "Bearer second-access-token");
  }

  @Test
  void shouldProlongAgainInTheLastThirtyDays() {
    // given
    ScriptedHttp before = ScriptedHttp.answering(RENEWED, ME, SUBSCRIBED);
    ((CheckedChannel) direct("demo-access-token", before, Samples.NOW)).check(Samples.ACCOUNT);
    ScriptedHttp after = ScriptedHttp.answering(RENEWED, ME, SUBSCRIBED);
    Instant later = Samples.NOW.plus(Duration.ofDays(31));
    // when
    Health health =
        ((CheckedChannel) direct("demo-access-token", after, later)).check(Samples.ACCOUNT);
    // then
    assertThat(health.credentialsExpireAt()).contains(later.plus(Duration.ofDays(60)));
    assertThat(after.calls().getFirst().uri().toString())
        .endsWith("access_token=second-access-token");
  }

  @Test
  void shouldPreferANewTokenOfTheSettings() {
    // given
    ScriptedHttp before = ScriptedHttp.answering(RENEWED, ME, SUBSCRIBED);
    ((CheckedChannel) direct("demo-access-token", before, Samples.NOW)).check(Samples.ACCOUNT);
    ScriptedHttp after = ScriptedHttp.answering(Samples.accepted());
    // when: an administrator connected the account anew
    direct("third-access-token", after, Samples.NOW).send(Samples.text("hola"));
    // then
    assertThat(after.calls().getFirst().headers())
        .containsEntry("Authorization", "Bearer third-access-token");
  }

  @Test
  void shouldTakeTheOthersTokenWhenAnotherInstanceWasFaster() {
    // given
    store.overtakenBy = "other-second-token";
    ScriptedHttp http = ScriptedHttp.answering(RENEWED, ME, SUBSCRIBED);
    // when
    ((CheckedChannel) direct("demo-access-token", http, Samples.NOW)).check(Samples.ACCOUNT);
    // then
    assertThat(http.calls().get(1).headers())
        .containsEntry("Authorization", "Bearer other-second-token");
  }

  @Test
  void shouldGoOnWithTheOldTokenWhenItIsNotProlonged() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(
            graphError(400, "100", "demo-access-token is younger than 24 hours"), ME, SUBSCRIBED);
    // when
    Health health =
        ((CheckedChannel) direct("demo-access-token", http, Samples.NOW)).check(Samples.ACCOUNT);
    // then
    assertThat(health.connected()).isTrue();
    assertThat(health.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.aspect()).isEqualTo(Aspect.CREDENTIALS);
              assertThat(finding.level()).isEqualTo(Level.WARNING);
              assertThat(finding.detail())
                  .contains("[REDACTED] is younger")
                  .doesNotContain(Samples.ACCESS_TOKEN);
            });
  }

  @Test
  void shouldTellWhenTheAccessHasEndedOrTheSubscriptionIsLost() {
    // given
    ScriptedHttp ended =
        ScriptedHttp.answering(
            graphError(400, "190/463", "Session has expired"),
            graphError(400, "190/463", "Session has expired"));
    ScriptedHttp lost = ScriptedHttp.answering(RENEWED, ME, answer(200, "{\"data\":[]}"));
    // when
    Health over =
        ((CheckedChannel) direct("demo-access-token", ended, Samples.NOW)).check(Samples.ACCOUNT);
    Health silent =
        ((CheckedChannel) direct("demo-access-token", lost, Samples.NOW)).check(Samples.ACCOUNT);
    // then
    assertThat(over.connected()).isFalse();
    assertThat(over.findings().getFirst().level()).isEqualTo(Level.BAD);
    assertThat(over.findings().getFirst().aspect()).isEqualTo(Aspect.CREDENTIALS);
    assertThat(silent.connected()).isFalse();
    assertThat(silent.findings().getFirst().aspect()).isEqualTo(Aspect.SUBSCRIPTION);
  }

  @Test
  void shouldLookAfterThePagesSubscriptionWhenConnectedByPage() {
    // given
    Outcome valid = answer(200, "{\"data\":{\"is_valid\":true,\"expires_at\":0}}");
    ScriptedHttp http = ScriptedHttp.answering(valid, answer(200, "{\"data\":[]}"));
    CheckedChannel channel =
        (CheckedChannel)
            Samples.channel(settings(Map.of("page-id", "104500000000001")), Samples.context(http));
    // when
    Health health = channel.check(Samples.ACCOUNT);
    // then
    assertThat(http.calls().getLast().uri())
        .hasToString("http://localhost:8095/v25.0/104500000000001/subscribed_apps");
    assertThat(health.findings().getFirst().aspect()).isEqualTo(Aspect.SUBSCRIPTION);
    ScriptedHttp withoutPage = ScriptedHttp.answering(valid);
    assertThat(
            ((CheckedChannel) Samples.channel(settings(Map.of()), Samples.context(withoutPage)))
                .check(Samples.ACCOUNT))
        .isEqualTo(new Health(true, Optional.empty(), List.of()));
  }

  @Test
  void shouldKnowTheLoginByTheHost() {
    InstagramSettings settings =
        InstagramSettings.of(settings(Map.of("graph-url", "https://graph.instagram.com/v25.0")));
    assertThat(settings.isDirect(Samples.ACCOUNT)).isTrue();
    assertThat(InstagramSettings.of(settings(Map.of())).isDirect(Samples.ACCOUNT)).isFalse();
  }

  @Test
  void shouldCallPeopleByTheirNameElseByTheirUserName() {
    assertThat(profile("{\"name\":\"Ana Muñoz\",\"username\":\"anam\",\"id\":\"7\"}"))
        .contains(new Profile(Optional.of("Ana Muñoz"), Optional.empty()));
    assertThat(profile("{\"username\":\"anam\",\"id\":\"7\"}"))
        .contains(new Profile(Optional.of("anam"), Optional.empty()));
    assertThat(profile("{\"id\":\"7\"}")).isEmpty();
  }

  private static Optional<Profile> profile(String json) {
    ScriptedHttp http = ScriptedHttp.answering(answer(200, json));
    return ((ProfileChannel) Samples.channel(http)).profile(Samples.ACCOUNT, Samples.ANA);
  }

  private dev.hilo.channel.Channel direct(String token, ScriptedHttp http, Instant now) {
    return Samples.channel(
        settings(Map.of("login", "instagram", "access-token", token)),
        new ChannelContext(http, Clock.fixed(now, ZoneOffset.UTC), OutgoingFiles.NONE, store));
  }

  private static ChannelSettings settings(Map<String, String> account) {
    return new ChannelSettings(
        Samples.common(Map.of()), List.of(Samples.account(Samples.ACCOUNT.value(), account)));
  }

  /** A store that compares and sets, as the contract says. */
  private static final class Kept implements CredentialStore {

    private final Map<String, Secret> values = new HashMap<>();
    private String overtakenBy = "";

    @Override
    public Optional<Secret> read(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public boolean write(String key, Optional<Secret> expected, Secret next) {
      if (!overtakenBy.isEmpty()) {
        values.put(key, new Secret(next.reveal().replace("second-access-token", overtakenBy)));
        return false;
      }
      if (!read(key).equals(expected)) {
        return false;
      }
      values.put(key, next);
      return true;
    }
  }
}
