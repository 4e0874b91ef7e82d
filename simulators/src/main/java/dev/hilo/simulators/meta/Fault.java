package dev.hilo.simulators.meta;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.hilo.simulators.http.BadRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with the next calls of the Graph API.
 *
 * @param next how many calls
 * @param fault what happens
 * @param code the error of {@code error} and {@code failed-status}
 * @param subcode with it; WhatsApp's errors have none
 * @param delayMs how long the call hangs first; a timeout hangs 60 s unless told
 * @param on which calls: send (the default), read, upload, any; for WhatsApp also media (asking for
 *     a file's address); for Messenger and Instagram also action, profile
 */
public record Fault(
    int next,
    Kind fault,
    @Nullable Integer code,
    @Nullable Integer subcode,
    @Nullable Long delayMs,
    @Nullable String on) {

  private static final List<String> TARGETS =
      List.of("send", "read", "action", "upload", "media", "profile", "any");

  public Fault {
    if (next < 1) {
      throw new BadRequest("next: at least 1, got " + next);
    }
    if ((fault == Kind.ERROR || fault == Kind.FAILED_STATUS) && code == null) {
      throw new BadRequest("code: the fault '" + fault.word() + "' needs an error code");
    }
    if (on != null && !TARGETS.contains(on)) {
      throw new BadRequest("on: one of " + TARGETS + ", got '" + on + "'");
    }
  }

  /** What goes wrong. */
  public enum Kind {
    /** Nothing is accepted, nothing is answered. */
    TIMEOUT,
    /** Accepted, and nothing is answered. */
    TIMEOUT_AFTER_ACCEPT,
    /** Nothing is accepted, the connection is closed. */
    DROP,
    /** Accepted, then the connection is closed. */
    DROP_AFTER_ACCEPT,
    /** Graph's own 500. */
    HTTP_500,
    /** Graph's own 503. */
    HTTP_503,
    /** A proxy's page before Graph. */
    HTTP_502_HTML,
    /** Accepted, answered with 200 and something that is not JSON. */
    GARBAGE_AFTER_ACCEPT,
    /** A Graph error of the given code. */
    ERROR,
    /** Accepted, then a failed status of the given code. */
    FAILED_STATUS,
    /** Only slow. */
    SLOW;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    static Kind of(String word) {
      return Arrays.stream(values())
          .filter(kind -> kind.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new BadRequest(
                      "fault: one of "
                          + Arrays.stream(values()).map(Kind::word).collect(Collectors.toList())
                          + ", got '"
                          + word
                          + "'"));
    }

    /** Whether the message is taken although the caller does not learn it. */
    public boolean accepts() {
      return switch (this) {
        case TIMEOUT_AFTER_ACCEPT, DROP_AFTER_ACCEPT, GARBAGE_AFTER_ACCEPT, FAILED_STATUS, SLOW ->
            true;
        case TIMEOUT, DROP, HTTP_500, HTTP_503, HTTP_502_HTML, ERROR -> false;
      };
    }
  }

  boolean concerns(String call) {
    String target = Optional.ofNullable(on).orElse("send");
    return target.equals("any") || target.equals(call);
  }

  /** How long the call hangs. */
  public Duration delay() {
    if (delayMs != null) {
      return Duration.ofMillis(delayMs);
    }
    return fault == Kind.TIMEOUT || fault == Kind.TIMEOUT_AFTER_ACCEPT
        ? Duration.ofSeconds(60)
        : Duration.ZERO;
  }

  /** The code to answer with: 1, "unknown", unless one was asked for. */
  public int errorCode() {
    return Optional.ofNullable(code).orElse(1);
  }

  Fault oneLess() {
    return new Fault(next - 1, fault, code, subcode, delayMs, on);
  }
}
