package dev.hilo.inbox.media;

/**
 * A part of a blob.
 *
 * @param first position of its first byte, from 0
 * @param length bytes, at least 1
 */
public record ByteRange(long first, long length) {

  public ByteRange {
    if (first < 0 || length < 1) {
      throw new IllegalArgumentException(
          "a range must begin at 0 or later and have at least one byte, got %d and %d"
              .formatted(first, length));
    }
  }

  /** Position of its last byte. */
  public long last() {
    return first + length - 1;
  }
}
