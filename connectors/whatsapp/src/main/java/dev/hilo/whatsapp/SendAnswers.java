package dev.hilo.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.SendResult;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What an answer to a send means. The one rule: a message that the provider may have taken is never
 * called rejected or due for another try, because it has no idempotency key.
 *
 * <p>Source: developers.facebook.com/docs/graph-api/guides/error-handling and /overview/
 * rate-limiting, read 2026-11-20.
 */
final class SendAnswers {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Limits from this pause on are counted by the hour. */
  private static final Duration HOURLY_COUNT = Duration.ofMinutes(1);

  private static final Duration WITHOUT_CONNECTION = Duration.ofSeconds(10);
  private static final Duration TRANSIENT = Duration.ofSeconds(30);
  private static final Duration WITHOUT_HINT = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int LONGEST_ID = 512;

  private final Redaction redaction;
  private final Clock clock;

  SendAnswers(Redaction redaction, Clock clock) {
    this.redaction = redaction;
    this.clock = clock;
  }

  SendResult read(Outcome outcome) {
    return switch (outcome) {
      case Outcome.NotSent notSent ->
          later(DeliveryError.PROVIDER_UNAVAILABLE, "", notSent.detail(), WITHOUT_CONNECTION);
      case Outcome.TooLarge tooLarge -> unconfirmed("the answer is too large");
      case Outcome.AnswerLost lost -> unconfirmed(lost.detail());
      case Answered answered -> answered(answered);
    };
  }

  private SendResult answered(Answered answered) {
    Part body = body(answered.body());
    if (answered.status() / 100 == 2) {
      return body.parts("messages").stream()
          .findFirst()
          .flatMap(message -> message.id("id", LONGEST_ID))
          .<SendResult>map(id -> new SendResult.Accepted(new ExternalId(id)))
          .orElseGet(() -> unconfirmed("the answer " + answered.status() + " holds no message id"));
    }
    GraphError error = GraphError.of(body.part("error"));
    return error.code().isPresent() ? refused(answered, error) : withoutReason(answered);
  }

  private SendResult refused(Answered answered, GraphError error) {
    GraphError.Reaction reaction = error.reaction();
    if (reaction.retryAfter().isPresent()) {
      Duration usual = reaction.retryAfter().get();
      // The usage header tells of calls counted by the hour, not of messages by the second.
      boolean hourly = usual.compareTo(HOURLY_COUNT) >= 0;
      Optional<Duration> told = hourly ? hint(answered) : told(answered);
      return later(reaction.error(), error.codeText(), error.line(), told.orElse(usual));
    }
    if (reaction.error() == DeliveryError.UNKNOWN) {
      if (answered.status() >= 500) {
        return unconfirmed("answer " + answered.status() + ", code " + error.codeText());
      }
      if (error.isTransient()) {
        Duration after = hint(answered).orElse(TRANSIENT);
        return later(DeliveryError.PROVIDER_UNAVAILABLE, error.codeText(), error.line(), after);
      }
    }
    return rejected(reaction.error(), error.codeText(), error.line());
  }

  /** A gateway in between answered, or the Graph API in a form not known. */
  private SendResult withoutReason(Answered answered) {
    String detail = "answer " + answered.status() + " without a reason";
    return switch (answered.status()) {
      case 429 -> later(DeliveryError.THROTTLED, "", detail, hint(answered).orElse(WITHOUT_HINT));
      case 401 -> rejected(DeliveryError.CREDENTIALS_EXPIRED, "", detail);
      case 403 -> rejected(DeliveryError.ACCOUNT_RESTRICTED, "", detail);
      default ->
          answered.status() / 100 == 4
              ? rejected(DeliveryError.UNKNOWN, "", detail)
              : unconfirmed(detail);
    };
  }

  /** How long the provider itself says to wait. */
  private Optional<Duration> hint(Answered answered) {
    return told(answered)
        .or(() -> answered.header("X-Business-Use-Case-Usage").flatMap(SendAnswers::regainAccess));
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

  private static Part body(byte[] bytes) {
    try {
      return new Part(MAPPER.readTree(bytes));
    } catch (IOException e) {
      return Part.none();
    }
  }

  private SendResult later(DeliveryError error, String code, String detail, Duration after) {
    Duration bounded = after.compareTo(SHORTEST) < 0 ? SHORTEST : after;
    return new SendResult.RetryLater(
        new DeliveryFailure(error, code, redaction.of(detail)),
        bounded.compareTo(LONGEST) > 0 ? LONGEST : bounded);
  }

  private SendResult rejected(DeliveryError error, String code, String detail) {
    return new SendResult.Rejected(new DeliveryFailure(error, code, redaction.of(detail)));
  }

  private SendResult unconfirmed(String detail) {
    return new SendResult.Unconfirmed(redaction.of(detail));
  }
}
