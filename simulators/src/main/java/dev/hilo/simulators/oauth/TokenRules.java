package dev.hilo.simulators.oauth;

import dev.hilo.simulators.http.BadRequest;
import java.time.Duration;

/**
 * How tokens live, on the simulators' clock.
 *
 * @param lifetime of an access token
 * @param grace how long a refresh token still works after it was used and replaced; zero: it is
 *     worth nothing at once
 */
public record TokenRules(Duration lifetime, Duration grace) {

  public TokenRules {
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new BadRequest("lifetime: more than zero, got " + lifetime);
    }
    if (grace.isNegative()) {
      throw new BadRequest("grace: zero or more, got " + grace);
    }
  }

  /** An hour, no grace. */
  public static TokenRules standard() {
    return new TokenRules(Duration.ofHours(1), Duration.ZERO);
  }
}
