package dev.hilo.email;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One part's content, decoded, read as it is asked for.
 *
 * @param content closes the mail it is read from
 */
record PartStream(InputStream content, String mimeType, Optional<String> fileName)
    implements AutoCloseable {

  @Override
  public void close() throws IOException {
    content.close();
  }

  @Override
  public String toString() {
    return "PartStream[" + mimeType + "]";
  }
}
