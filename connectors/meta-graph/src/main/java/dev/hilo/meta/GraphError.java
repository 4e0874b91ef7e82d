package dev.hilo.meta;

import static dev.hilo.channel.DeliveryError.ACCOUNT_RESTRICTED;
import static dev.hilo.channel.DeliveryError.CONTENT_REJECTED;
import static dev.hilo.channel.DeliveryError.CREDENTIALS_EXPIRED;
import static dev.hilo.channel.DeliveryError.OUTSIDE_REPLY_WINDOW;
import static dev.hilo.channel.DeliveryError.PROVIDER_UNAVAILABLE;
import static dev.hilo.channel.DeliveryError.RECIPIENT_UNREACHABLE;
import static dev.hilo.channel.DeliveryError.THROTTLED;
import static dev.hilo.channel.DeliveryError.UNKNOWN;

import dev.hilo.channel.DeliveryError;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An error as the Graph API answers it to Messenger and Instagram calls.
 *
 * @param code empty when there is none that can be read
 * @param subcode tells errors of one code apart
 * @param line the provider's words; may be empty
 * @param isTransient the provider's own claim that it will pass
 */
public record GraphError(
    Optional<Integer> code, Optional<Integer> subcode, String line, boolean isTransient) {

  /**
   * What to do about an error.
   *
   * @param retryAfter when the same send may work; empty: never
   */
  public record Reaction(DeliveryError error, Optional<Duration> retryAfter) {}

  private static final Reaction UNHEARD_OF = new Reaction(UNKNOWN, Optional.empty());

  /**
   * The one table: {@code code} or {@code code/subcode}, the longer form first.
   *
   * <p>Source: developers.facebook.com/documentation/business-messaging/messenger-platform/
   * error-codes (2026-03-18), /docs/instagram-platform, /docs/graph-api/guides/error-handling, read
   * 2026-11-20.
   */
  private static final Map<String, Reaction> REACTIONS = new HashMap<>();

  static {
    reject(OUTSIDE_REPLY_WINDOW, "10/2018278", "10/2534022", "10/2018065");

    // Blocked us, deleted the thread, is not there, or an app of the business holds the thread.
    reject(RECIPIENT_UNREACHABLE, "10/2018108", "200/1545041", "551", "10/2018300");
    reject(RECIPIENT_UNREACHABLE, "100/2018001", "100/2534014", "9010");

    reject(CONTENT_REJECTED, "100");

    reject(CREDENTIALS_EXPIRED, "190");

    reject(ACCOUNT_RESTRICTED, "3", "10", "368");
    for (int permission = 200; permission <= 299; permission++) {
      reject(ACCOUNT_RESTRICTED, Integer.toString(permission));
    }

    // Calls of the app, the Page or the account are counted by the hour.
    retry(THROTTLED, Duration.ofMinutes(5), "4", "17", "32", "613", "80001", "80002", "80006");

    // 2 may also mean that the customer blocked us: whoever retries must not do so for ever.
    retry(PROVIDER_UNAVAILABLE, Duration.ofSeconds(30), "1", "2", "1200", "1545133");
  }

  private static void reject(DeliveryError error, String... keys) {
    for (String key : keys) {
      REACTIONS.put(key, new Reaction(error, Optional.empty()));
    }
  }

  private static void retry(DeliveryError error, Duration after, String... keys) {
    for (String key : keys) {
      REACTIONS.put(key, new Reaction(error, Optional.of(after)));
    }
  }

  /** Reads {@code {code, error_subcode?, message, error_user_msg?, is_transient?}}. */
  public static GraphError of(Part error) {
    String message = error.text("message").orElse("");
    String forUser = error.text("error_user_msg").filter(text -> !text.equals(message)).orElse("");
    String line =
        message.isEmpty() || forUser.isEmpty() ? message + forUser : message + ": " + forUser;
    return new GraphError(
        number(error, "code"), number(error, "error_subcode"), line, error.flag("is_transient"));
  }

  private static Optional<Integer> number(Part error, String name) {
    return error.get(name).canConvertToInt() && error.get(name).isIntegralNumber()
        ? Optional.of(error.get(name).intValue())
        : Optional.empty();
  }

  /** By code and subcode, else by the code alone. */
  public Reaction reaction() {
    if (code.isEmpty()) {
      return UNHEARD_OF;
    }
    Reaction ofCode = REACTIONS.getOrDefault(code.get().toString(), UNHEARD_OF);
    return subcode
        .map(sub -> REACTIONS.getOrDefault(code.get() + "/" + sub, ofCode(sub, ofCode)))
        .orElse(ofCode);
  }

  /** A temporary fault stands in either place. */
  private static Reaction ofCode(int subcode, Reaction ofCode) {
    return subcode == 1545133 ? REACTIONS.getOrDefault(Integer.toString(subcode), ofCode) : ofCode;
  }

  /** {@code code} or {@code code/subcode}; empty when there is none. */
  public String codeText() {
    return code.map(it -> it + subcode.map(sub -> "/" + sub).orElse("")).orElse("");
  }
}
