package dev.hilo.inbox.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a blob. Made by Hilo alone: nothing that a user or a provider wrote is ever part of
 * it, so it can be part of a path.
 *
 * @param value 40 lower-case hexadecimal digits
 */
public record BlobKey(@JsonValue String value) {

  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{40}");
  private static final SecureRandom RANDOM = new SecureRandom();

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public BlobKey {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("a blob key must be 40 hexadecimal digits");
    }
  }

  /** A key that was never used before: two writers of one file never write one blob. */
  public static BlobKey fresh() {
    byte[] bytes = new byte[20];
    RANDOM.nextBytes(bytes);
    return new BlobKey(HexFormat.of().formatHex(bytes));
  }

  @Override
  public String toString() {
    return value;
  }
}
