package dev.hilo.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Whether a child is ready to be used. */
@FunctionalInterface
interface Health {
  /** Asks once, for at most some seconds. */
  boolean isUp() throws InterruptedException;

  /** Up when a GET answers 200. */
  static Health ofHttp(URI address) {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(3)).build();
    return () -> {
      try {
        return Http.CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
      } catch (IOException e) {
        return false;
      }
    };
  }

  /** One client for all; never through a proxy, as everything is on this machine. */
  final class Http {
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private Http() {}
  }
}
