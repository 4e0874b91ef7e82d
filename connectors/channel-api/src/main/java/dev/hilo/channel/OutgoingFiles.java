package dev.hilo.channel;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where a channel gets the bytes of the files that it sends. */
public interface OutgoingFiles {

  /** Nothing to send: every file is missing. */
  OutgoingFiles NONE =
      new OutgoingFiles() {
        @Override
        public InputStream open(String id) throws IOException {
          throw new IOException("there are no files here");
        }

        @Override
        public Optional<URI> link(String id, Duration validFor) {
          return Optional.empty();
        }
      };

  /**
   * The bytes of a file, to be closed by the caller.
   *
   * @param id {@link OutboundContent.File#id}
   * @throws IOException if it cannot be read
   */
  InputStream open(String id) throws IOException;

  /**
   * A signed address at which a provider can fetch the file without further rights.
   *
   * @return empty when Hilo cannot be reached from outside
   */
  Optional<URI> link(String id, Duration validFor);
}
