package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The derived id of an event: the same delivery, however often and in whatever batch it arrives,
 * gives the same id. It is the document id in the store and the message id in the engine.
 *
 * @param value 40 lower-case hexadecimal digits
 */
public record EventId(@JsonValue String value) {

  private static final int LENGTH = 40;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public EventId {
    Objects.requireNonNull(value, "EventId");
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException(
          "EventId must have " + LENGTH + " characters, got " + value.length());
    }
  }

  /**
   * Derives an id from what makes the event itself.
   *
   * @param kind what happened: {@code message}, {@code status}, {@code reaction}, ...
   * @param parts what the provider identifies it by; for an event without an id of its own every
   *     field that tells it from another (message id, status, recipient)
   */
  public static EventId derive(
      ChannelType channel, AccountId account, String kind, String... parts) {
    MessageDigest digest = sha256();
    update(digest, channel.value());
    update(digest, account.value());
    update(digest, kind);
    for (String part : parts) {
      update(digest, part);
    }
    return new EventId(HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH));
  }

  /** Each part is preceded by its length, so that ("ab", "c") and ("a", "bc") differ. */
  private static void update(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
    digest.update((byte) ':');
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
