package dev.hilo.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** A channel whose customers send files. */
public interface MediaChannel extends Channel {

  /**
   * Fetches a file once. Streams: memory does not grow with the file. Never throws for a provider's
   * no or silence.
   *
   * @param to where the bytes go; some may have been written when the result is no success
   */
  Fetched fetch(Request request, OutputStream to);

  /**
   * What is wanted.
   *
   * @param media as the channel gave it in an event
   * @param maxBytes more than this is not wanted
   * @param raw the delivery that the file came in, for channels that deliver the bytes themselves
   */
  record Request(AccountId account, Content.Media media, long maxBytes, Optional<Raw> raw) {}

  /** Opens the raw delivery again. */
  interface Raw {
    /**
     * The raw bytes, to be closed by the caller.
     *
     * @throws IOException if they cannot be read
     */
    InputStream open() throws IOException;
  }

  /** What came of fetching a file. */
  sealed interface Fetched {
    /** All of it was written. */
    record Complete(Optional<String> mimeType, Optional<String> fileName) implements Fetched {}

    /** The provider does not have it any more, or never had. */
    record Gone(String detail) implements Fetched {}

    /** It is larger than wanted. */
    record TooLarge(String detail) implements Fetched {}

    /** Not now. */
    record RetryLater(String detail, Duration after) implements Fetched {}

    /** The account's access has expired or was withdrawn. */
    record Denied(String detail) implements Fetched {}
  }
}
