package dev.hilo.whatsapp;

import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.SendResult;
import java.time.Clock;
import java.time.Duration;

/**
 * What an answer to a send means. The one rule: a message that the provider may have taken is never
 * called rejected or due for another try, because it has no idempotency key.
 *
 * <p>Source: developers.facebook.com/docs/graph-api/guides/error-handling and /overview/
 * rate-limiting, read 2026-11-20.
 */
final class SendAnswers {

  private static final Duration WITHOUT_CONNECTION = Duration.ofSeconds(10);
  private static final Duration TRANSIENT = Duration.ofSeconds(30);
  private static final Duration WITHOUT_HINT = Duration.ofMinutes(1);
  private static final int LONGEST_ID = 512;

  private final Redaction redaction;
  private final Waits waits;

  SendAnswers(Redaction redaction, Clock clock) {
    this.redaction = redaction;
    this.waits = new Waits(clock);
  }

  /** The answer to a message. */
  SendResult read(Outcome outcome) {
    return switch (outcome) {
      case Outcome.NotSent notSent -> withoutConnection(notSent.detail());
      case Outcome.TooLarge tooLarge -> unconfirmed("the answer is too large");
      case Outcome.AnswerLost lost -> unconfirmed(lost.detail());
      case Answered answered -> answered(answered);
    };
  }

  /** The answer to an upload that did not succeed: no customer has seen anything of it. */
  SendResult ofUpload(Outcome outcome) {
    return switch (outcome) {
      case Outcome.NotSent notSent -> withoutConnection(notSent.detail());
      case Outcome.TooLarge tooLarge -> unavailable("the answer to the upload is too large");
      case Outcome.AnswerLost lost -> unavailable("the upload: " + lost.detail());
      case Answered answered ->
          answered.status() / 100 == 2
              ? unavailable("the answer to the upload holds no id")
              : answered(answered) instanceof SendResult.Unconfirmed unclear
                  ? unavailable("the upload: " + unclear.detail())
                  : answered(answered);
    };
  }

  private SendResult answered(Answered answered) {
    Part body = GraphApi.body(answered);
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
      Duration after = waits.after(answered, reaction.retryAfter().get());
      return later(reaction.error(), error.codeText(), error.line(), after);
    }
    if (reaction.error() == DeliveryError.UNKNOWN) {
      if (answered.status() >= 500) {
        return unconfirmed("answer " + answered.status() + ", code " + error.codeText());
      }
      if (error.isTransient()) {
        Duration after = waits.hint(answered).orElse(TRANSIENT);
        return later(DeliveryError.PROVIDER_UNAVAILABLE, error.codeText(), error.line(), after);
      }
    }
    return rejected(reaction.error(), error.codeText(), error.line());
  }

  /** A gateway in between answered, or the Graph API in a form not known. */
  private SendResult withoutReason(Answered answered) {
    String detail = "answer " + answered.status() + " without a reason";
    return switch (answered.status()) {
      case 429 ->
          later(DeliveryError.THROTTLED, "", detail, waits.hint(answered).orElse(WITHOUT_HINT));
      case 401 -> rejected(DeliveryError.CREDENTIALS_EXPIRED, "", detail);
      case 403 -> rejected(DeliveryError.ACCOUNT_RESTRICTED, "", detail);
      default ->
          answered.status() / 100 == 4
              ? rejected(DeliveryError.UNKNOWN, "", detail)
              : unconfirmed(detail);
    };
  }

  private SendResult withoutConnection(String detail) {
    return later(DeliveryError.PROVIDER_UNAVAILABLE, "", detail, WITHOUT_CONNECTION);
  }

  /** Something that may be tried again without harm. */
  SendResult unavailable(String detail) {
    return later(DeliveryError.PROVIDER_UNAVAILABLE, "", detail, TRANSIENT);
  }

  private SendResult later(DeliveryError error, String code, String detail, Duration after) {
    return new SendResult.RetryLater(
        new DeliveryFailure(error, code, redaction.of(detail)), Waits.bounded(after));
  }

  SendResult rejected(DeliveryError error, String code, String detail) {
    return new SendResult.Rejected(new DeliveryFailure(error, code, redaction.of(detail)));
  }

  private SendResult unconfirmed(String detail) {
    return new SendResult.Unconfirmed(redaction.of(detail));
  }
}
