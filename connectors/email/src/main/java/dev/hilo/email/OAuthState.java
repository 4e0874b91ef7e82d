package dev.hilo.email;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.hilo.channel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is kept of one mailbox's tokens.
 *
 * @param seed tells the settings it began with: other settings begin anew
 * @param refreshToken the newest; absent before the first refresh and for applications
 * @param leaseUntil until when somebody is refreshing, so that two do not use up one refresh token
 * @param denied why the provider wants the mailbox to be connected again
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record OAuthState(
    String seed,
    Optional<String> refreshToken,
    Optional<String> accessToken,
    Optional<Instant> expiresAt,
    Optional<Instant> leaseUntil,
    Optional<String> denied,
    Optional<Instant> deniedAt) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Nothing yet, but what the operator wrote. */
  static OAuthState initial(OAuthSettings settings) {
    return new OAuthState(
        seed(settings),
        settings.refreshToken().map(Secret::reveal),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What was kept, if it belongs to these settings and can be read. */
  static OAuthState of(Optional<Secret> kept, OAuthSettings settings) {
    OAuthState initial = initial(settings);
    try {
      if (kept.isPresent()) {
        OAuthState state = MAPPER.readValue(kept.get().reveal(), OAuthState.class);
        return initial.seed.equals(state.seed) ? state : initial;
      }
    } catch (JsonProcessingException e) {
      // Not ours, or of another version: as if nothing were kept.
    }
    return initial;
  }

  Secret toSecret() {
    try {
      return new Secret(MAPPER.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and times are always writable", e);
    }
  }

  boolean hasAccess(Instant until) {
    return accessToken.isPresent() && expiresAt.isPresent() && expiresAt.get().isAfter(until);
  }

  OAuthState leased(Instant until) {
    return new OAuthState(
        seed, refreshToken, accessToken, expiresAt, Optional.of(until), denied, deniedAt);
  }

  OAuthState released() {
    return new OAuthState(
        seed, refreshToken, accessToken, expiresAt, Optional.empty(), denied, deniedAt);
  }

  OAuthState refused(String reason, Instant now) {
    return new OAuthState(
        seed,
        refreshToken,
        accessToken,
        expiresAt,
        Optional.empty(),
        Optional.of(reason),
        Optional.of(now));
  }

  OAuthState granted(String access, Optional<String> rotated, Instant until) {
    return new OAuthState(
        seed,
        rotated.or(() -> refreshToken),
        Optional.of(access),
        Optional.of(until),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  OAuthState withoutAccess() {
    return new OAuthState(
        seed, refreshToken, Optional.empty(), Optional.empty(), leaseUntil, denied, deniedAt);
  }

  private static String seed(OAuthSettings settings) {
    String all =
        String.join(
            "\n",
            settings.clientId(),
            settings.clientSecret().reveal(),
            settings.refreshToken().map(Secret::reveal).orElse(""),
            settings.scope().orElse(""));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "OAuthState[]";
  }
}
