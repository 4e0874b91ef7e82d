package dev.hilo.instagram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.Secret;
import dev.hilo.meta.Fingerprint;
import dev.hilo.meta.GraphCalls;
import dev.hilo.meta.GraphError;
import dev.hilo.meta.MetaAccount;
import dev.hilo.meta.Part;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The access tokens as they are now: those of the settings, until the provider exchanged them. A
 * token of Instagram's own login lasts 60 days and is exchanged for a new one while it still works;
 * the old one works on until its end, so that other instances may take their time to learn of it.
 *
 * <p>Source: developers.facebook.com/docs/instagram-platform/reference/refresh_access_token, read
 * 2026-11-20.
 */
final class AccessTokens {

  /** Half of a token's life: many tries are left when one fails. */
  private static final Duration REFRESH_BEFORE = Duration.ofDays(30);

  /** How long another instance's exchange may go unnoticed. */
  private static final Duration REMEMBER = Duration.ofMinutes(10);

  private final CredentialStore store;
  private final Clock clock;
  private final Map<AccountId, Remembered> remembered = new ConcurrentHashMap<>();

  AccessTokens(CredentialStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A token and its end.
   *
   * @param expiresAt empty when it is not known yet
   */
  record Access(Secret token, Optional<Instant> expiresAt) {}

  private record Remembered(Access access, Instant readAt) {}

  /** The token to call with. */
  Access current(MetaAccount account) {
    Instant now = clock.instant();
    Remembered last = remembered.get(account.id());
    if (last != null && now.isBefore(last.readAt().plus(REMEMBER))) {
      return last.access();
    }
    Access access =
        store
            .read(key(account))
            .flatMap(kept -> read(account, kept))
            .orElseGet(() -> new Access(account.accessToken(), Optional.empty()));
    remembered.put(account.id(), new Remembered(access, now));
    return access;
  }

  /** Every token that was used lately, never to be printed. */
  List<String> secrets() {
    return remembered.values().stream().map(it -> it.access().token().reveal()).toList();
  }

  /** Whether it is time for a new token. */
  boolean isDue(Access access) {
    return access
        .expiresAt()
        .map(end -> end.isBefore(clock.instant().plus(REFRESH_BEFORE)))
        .orElse(true);
  }

  /** What came of asking for a new token. */
  sealed interface Refreshed {

    /** There is one, and it is kept. */
    record Renewed(Access access) implements Refreshed {}

    /** The provider gave none. */
    record Failed(String detail) implements Refreshed {}
  }

  /** Asks for a new token and keeps it, unless another instance did so meanwhile. */
  Refreshed refresh(MetaAccount account, GraphCalls calls) {
    Optional<Secret> before = store.read(key(account));
    Access old = current(account);
    Outcome outcome = calls.get(account, refreshAddress(account, old.token()));
    if (!(outcome instanceof Outcome.Answered answered)) {
      return new Refreshed.Failed("no answer");
    }
    Part body = Part.of(answered.body());
    Optional<String> token = body.text("access_token");
    long seconds = body.get("expires_in").asLong(0);
    if (answered.status() / 100 != 2 || token.isEmpty() || seconds <= 0) {
      GraphError error = GraphError.of(body.part("error"));
      return new Refreshed.Failed(
          "answer " + answered.status() + " " + error.codeText() + " " + error.line());
    }
    Access next =
        new Access(new Secret(token.get()), Optional.of(clock.instant().plusSeconds(seconds)));
    if (!store.write(key(account), before, written(account, next))) {
      next = store.read(key(account)).flatMap(kept -> read(account, kept)).orElse(next);
    }
    remembered.put(account.id(), new Remembered(next, clock.instant()));
    return new Refreshed.Renewed(next);
  }

  /** Beside the versions: {@code https://graph.instagram.com/refresh_access_token}. */
  private static URI refreshAddress(MetaAccount account, Secret token) {
    return URI.create(
        account.graphUrl().toString().replaceFirst("/v[0-9]+(\\.[0-9]+)?$", "")
            + "/refresh_access_token?grant_type=ig_refresh_token&access_token="
            + URLEncoder.encode(token.reveal(), StandardCharsets.UTF_8));
  }

  private static String key(MetaAccount account) {
    return "access-token/" + account.id();
  }

  /** With a mark of the setting it came from: a new token in the settings counts more. */
  private static Secret written(MetaAccount account, Access access) {
    ObjectNode kept =
        GraphCalls.object()
            .put("token", access.token().reveal())
            .put("of", Fingerprint.of(account.accessToken().reveal()));
    access.expiresAt().ifPresent(end -> kept.put("expires_at", end.toString()));
    return new Secret(new String(GraphCalls.bytes(kept), StandardCharsets.UTF_8));
  }

  private static Optional<Access> read(MetaAccount account, Secret kept) {
    Part part = Part.of(kept.reveal().getBytes(StandardCharsets.UTF_8));
    boolean ofThisSetting =
        part.text("of").equals(Optional.of(Fingerprint.of(account.accessToken().reveal())));
    return part.text("token")
        .filter(token -> ofThisSetting)
        .map(token -> new Access(new Secret(token), part.time("expires_at")));
  }
}
