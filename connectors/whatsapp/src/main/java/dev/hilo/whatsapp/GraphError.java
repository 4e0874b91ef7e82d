package dev.hilo.whatsapp;

import static dev.hilo.channel.DeliveryError.ACCOUNT_RESTRICTED;
import static dev.hilo.channel.DeliveryError.CONTENT_REJECTED;
import static dev.hilo.channel.DeliveryError.CREDENTIALS_EXPIRED;
import static dev.hilo.channel.DeliveryError.OUTSIDE_REPLY_WINDOW;
import static dev.hilo.channel.DeliveryError.PROVIDER_UNAVAILABLE;
import static dev.hilo.channel.DeliveryError.QUALITY_LIMITED;
import static dev.hilo.channel.DeliveryError.RECIPIENT_OPTED_OUT;
import static dev.hilo.channel.DeliveryError.RECIPIENT_THROTTLED;
import static dev.hilo.channel.DeliveryError.RECIPIENT_UNREACHABLE;
import static dev.hilo.channel.DeliveryError.TEMPLATE_REJECTED;
import static dev.hilo.channel.DeliveryError.THROTTLED;
import static dev.hilo.channel.DeliveryError.UNKNOWN;

import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.ProviderHttp.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An error as the Graph API writes it, in an answer or in a webhook.
 *
 * @param code empty when there is none that can be read
 * @param line the provider's words; may be empty
 * @param isTransient the provider's own claim that it will pass
 */
record GraphError(Optional<Integer> code, String line, boolean isTransient) {

  /**
   * What to do about an error.
   *
   * @param retryAfter when the same send may work; empty: never
   */
  record Reaction(DeliveryError error, Optional<Duration> retryAfter) {}

  private static final Reaction UNHEARD_OF = new Reaction(UNKNOWN, Optional.empty());

  /**
   * The one table of codes.
   *
   * <p>Source:
   * developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
   * (2026-09-11), read 2026-11-20.
   */
  private static final Map<Integer, Reaction> REACTIONS = new HashMap<>();

  static {
    // 102, 463 and 467 are kinds of 190 that older versions answer by themselves.
    reject(CREDENTIALS_EXPIRED, 0, 102, 190, 463, 467);

    // Permissions, restrictions, payment, a number that is gone.
    reject(ACCOUNT_RESTRICTED, 3, 10, 131005, 130497, 131031, 368, 131042);
    reject(ACCOUNT_RESTRICTED, 33, 131045, 133010, 131037);
    for (int permission = 200; permission <= 299; permission++) {
      reject(ACCOUNT_RESTRICTED, permission);
    }

    // Calls of the app or the business account are counted by the hour, messages by the second,
    // messages to one recipient by six seconds; PairPace makes it longer when it comes again.
    retry(THROTTLED, Duration.ofMinutes(5), 4, 80007, 613);
    retry(THROTTLED, Duration.ofSeconds(5), 130429);
    retry(THROTTLED, Duration.ofMinutes(1), 132069);
    retry(RECIPIENT_THROTTLED, Duration.ofSeconds(6), 131056);

    // Messages of this kind are held back: for a day at least, or until the quality is better.
    reject(QUALITY_LIMITED, 131048, 131049, 131064);

    reject(OUTSIDE_REPLY_WINDOW, 131047);
    reject(RECIPIENT_OPTED_OUT, 131050);
    // 131030: not on a test number's list. 130472: in an experiment without marketing. 130403: we
    // blocked the user. 131062: this kind of message needs a phone number.
    reject(RECIPIENT_UNREACHABLE, 131026, 131030, 130472, 130403, 131062);

    reject(CONTENT_REJECTED, 131051, 131008, 131009, 100, 131021, 131052, 131053, 131060, 132068);
    reject(TEMPLATE_REJECTED, 132000, 132001, 132005, 132007, 132008, 132012, 132018);
    reject(TEMPLATE_REJECTED, 132015, 132016, 131063);

    retry(PROVIDER_UNAVAILABLE, Duration.ofSeconds(30), 1, 2, 131000, 131016);
    // The number is being upgraded, for a minute at most.
    retry(PROVIDER_UNAVAILABLE, Duration.ofMinutes(1), 131057);
  }

  private static void reject(DeliveryError error, int... codes) {
    for (int code : codes) {
      REACTIONS.put(code, new Reaction(error, Optional.empty()));
    }
  }

  private static void retry(DeliveryError error, Duration after, int... codes) {
    for (int code : codes) {
      REACTIONS.put(code, new Reaction(error, Optional.of(after)));
    }
  }

  /** Reads {@code {code, title | message, error_data{details}, is_transient}}. */
  static GraphError of(Part error) {
    Optional<Integer> code = error.integer("code");
    String title = error.text("title").or(() -> error.text("message")).orElse("");
    String details =
        error
            .part("error_data")
            .text("details")
            .or(() -> error.text("details"))
            .filter(text -> !text.equals(title))
            .orElse("");
    String line = title.isEmpty() || details.isEmpty() ? title + details : title + ": " + details;
    return new GraphError(code, line, error.get("is_transient").asBoolean(false));
  }

  Reaction reaction() {
    return code.map(it -> REACTIONS.getOrDefault(it, UNHEARD_OF)).orElse(UNHEARD_OF);
  }

  /** What went wrong with a call that did not succeed, in one line that may quote the request. */
  static String describe(Outcome outcome) {
    return switch (outcome) {
      case Outcome.NotSent notSent -> notSent.detail();
      case Outcome.AnswerLost lost -> lost.detail();
      case Outcome.TooLarge tooLarge -> "the answer is larger than " + tooLarge.maxBytes();
      case Outcome.Answered answered -> {
        GraphError error = of(GraphApi.body(answered).part("error"));
        yield error.line().isEmpty()
            ? "answer " + answered.status() + " without a reason"
            : "answer " + answered.status() + ": " + error.line();
      }
    };
  }

  String codeText() {
    return code.map(String::valueOf).orElse("");
  }
}
