package dev.hilo.inbox.media;

import dev.hilo.channel.MediaChannel;
import dev.hilo.channel.MediaChannel.Fetched;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** Brings the bytes of a file. */
@FunctionalInterface
public interface FileSource {

  /**
   * Writes the bytes.
   *
   * @param to not to be closed; throws when more comes than is allowed
   * @throws IOException if the bytes break off; the file is tried again later
   */
  Arrival writeTo(OutputStream to) throws IOException;

  /** A file that a channel fetches from its provider. */
  static FileSource of(MediaChannel channel, MediaChannel.Request request) {
    return to ->
        switch (channel.fetch(request, to)) {
          case Fetched.Complete complete ->
              new Arrival.Complete(complete.mimeType(), complete.fileName());
          case Fetched.Gone gone -> new Arrival.Gone(gone.detail());
          case Fetched.TooLarge large -> new Arrival.TooLarge(large.detail());
          case Fetched.RetryLater later ->
              new Arrival.Later(later.detail(), Optional.of(later.after()));
          // Somebody will give the account access again.
          case Fetched.Denied denied -> new Arrival.Later(denied.detail(), Optional.empty());
        };
  }

  /** How the bytes came. */
  sealed interface Arrival {
    /**
     * All of them.
     *
     * @param type what the provider says it is
     * @param name what the provider calls it
     */
    record Complete(Optional<String> type, Optional<String> name) implements Arrival {}

    /** There are none any more, or never were. */
    record Gone(String detail) implements Arrival {}

    /** There are more than allowed. */
    record TooLarge(String detail) implements Arrival {}

    /**
     * Not now.
     *
     * @param after shortest wait, where the provider says
     */
    record Later(String detail, Optional<Duration> after) implements Arrival {}
  }
}
