package dev.hilo.simulators.oauth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * All tokens for the mailboxes. A refresh token carries a serial number, and the newest seen is the
 * one that works; so after a restart, which remembers none, the token in the caller's store still
 * does. Used by many threads.
 */
public final class Tokens {

  private static final Duration CODE_LIFETIME = Duration.ofMinutes(10);
  private static final String SIGNING_KEY = "the demo's refresh tokens are signed with this";
  private static final String EVERY_MAILBOX = "*";

  private final InstantSource clock;
  private final String wellKnownToken;
  private final String wellKnownMailbox;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Access> access = new HashMap<>();
  private final Map<String, Consent> codes = new HashMap<>();
  private final Map<String, Newest> newest = new HashMap<>();
  private final Deque<String> planned = new ArrayDeque<>();
  private TokenRules rules = TokenRules.standard();

  private record Access(String mailbox, Instant until) {}

  /** The serial that works; the one before works until the grace is over. */
  private record Newest(long serial, Instant replaced, boolean revoked) {}

  /**
   * What somebody agreed to.
   *
   * @param challenge PKCE's, SHA-256, as in RFC 7636
   */
  record Consent(
      TokenProvider provider,
      String mailbox,
      String redirect,
      Optional<String> challenge,
      Instant until) {}

  /** What a caller gets; {@code toString} is left to nobody's log. */
  record Granted(String accessToken, Optional<String> refreshToken, long expiresIn, String scope) {
    @Override
    public String toString() {
      return "Granted[expiresIn=" + expiresIn + "]";
    }
  }

  private record Refresh(TokenProvider provider, String mailbox, long serial) {}

  /**
   * No tokens but one.
   *
   * @param wellKnownToken a refresh token that is known from the beginning, for configurations
   * @param wellKnownMailbox what it opens
   */
  public Tokens(InstantSource clock, String wellKnownToken, String wellKnownMailbox) {
    this.clock = clock;
    this.wellKnownToken = wellKnownToken;
    this.wellKnownMailbox = wellKnownMailbox;
  }

  /** How tokens live from now on; those that are out keep their lifetime. */
  public void rule(TokenRules next) {
    lock.lock();
    try {
      rules = next;
    } finally {
      lock.unlock();
    }
  }

  public TokenRules rules() {
    lock.lock();
    try {
      return rules;
    } finally {
      lock.unlock();
    }
  }

  /** The next so many token requests are refused with the error. */
  public void refuseNext(String error, int times) {
    lock.lock();
    try {
      for (int i = 0; i < times; i++) {
        planned.add(error);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the access token is one, is not over, and opens that mailbox. */
  public boolean opens(String token, String mailbox) {
    lock.lock();
    try {
      Access one = access.get(token);
      return one != null
          && clock.instant().isBefore(one.until())
          && (one.mailbox().equals(EVERY_MAILBOX) || one.mailbox().equals(lower(mailbox)));
    } finally {
      lock.unlock();
    }
  }

  /** Takes back every token of the mailbox, until somebody consents again. */
  public void revoke(String mailbox) {
    lock.lock();
    try {
      String key = lower(mailbox);
      access
          .values()
          .removeIf(one -> one.mailbox().equals(key) || one.mailbox().equals(EVERY_MAILBOX));
      long serial = Optional.ofNullable(newest.get(key)).map(Newest::serial).orElse(0L);
      newest.put(key, new Newest(serial, Instant.MIN, true));
    } finally {
      lock.unlock();
    }
  }

  /** Access tokens are over before their time; refresh tokens stay. */
  public void expireAccess() {
    lock.lock();
    try {
      access.clear();
    } finally {
      lock.unlock();
    }
  }

  /** As in the beginning. */
  public void reset() {
    lock.lock();
    try {
      access.clear();
      codes.clear();
      newest.clear();
      planned.clear();
      rules = TokenRules.standard();
    } finally {
      lock.unlock();
    }
  }

  /** Somebody agreed: what their browser brings back to the asking application. */
  String code(TokenProvider provider, String mailbox, String redirect, Optional<String> challenge) {
    lock.lock();
    try {
      String code = randomText();
      Instant until = clock.instant().plus(CODE_LIFETIME);
      codes.put(code, new Consent(provider, lower(mailbox), redirect, challenge, until));
      return code;
    } finally {
      lock.unlock();
    }
  }

  /** A code works once, for ten minutes, with the redirect address it was asked with. */
  Granted exchange(TokenProvider provider, String code, String redirect, Optional<String> verifier)
      throws TokenRefusal {
    lock.lock();
    try {
      refuseIfPlanned();
      Consent consent = codes.remove(code);
      if (consent == null || consent.provider() != provider) {
        throw TokenRefusal.invalidGrant(54_005, "The code is unknown or was already redeemed.");
      }
      if (clock.instant().isAfter(consent.until())) {
        throw TokenRefusal.invalidGrant(70_008, "The code has expired.");
      }
      if (!consent.redirect().equals(redirect)) {
        throw TokenRefusal.invalidGrant(50_011, "redirect_uri is not the one of the request.");
      }
      if (consent.challenge().isPresent()
          && !consent.challenge().equals(verifier.map(Tokens::challengeOf))) {
        throw TokenRefusal.invalidGrant(50_148, "code_verifier does not match code_challenge.");
      }
      // Later than every serial that was given before, also before a restart.
      long before =
          Optional.ofNullable(newest.get(consent.mailbox())).map(Newest::serial).orElse(0L);
      long serial = Math.max(before + 1, clock.instant().getEpochSecond());
      newest.put(consent.mailbox(), new Newest(serial, Instant.MIN, false));
      return granted(provider, consent.mailbox(), Optional.of(serial));
    } finally {
      lock.unlock();
    }
  }

  /** A new access token for a refresh token, which is replaced where the provider does that. */
  Granted refresh(TokenProvider provider, String token) throws TokenRefusal {
    lock.lock();
    try {
      refuseIfPlanned();
      Refresh refresh =
          parse(token)
              .filter(one -> one.provider() == provider)
              .orElseThrow(
                  () -> TokenRefusal.invalidGrant(9002313, "The refresh token is not one."));
      Newest known =
          newest.getOrDefault(refresh.mailbox(), new Newest(refresh.serial(), Instant.MIN, false));
      if (known.revoked()) {
        throw TokenRefusal.invalidGrant(50_173, "The grant was revoked.");
      }
      boolean withinGrace =
          refresh.serial() == known.serial() - 1
              && clock.instant().isBefore(known.replaced().plus(rules.grace()));
      if (refresh.serial() < known.serial() && !withinGrace) {
        throw TokenRefusal.invalidGrant(70_008, "The refresh token was used before.");
      }
      if (!provider.rotates()) {
        return granted(provider, refresh.mailbox(), Optional.empty());
      }
      if (!withinGrace) {
        known = new Newest(refresh.serial() + 1, clock.instant(), false);
        newest.put(refresh.mailbox(), known);
      }
      return granted(provider, refresh.mailbox(), Optional.of(known.serial()));
    } finally {
      lock.unlock();
    }
  }

  /** A token of the application itself, which opens every mailbox. */
  Granted ofApplication(TokenProvider provider, String scope) throws TokenRefusal {
    lock.lock();
    try {
      refuseIfPlanned();
      if (provider != TokenProvider.MICROSOFT) {
        throw new TokenRefusal(
            400, "unsupported_grant_type", 0, "client_credentials is not offered.");
      }
      if (!scope.equals("https://outlook.office365.com/.default")) {
        throw new TokenRefusal(
            400, "invalid_scope", 1_002_012, "Expected https://outlook.office365.com/.default.");
      }
      return granted(provider, EVERY_MAILBOX, Optional.empty());
    } finally {
      lock.unlock();
    }
  }

  private Granted granted(TokenProvider provider, String mailbox, Optional<Long> serial) {
    String token = randomText();
    access.put(token, new Access(mailbox, clock.instant().plus(rules.lifetime())));
    return new Granted(
        token,
        serial.map(number -> refreshToken(provider, mailbox, number)),
        rules.lifetime().toSeconds(),
        provider.scope());
  }

  private void refuseIfPlanned() throws TokenRefusal {
    String error = planned.poll();
    if (error != null) {
      throw new TokenRefusal(400, error, 50_173, "Refused on demand.");
    }
  }

  private Optional<Refresh> parse(String token) {
    if (token.equals(wellKnownToken)) {
      return Optional.of(new Refresh(TokenProvider.MICROSOFT, lower(wellKnownMailbox), 0));
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    try {
      TokenProvider provider = TokenProvider.valueOf(parts[0]);
      String mailbox = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      long serial = Long.parseLong(parts[2]);
      return refreshToken(provider, mailbox, serial).equals(token)
          ? Optional.of(new Refresh(provider, mailbox, serial))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String refreshToken(TokenProvider provider, String mailbox, long serial) {
    String what = provider + "." + base64(mailbox.getBytes(StandardCharsets.UTF_8)) + "." + serial;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SIGNING_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return what + "." + base64(mac.doFinal(what.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String challengeOf(String verifier) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return base64(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String randomText() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return base64(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String lower(String mailbox) {
    return mailbox.toLowerCase(Locale.ROOT);
  }
}
