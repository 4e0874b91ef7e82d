package dev.hilo.simulators.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Access tokens: those that accounts were given, and what became of them by refreshing. A refreshed
 * token tells by itself when it was made, so that a restart does not make it worthless.
 */
final class Tokens {

  /** Source: refresh_access_token reference: only tokens that are at least 24 hours old. */
  private static final Duration OLD_ENOUGH = Duration.ofHours(24);

  private static final int SIGNATURE_LENGTH = 16;

  private Tokens() {}

  /**
   * A token that is one of ours.
   *
   * @param valid not expired
   */
  record Grant(Account account, Instant issuedAt, Optional<Instant> expiresAt, boolean valid) {}

  /** Whose token it is; empty: nobody's. */
  static Optional<Grant> read(
      Collection<Account> accounts, String token, Optional<Duration> life, Instant now) {
    for (Account account : accounts) {
      String first = account.accessToken();
      if (token.equals(first)) {
        return Optional.of(grant(account, account.tokenIssuedAt(), account.tokenExpiresAt(), now));
      }
      if (token.startsWith(first + ".")) {
        String[] parts = token.substring(first.length() + 1).split("\\.", 2);
        if (parts.length == 2
            && parts[0].matches("[0-9a-f]{1,12}")
            && parts[1].equals(sign(account, parts[0]))) {
          Instant issued = Instant.ofEpochSecond(Long.parseLong(parts[0], 16));
          return Optional.of(grant(account, issued, life.map(issued::plus), now));
        }
      }
    }
    return Optional.empty();
  }

  private static Grant grant(
      Account account, Instant issued, Optional<Instant> expires, Instant now) {
    boolean over = account.tokenExpired() || expires.filter(end -> !now.isBefore(end)).isPresent();
    return new Grant(account, issued, expires, !over);
  }

  /**
   * A new token for an old one.
   *
   * @throws GraphRefusal when the old one is too young
   */
  static String refresh(Grant grant, Instant now) {
    if (now.isBefore(grant.issuedAt().plus(OLD_ENOUGH))) {
      throw new GraphRefusal(
          GraphError.parameter("The access token must be at least 24 hours old."));
    }
    String issued = Long.toHexString(now.getEpochSecond());
    return grant.account().accessToken() + "." + issued + "." + sign(grant.account(), issued);
  }

  private static String sign(Account account, String issued) {
    byte[] signed = (account.accessToken() + '|' + issued).getBytes(StandardCharsets.UTF_8);
    String whole = Signature.of(signed, account.appSecret()).substring("sha256=".length());
    return whole.substring(0, SIGNATURE_LENGTH);
  }
}
