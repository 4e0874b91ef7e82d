package dev.hilo.email;

import dev.hilo.channel.DeliveryError;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail server's no, in the one vocabulary of all channels.
 *
 * <p>Source: RFC 5321 §4.2 (replies), RFC 3463 and its IANA registry (enhanced status codes);
 * learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr,
 * support.google.com/a/answer/3726730, read 2026-11-20.
 *
 * @param code the reply, 400 to 599
 * @param enhanced {@code 5.1.1}, where the server gives one
 */
record SmtpAnswer(int code, Optional<String> enhanced, String text, Stage stage) {

  private static final Pattern ENHANCED =
      Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
  private static final Pattern TOO_FAST =
      Pattern.compile("(?i)too many|too fast|too quickly|rate|throttl|limit|quota|unusual");
  private static final Pattern NOT_ALLOWED =
      Pattern.compile(
          "(?i)relay|authenticat|send as|sendas|sender address|sender rejected|not permitted to send|"
              + "not own|traffic not accepted");
  private static final Pattern FULL =
      Pattern.compile("(?i)full|over ?quota|quota exceeded|storage");
  private static final Pattern TOO_LARGE =
      Pattern.compile("(?i)too (?:large|big)|size limit|exceeds.{0,30}size|maximum.{0,20}size");

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration GREYLISTED = Duration.ofMinutes(5);
  private static final Duration MAILBOX_FULL = Duration.ofHours(1);

  /** How far the dialogue had come. */
  enum Stage {
    /** Greeting, login, sender. */
    SENDER,
    RECIPIENT,
    CONTENT
  }

  static SmtpAnswer of(int code, String text, Stage stage) {
    Matcher enhanced = ENHANCED.matcher(text);
    return new SmtpAnswer(
        code, enhanced.find() ? Optional.of(enhanced.group(1)) : Optional.empty(), text, stage);
  }

  /** A status that came in a bounce, long after the dialogue. */
  static DeliveryError ofBounce(Optional<String> status, String diagnostic) {
    SmtpAnswer answer = new SmtpAnswer(550, status, diagnostic, Stage.RECIPIENT);
    if (status.orElse("").matches("5\\.[67]\\..*")) {
      return DeliveryError.CONTENT_REJECTED;
    }
    DeliveryError error = answer.error();
    // The mail had been taken: whatever stopped it later was no refusal of our account.
    return error == DeliveryError.ACCOUNT_RESTRICTED || error == DeliveryError.CREDENTIALS_EXPIRED
        ? DeliveryError.RECIPIENT_UNREACHABLE
        : error;
  }

  boolean isTemporary() {
    return code / 100 == 4;
  }

  /** What the code is for people: the enhanced one, else the reply. */
  String shownCode() {
    return enhanced.orElseGet(() -> Integer.toString(code));
  }

  DeliveryError error() {
    String status = enhanced.map(value -> value.substring(value.indexOf('.') + 1)).orElse("");
    if (isTemporary()) {
      if (stage == Stage.RECIPIENT) {
        return DeliveryError.RECIPIENT_THROTTLED;
      }
      return status.startsWith("7.") || TOO_FAST.matcher(text).find()
          ? DeliveryError.THROTTLED
          : DeliveryError.PROVIDER_UNAVAILABLE;
    }
    if (code == 530
        || code == 534
        || code == 535
        || code == 538
        || status.matches("7\\.(?:8|9|57|139)")) {
      return DeliveryError.CREDENTIALS_EXPIRED;
    }
    if (status.equals("3.4") || status.equals("2.3") || TOO_LARGE.matcher(text).find()) {
      return DeliveryError.CONTENT_REJECTED;
    }
    return switch (stage) {
      case SENDER -> DeliveryError.ACCOUNT_RESTRICTED;
      case RECIPIENT ->
          NOT_ALLOWED.matcher(text).find()
              ? DeliveryError.ACCOUNT_RESTRICTED
              : DeliveryError.RECIPIENT_UNREACHABLE;
      case CONTENT -> {
        if (status.startsWith("1.") || status.startsWith("2.")) {
          yield DeliveryError.RECIPIENT_UNREACHABLE;
        }
        yield NOT_ALLOWED.matcher(text).find()
            ? DeliveryError.ACCOUNT_RESTRICTED
            : DeliveryError.CONTENT_REJECTED;
      }
    };
  }

  /** How long to wait before another try. */
  Duration after() {
    if (enhanced.orElse("").equals("4.2.2") || FULL.matcher(text).find()) {
      return MAILBOX_FULL;
    }
    return error() == DeliveryError.PROVIDER_UNAVAILABLE ? SOON : GREYLISTED;
  }
}
