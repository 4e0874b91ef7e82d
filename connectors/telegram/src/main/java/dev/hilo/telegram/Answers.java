package dev.hilo.telegram;

import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.SendResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What an answer to a send means. There is no idempotency key: a message that the provider may have
 * taken is never called rejected or due for another try.
 *
 * <p>Source: core.telegram.org/bots/api#making-requests and #responseparameters, by excerpts; the
 * descriptions of errors are those that the provider is known to write.
 */
final class Answers {

  private static final Duration WITHOUT_CONNECTION = Duration.ofSeconds(10);
  private static final Duration WITHOUT_HINT = Duration.ofSeconds(30);
  private static final long SHORTEST = 1;
  private static final long LONGEST = Duration.ofHours(24).toSeconds();

  private final TelegramSettings settings;

  Answers(TelegramSettings settings) {
    this.settings = settings;
  }

  /** The answer to a message: the message, in {@code result}. */
  SendResult sent(Outcome outcome, String chat) {
    return read(
        outcome,
        body -> body.part("result").id("message_id").map(number -> Chat.messageId(chat, number)));
  }

  /** The answer to an action, which is true. */
  SendResult acted(Outcome outcome, ExternalId own) {
    return read(
        outcome, body -> body.flag("result") ? Optional.of(own) : Optional.<ExternalId>empty());
  }

  private SendResult read(Outcome outcome, Function<Part, Optional<ExternalId>> idOf) {
    return switch (outcome) {
      case Outcome.NotSent notSent ->
          later(
              DeliveryError.PROVIDER_UNAVAILABLE,
              "",
              notSent.detail(),
              WITHOUT_CONNECTION.toSeconds());
      case Outcome.TooLarge tooLarge -> unconfirmed("the answer is too large");
      case Outcome.AnswerLost lost -> unconfirmed(lost.detail());
      case Answered answered -> {
        Part body = Part.of(answered.body());
        if (answered.status() / 100 == 2) {
          yield idOf.apply(body)
              .filter(id -> body.flag("ok"))
              .<SendResult>map(SendResult.Accepted::new)
              .orElseGet(() -> unconfirmed("the answer holds no id"));
        }
        yield answered.status() / 100 == 4
            ? refused(answered, body)
            : unconfirmed("answer " + answered.status());
      }
    };
  }

  private SendResult refused(Answered answered, Part body) {
    String code = Integer.toString(answered.status());
    String description =
        body.text("description").orElse("answer " + code + " without a description");
    if (answered.status() == 429) {
      return later(DeliveryError.THROTTLED, code, description, retryAfter(answered, body));
    }
    DeliveryError error = errorOf(answered.status(), description.toLowerCase(Locale.ROOT), body);
    return new SendResult.Rejected(
        new DeliveryFailure(error, code, settings.redacted(description)));
  }

  private static DeliveryError errorOf(int status, String description, Part body) {
    return switch (status) {
      case 401 -> DeliveryError.CREDENTIALS_EXPIRED;
      // The method is always right: an address that is not found holds a token that is not.
      case 404 -> body.has("ok") ? DeliveryError.CREDENTIALS_EXPIRED : DeliveryError.UNKNOWN;
      case 403 ->
          description.contains("blocked")
              ? DeliveryError.RECIPIENT_OPTED_OUT
              : DeliveryError.RECIPIENT_UNREACHABLE;
      case 413 -> DeliveryError.CONTENT_REJECTED;
      case 400 -> badRequest(description);
      default -> DeliveryError.UNKNOWN;
    };
  }

  private static DeliveryError badRequest(String description) {
    if (containsAny(description, "chat not found", "user not found", "peer_id_invalid")) {
      return DeliveryError.RECIPIENT_UNREACHABLE;
    }
    return containsAny(
            description,
            "text",
            "caption",
            "too long",
            "too big",
            "file",
            "photo",
            "video",
            "voice",
            "audio",
            "image",
            "sticker",
            "reaction",
            "button",
            "message to react",
            "entities",
            "media",
            "dimensions")
        ? DeliveryError.CONTENT_REJECTED
        : DeliveryError.UNKNOWN;
  }

  private static boolean containsAny(String text, String... parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /** How long the provider says to wait, in seconds; a gateway in between says it in a header. */
  static long retryAfter(Answered answered, Part body) {
    OptionalLong told = body.part("parameters").count("retry_after");
    if (told.isPresent()) {
      return told.getAsLong();
    }
    return answered
        .header("Retry-After")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(Long::valueOf)
        .orElse(WITHOUT_HINT.toSeconds());
  }

  private SendResult later(DeliveryError error, String code, String detail, long seconds) {
    return new SendResult.RetryLater(
        new DeliveryFailure(error, code, settings.redacted(detail)), bounded(seconds));
  }

  /** A second to a day. */
  static Duration bounded(long seconds) {
    return Duration.ofSeconds(Math.max(SHORTEST, Math.min(seconds, LONGEST)));
  }

  private SendResult unconfirmed(String detail) {
    return new SendResult.Unconfirmed(settings.redacted(detail));
  }
}
