package dev.hilo.simulators.meta;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A file that a business sends by its address.
 *
 * @param name the last part of its path
 * @param contentType without parameters
 */
public record WebFile(String name, String contentType, byte[] content) {

  /**
   * Gets a file.
   *
   * @param most bytes are read, and one more, so that a larger file is noticed
   * @return empty when there is no such file, or it does not come in time
   */
  public static Optional<WebFile> fetch(HttpClient client, String url, int most, Duration timeout)
      throws InterruptedException {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (!String.valueOf(uri.getScheme()).startsWith("http") || uri.getHost() == null) {
      return Optional.empty();
    }
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).GET().build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          return Optional.empty();
        }
        byte[] content = body.readNBytes(most + 1);
        String type =
            answer.headers().firstValue("Content-Type").orElse("application/octet-stream");
        return Optional.of(new WebFile(fileName(uri), type.split(";", 2)[0].strip(), content));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String fileName(URI uri) {
    String path = Optional.ofNullable(uri.getPath()).orElse("");
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.isEmpty() ? "file" : last;
  }
}
