package dev.hilo.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How long a refusal says to wait.
 *
 * <p>Source: developers.facebook.com/docs/graph-api/overview/rate-limiting, read 2026-11-20.
 */
record Waits(Clock clock) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Limits from this pause on are counted by the hour. */
  private static final Duration HOURLY_COUNT = Duration.ofMinutes(1);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  /** The provider's own time; for limits by the hour also from the usage header. */
  Duration after(Answered answered, Duration usual) {
    // The usage header tells of calls counted by the hour, not of messages by the second.
    boolean hourly = usual.compareTo(HOURLY_COUNT) >= 0;
    return (hourly ? hint(answered) : told(answered)).orElse(usual);
  }

  /** What any of the headers says. */
  Optional<Duration> hint(Answered answered) {
    return told(answered)
        .or(() -> answered.header("X-Business-Use-Case-Usage").flatMap(Waits::regainAccess));
  }

  /** Never less than a second, never more than a day. */
  static Duration bounded(Duration after) {
    Duration atLeast = after.compareTo(SHORTEST) < 0 ? SHORTEST : after;
    return atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast;
  }

  private Optional<Duration> told(Answered answered) {
    return answered.header("Retry-After").flatMap(this::retryAfter);
  }

  /** Seconds, or a date. */
  private Optional<Duration> retryAfter(String text) {
    try {
      return text.matches("[0-9]{1,9}")
          ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
          : Optional.of(
              Duration.between(
                  clock.instant(),
                  Instant.from(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The longest {@code estimated_time_to_regain_access} of any use case, in minutes. */
  private static Optional<Duration> regainAccess(String text) {
    try {
      long minutes = 0;
      for (JsonNode minute : MAPPER.readTree(text).findValues("estimated_time_to_regain_access")) {
        minutes = Math.max(minutes, minute.canConvertToInt() ? minute.intValue() : 0);
      }
      return minutes > 0 ? Optional.of(Duration.ofMinutes(minutes)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
