package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.Secret;
import dev.hilo.channel.contract.ScriptedHttp;
import dev.hilo.email.OAuthTokens.Result;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OAuthTokensTest {

  private static final String REFRESH = "refresh-token-of-the-owner";

  private final Store store = new Store();
  private final MovingClock clock = new MovingClock();

  @Test
  void shouldAskOnceWhileTheTokenHolds() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(granted("a1", Optional.empty()));
    OAuthTokens tokens = new OAuthTokens(http, clock, store);
    // when
    Result first = tokens.token(Mailboxes.SUPPORT, google(REFRESH));
    clock.now = clock.now.plus(Duration.ofMinutes(54));
    Result later = tokens.token(Mailboxes.SUPPORT, google(REFRESH));
    // then
    assertThat(first).isEqualTo(later);
    assertThat(accessOf(first)).isEqualTo("a1");
    assertThat(http.calls()).hasSize(1);
    assertThat(body(http, 0))
        .contains("grant_type=refresh_token", "refresh_token=" + REFRESH, "client_id=app");
  }

  @Test
  void shouldRenewFiveMinutesBeforeTheEnd() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(granted("a1", Optional.of("r2")), granted("a2", Optional.empty()));
    OAuthTokens tokens = new OAuthTokens(http, clock, store);
    assertThat(accessOf(tokens.token(Mailboxes.SUPPORT, google(REFRESH)))).isEqualTo("a1");
    // when
    clock.now = clock.now.plus(Duration.ofMinutes(56));
    // then: with the replaced token, also after a restart
    OAuthTokens restarted = new OAuthTokens(http, clock, store);
    assertThat(accessOf(restarted.token(Mailboxes.SUPPORT, google(REFRESH)))).isEqualTo("a2");
    assertThat(body(http, 1)).contains("refresh_token=r2");
  }

  @Test
  void shouldKeepTheReplacedTokenWhenTwoInstancesRefreshAtOnce()
      throws InterruptedException, ExecutionException {
    // given: each refresh token works once, and only the newest
    Rotating provider = new Rotating();
    List<OAuthTokens> instances = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      instances.add(new OAuthTokens(provider, clock, store));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 20; round++) {
        List<Future<Result>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          OAuthTokens instance = instances.get(i % instances.size());
          results.add(threads.submit(() -> instance.token(Mailboxes.SUPPORT, google(REFRESH))));
        }
        // when
        for (Future<Result> result : results) {
          // then
          assertThat(result.get()).isInstanceOf(Result.Granted.class);
        }
        clock.now = clock.now.plus(Duration.ofMinutes(round % 2 == 0 ? 57 : 90));
      }
    }
    assertThat(provider.refused).isZero();
    assertThat(provider.used).isEqualTo(20);
  }

  @Test
  void shouldAskNoMoreWhenTheMailboxMustBeConnectedAgain() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(
            answer(400, "{'error':'invalid_grant','error_description':'AADSTS70008: expired x@y'}"),
            granted("a9", Optional.empty()));
    OAuthTokens tokens = new OAuthTokens(http, clock, store);
    // when
    Result refused = tokens.token(Mailboxes.SUPPORT, google(REFRESH));
    // then
    assertThat(refused)
        .isEqualTo(
            new Result.Denied(
                "the token endpoint answered 400 invalid_grant AADSTS70008: connect the mailbox"
                    + " again"));
    assertThat(tokens.token(Mailboxes.SUPPORT, google(REFRESH))).isEqualTo(refused);
    assertThat(http.calls()).hasSize(1);
    // when: connected again
    assertThat(accessOf(tokens.token(Mailboxes.SUPPORT, google("a-new-refresh-token"))))
        .isEqualTo("a9");
  }

  @Test
  void shouldGoOnWithTheOldTokenWhenTheProviderIsAway() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(
            granted("a1", Optional.empty()),
            answer(503, "busy"),
            new Outcome.NotSent("no route"),
            granted("a2", Optional.empty()));
    OAuthTokens tokens = new OAuthTokens(http, clock, store);
    assertThat(accessOf(tokens.token(Mailboxes.SUPPORT, google(REFRESH)))).isEqualTo("a1");
    // when
    clock.now = clock.now.plus(Duration.ofMinutes(57));
    assertThat(accessOf(tokens.token(Mailboxes.SUPPORT, google(REFRESH)))).isEqualTo("a1");
    clock.now = clock.now.plus(Duration.ofMinutes(10));
    // then
    assertThat(tokens.token(Mailboxes.SUPPORT, google(REFRESH)))
        .isInstanceOf(Result.Unavailable.class);
    assertThat(accessOf(tokens.token(Mailboxes.SUPPORT, google(REFRESH)))).isEqualTo("a2");
  }

  @Test
  void shouldGetAnotherWhenAServerDidNotTakeIt() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(granted("a1", Optional.empty()), granted("a2", Optional.empty()));
    OAuthTokens tokens = new OAuthTokens(http, clock, store);
    assertThat(accessOf(tokens.token(Mailboxes.SUPPORT, google(REFRESH)))).isEqualTo("a1");
    // when
    tokens.distrust(Mailboxes.SUPPORT, google(REFRESH), new Secret("a1"));
    // then
    assertThat(accessOf(tokens.token(Mailboxes.SUPPORT, google(REFRESH)))).isEqualTo("a2");
  }

  @Test
  void shouldAskForTheApplicationItselfWhenItHasTheMailbox() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(granted("a1", Optional.empty()));
    OAuthSettings app =
        settings(
            Map.of(
                "oauth", "microsoft",
                "oauth-grant", "client-credentials",
                "oauth-tenant", "tienda.example"));
    // when
    Result result =
        new OAuthTokens(http, clock, CredentialStore.NONE).token(Mailboxes.SUPPORT, app);
    // then
    assertThat(accessOf(result)).isEqualTo("a1");
    assertThat(http.calls().getFirst().uri())
        .hasToString("https://login.microsoftonline.com/tienda.example/oauth2/v2.0/token");
    assertThat(body(http, 0))
        .contains("grant_type=client_credentials")
        .contains("scope=https%3A%2F%2Foutlook.office365.com%2F.default")
        .doesNotContain("refresh_token");
  }

  @Test
  void shouldPrintNoToken() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(granted("access-token-1", Optional.of("r2")));
    // when
    Result result = new OAuthTokens(http, clock, store).token(Mailboxes.SUPPORT, google(REFRESH));
    // then
    assertThat(result.toString() + google(REFRESH) + http.calls())
        .doesNotContain("access-token-1")
        .doesNotContain(REFRESH)
        .doesNotContain("the-client-secret");
  }

  private static String accessOf(Result result) {
    assertThat(result).isInstanceOf(Result.Granted.class);
    return ((Result.Granted) result).accessToken().reveal();
  }

  private static String body(ScriptedHttp http, int call) {
    return new String(http.calls().get(call).body(), StandardCharsets.UTF_8);
  }

  private static Answered granted(String access, Optional<String> refresh) {
    return answer(
        200,
        "{'token_type':'Bearer','expires_in':3600,'access_token':'"
            + access
            + "'"
            + refresh.map(token -> ",'refresh_token':'" + token + "'").orElse("")
            + "}");
  }

  private static Answered answer(int status, String json) {
    return new Answered(status, Map.of(), json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static OAuthSettings google(String refreshToken) {
    return settings(Map.of("oauth", "google", "oauth-refresh-token", refreshToken));
  }

  private static OAuthSettings settings(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("oauth-client-id", "app");
    values.put("oauth-client-secret", "the-client-secret");
    return OAuthSettings.of(new ChannelSettings.Values("test", values)).orElseThrow();
  }

  /** A provider that takes each refresh token once. */
  private static final class Rotating implements dev.hilo.channel.ProviderHttp {
    private String valid = REFRESH;
    private int used;
    private int refused;

    @Override
    public synchronized Outcome call(Call call) {
      String form = new String(call.body(), StandardCharsets.UTF_8);
      if (!form.contains("refresh_token=" + valid + "&") && !form.endsWith("=" + valid)) {
        refused++;
        return answer(400, "{'error':'invalid_grant'}");
      }
      used++;
      valid = "r" + used;
      return granted("a" + used, Optional.of(valid));
    }

    @Override
    public Outcome download(Call call, long maxBytes, java.io.OutputStream to) {
      throw new IllegalStateException("not asked for");
    }

    @Override
    public Outcome upload(Call call, Body body) {
      throw new IllegalStateException("not asked for");
    }
  }

  /** Keeps with compare-and-set, as the inbox's store does. */
  private static final class Store implements CredentialStore {
    private Optional<Secret> kept = Optional.empty();

    @Override
    public synchronized Optional<Secret> read(String key) {
      return kept;
    }

    @Override
    public synchronized boolean write(String key, Optional<Secret> expected, Secret next) {
      if (!Objects.equals(kept, expected)) {
        return false;
      }
      kept = Optional.of(next);
      return true;
    }
  }

  private static final class MovingClock extends Clock {
    private volatile Instant now = Mailboxes.NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
