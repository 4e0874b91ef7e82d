package dev.hilo.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.SendResult;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an answer to a send means. The one rule: a message that the provider may have taken is never
 * called rejected or due for another try, because it has no idempotency key.
 *
 * <p>Source: developers.facebook.com/docs/graph-api/guides/error-handling and /overview/
 * rate-limiting, read 2026-11-20.
 */
public final class GraphAnswers {

  private static final Duration WITHOUT_CONNECTION = Duration.ofSeconds(10);
  private static final Duration TRANSIENT = Duration.ofSeconds(30);
  private static final Duration WITHOUT_HINT = Duration.ofMinutes(1);

  /** Calls are counted over a moving hour: after a quarter of it some may go again. */
  private static final Duration USED_UP = Duration.ofMinutes(15);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Redaction redaction;
  private final Clock clock;

  /** Reads answers; the clock turns a date to wait for into a time to wait. */
  public GraphAnswers(Redaction redaction, Clock clock) {
    this.redaction = redaction;
    this.clock = clock;
  }

  /** The answer to a message: {@code {recipient_id, message_id}}. */
  public SendResult sent(Outcome outcome) {
    return read(outcome, body -> body.id("message_id"));
  }

  /** The answer to an action, which has no id of its own: {@code {recipient_id}}. */
  public SendResult acted(Outcome outcome, ExternalId own) {
    return read(
        outcome,
        body -> body.id("message_id").or(() -> body.id("recipient_id").map(it -> own.value())));
  }

  /**
   * The answer to a call that only prepares a message, and did not do so: nothing was sent, so that
   * it may be tried again whatever came of it.
   */
  public SendResult notPrepared(Outcome outcome) {
    return read(outcome, body -> Optional.empty()) instanceof SendResult.Unconfirmed unclear
        ? later(DeliveryError.PROVIDER_UNAVAILABLE, "", unclear.detail(), TRANSIENT)
        : read(outcome, body -> Optional.empty());
  }

  private SendResult read(Outcome outcome, Function<Part, Optional<String>> idOf) {
    return switch (outcome) {
      case Outcome.NotSent notSent ->
          later(DeliveryError.PROVIDER_UNAVAILABLE, "", notSent.detail(), WITHOUT_CONNECTION);
      case Outcome.TooLarge tooLarge -> unconfirmed("the answer is too large");
      case Outcome.AnswerLost lost -> unconfirmed(lost.detail());
      case Answered answered -> answered(answered, idOf);
    };
  }

  private SendResult answered(Answered answered, Function<Part, Optional<String>> idOf) {
    Part body = Part.of(answered.body());
    if (answered.status() / 100 == 2) {
      return idOf.apply(body)
          .<SendResult>map(id -> new SendResult.Accepted(new ExternalId(id)))
          .orElseGet(() -> unconfirmed("the answer " + answered.status() + " holds no id"));
    }
    GraphError error = GraphError.of(body.part("error"));
    return error.code().isPresent() ? refused(answered, error) : withoutReason(answered);
  }

  private SendResult refused(Answered answered, GraphError error) {
    GraphError.Reaction reaction = error.reaction();
    if (reaction.retryAfter().isPresent()) {
      Duration after = hint(answered).orElse(reaction.retryAfter().get());
      return later(reaction.error(), error.codeText(), error.line(), after);
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
    return answered
        .header("Retry-After")
        .flatMap(this::retryAfter)
        .or(() -> answered.header("X-Business-Use-Case-Usage").flatMap(GraphAnswers::regainAccess))
        .or(() -> answered.header("X-App-Usage").flatMap(GraphAnswers::usedUp))
        .or(() -> answered.header("X-Page-Usage").flatMap(GraphAnswers::usedUp));
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
    long minutes = 0;
    for (JsonNode minute : json(text).findValues("estimated_time_to_regain_access")) {
      minutes = Math.max(minutes, minute.canConvertToInt() ? minute.intValue() : 0);
    }
    return minutes > 0 ? Optional.of(Duration.ofMinutes(minutes)) : Optional.empty();
  }

  /** Percentages of the hour's calls and of the time that they may take. */
  private static Optional<Duration> usedUp(String text) {
    JsonNode usage = json(text);
    return List.of("call_count", "total_cputime", "total_time").stream()
            .anyMatch(name -> usage.path(name).asDouble(0) >= 100)
        ? Optional.of(USED_UP)
        : Optional.empty();
  }

  private static JsonNode json(String text) {
    return Part.of(text.getBytes(StandardCharsets.UTF_8)).node();
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
