package dev.hilo.inbox.media;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the bytes of files lie. Bytes only: names, types and rights are the attachment's.
 *
 * <p>All methods throw {@link BlobsUnavailableException} when the blob store does not answer.
 */
public interface Blobs {

  /** Begins to write a blob; a blob of this key that is there already stays until the commit. */
  BlobWriter begin(BlobKey key);

  /**
   * Writes a blob out of a stream, which is not closed.
   *
   * @param maxBytes most bytes; of a longer stream nothing is kept
   * @throws IOException if the stream breaks off; nothing is kept then
   */
  default Put put(BlobKey key, InputStream from, long maxBytes) throws IOException {
    try (BlobWriter writer = begin(key)) {
      Meter meter = new Meter(writer, maxBytes);
      try {
        from.transferTo(meter);
      } catch (Meter.FullException e) {
        return new Put.TooLarge(maxBytes);
      }
      writer.commit();
      return new Put.Stored(meter.size(), meter.sha256());
    }
  }

  /** The bytes, to be closed by the caller; empty if there is no such blob. */
  Optional<InputStream> open(BlobKey key);

  /**
   * A part of the bytes, to be closed by the caller; empty if there is no such blob.
   *
   * @param range within the blob
   */
  Optional<InputStream> open(BlobKey key, ByteRange range);

  /** Whether there is such a blob. */
  boolean exists(BlobKey key);

  /** Removes a blob; one that is not there is as good as removed. */
  void delete(BlobKey key);

  /**
   * Removes what crashed writers left.
   *
   * @param before only what was begun or touched before this; a writer may be at work on the rest
   * @return how many were removed
   */
  int sweep(Instant before);

  /** What came of writing a blob. */
  sealed interface Put {
    /**
     * All of it is kept.
     *
     * @param size bytes
     * @param sha256 64 lower-case hexadecimal digits
     */
    record Stored(long size, String sha256) implements Put {}

    /** It was longer than allowed; nothing is kept. */
    record TooLarge(long maxBytes) implements Put {}
  }
}
