package dev.hilo.email;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Access tokens of mailboxes, renewed before they expire.
 *
 * <p>A provider may replace the refresh token at every use and take the old one for stolen when it
 * comes again. So only one instance refreshes at a time (a lease, written with compare-and-set),
 * the others go on with the token that still holds, and the new refresh token is kept in the same
 * step.
 *
 * <p>Source: RFC 6749 §4.4 and §6; RFC 9700 §4.14 (rotation).
 */
final class OAuthTokens {

  private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(5);
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final Duration AFTER_DENIAL = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int ROUNDS = 300;

  private final OAuthEndpoint endpoint;
  private final Clock clock;
  private final CredentialStore store;

  /** What is known where the store keeps nothing. */
  private final Map<AccountId, Secret> memory = new ConcurrentHashMap<>();

  private final Map<AccountId, ReentrantLock> locks = new ConcurrentHashMap<>();

  OAuthTokens(ProviderHttp http, Clock clock, CredentialStore store) {
    this.endpoint = new OAuthEndpoint(http);
    this.clock = clock;
    this.store = store;
  }

  /** What came of asking for a token. */
  sealed interface Result {
    /** A token that holds for some time yet. */
    record Granted(Secret accessToken, Instant expiresAt) implements Result {}

    /** The mailbox must be connected again; asking goes on no sooner than in an hour. */
    record Denied(String reason) implements Result {}

    /** Not now. */
    record Unavailable(String reason) implements Result {}
  }

  /** A token of a mailbox; may block for the provider's answer. Never throws. */
  Result token(AccountId account, OAuthSettings settings) {
    ReentrantLock lock = locks.computeIfAbsent(account, any -> new ReentrantLock());
    lock.lock();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Optional<Result> result = attempt(account, settings);
        if (result.isPresent()) {
          return result.get();
        }
      }
      return new Result.Unavailable("another instance has been refreshing the token for too long");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Unavailable("asked to stop");
    } finally {
      lock.unlock();
    }
  }

  /** A server did not take the token: another is got next time. */
  void distrust(AccountId account, OAuthSettings settings, Secret accessToken) {
    Optional<Secret> kept = read(account);
    OAuthState state = OAuthState.of(kept, settings);
    if (state.accessToken().equals(Optional.of(accessToken.reveal()))) {
      // When somebody else was faster, the token is gone all the same.
      boolean unused = write(account, kept, state.withoutAccess());
    }
  }

  /** When the token that is held now expires. */
  Optional<Instant> expiresAt(AccountId account, OAuthSettings settings) {
    return OAuthState.of(read(account), settings).expiresAt();
  }

  /** One round; empty when it must be looked at again. */
  private Optional<Result> attempt(AccountId account, OAuthSettings settings)
      throws InterruptedException {
    Optional<Secret> kept = read(account);
    OAuthState state = OAuthState.of(kept, settings);
    Instant now = clock.instant();
    if (state.hasAccess(now.plus(BEFORE_EXPIRY))) {
      return Optional.of(granted(state));
    }
    if (state.deniedAt().filter(at -> at.plus(AFTER_DENIAL).isAfter(now)).isPresent()) {
      return Optional.of(new Result.Denied(state.denied().orElse("")));
    }
    if (state.leaseUntil().filter(until -> until.isAfter(now)).isPresent()) {
      if (state.hasAccess(now)) {
        return Optional.of(granted(state));
      }
      Thread.sleep(PAUSE);
      return Optional.empty();
    }
    OAuthState leased = state.leased(now.plus(LEASE));
    return write(account, kept, leased) ? refresh(account, settings, leased) : Optional.empty();
  }

  private Optional<Result> refresh(AccountId account, OAuthSettings settings, OAuthState leased) {
    Instant asked = clock.instant();
    switch (endpoint.ask(settings, leased.refreshToken())) {
      case OAuthEndpoint.Answer.Tokens tokens -> {
        OAuthState next =
            leased.granted(
                tokens.accessToken(), tokens.refreshToken(), asked.plus(tokens.lifetime()));
        keepNewest(account, settings, leased, next);
        return Optional.of(granted(next));
      }
      case OAuthEndpoint.Answer.Refused refused -> {
        boolean ours = write(account, Optional.of(leased.toSecret()), refuse(leased, refused));
        // Somebody else's newer token is in the store then.
        return ours ? Optional.of(new Result.Denied(refused.reason())) : Optional.empty();
      }
      case OAuthEndpoint.Answer.Failed failed -> {
        boolean released = write(account, Optional.of(leased.toSecret()), leased.released());
        return !released
            ? Optional.empty()
            : Optional.of(
                leased.hasAccess(clock.instant())
                    ? granted(leased)
                    : new Result.Unavailable(failed.reason()));
      }
    }
  }

  private OAuthState refuse(OAuthState leased, OAuthEndpoint.Answer.Refused refused) {
    return leased.refused(refused.reason(), clock.instant());
  }

  /** The lease may have run out meanwhile; the answer that came last has the token that works. */
  private void keepNewest(
      AccountId account, OAuthSettings settings, OAuthState leased, OAuthState next) {
    Optional<Secret> expected = Optional.of(leased.toSecret());
    for (int attempt = 0; attempt < 5; attempt++) {
      if (write(account, expected, next)) {
        return;
      }
      expected = read(account);
      OAuthState other = OAuthState.of(expected, settings);
      if (!other.refreshToken().equals(leased.refreshToken())) {
        return;
      }
    }
  }

  private static Result granted(OAuthState state) {
    return new Result.Granted(
        new Secret(state.accessToken().orElseThrow()), state.expiresAt().orElseThrow());
  }

  private Optional<Secret> read(AccountId account) {
    return store.read(key(account)).or(() -> Optional.ofNullable(memory.get(account)));
  }

  private boolean write(AccountId account, Optional<Secret> expected, OAuthState next) {
    if (store == CredentialStore.NONE) {
      memory.put(account, next.toSecret());
      return true;
    }
    return store.write(key(account), expected, next.toSecret());
  }

  private static String key(AccountId account) {
    return "oauth/" + account.value();
  }
}
