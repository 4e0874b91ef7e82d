package dev.hilo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One kept-alive HTTP client for everything, with the cookies of who logged in. */
final class LocalHttp implements AutoCloseable {

  static final JsonMapper JSON = new JsonMapper();
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .cookieHandler(new CookieManager())
          .build();

  /** Whatever the answer is. */
  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.timeout(ANSWER).build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("stopped", e);
    }
  }

  /** The answer to a GET, which must be a good one. */
  String get(URI uri) {
    return good(HttpRequest.newBuilder(uri));
  }

  /** The JSON answer to a JSON body, which must be a good one. */
  JsonNode post(URI uri, JsonNode body) {
    return json(
        good(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))));
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new BenchException("expected JSON, got: " + text.lines().findFirst().orElse(""), e);
    }
  }

  private String good(HttpRequest.Builder request) {
    URI uri = request.copy().build().uri();
    try {
      HttpResponse<String> answer = send(request);
      if (answer.statusCode() / 100 == 2) {
        return answer.body();
      }
      throw new BenchException(
          "%s answered %d %s".formatted(uri, answer.statusCode(), answer.body().strip()));
    } catch (IOException e) {
      throw new BenchException(
          "%s does not answer (%s); './run --bench' starts everything that is needed."
              .formatted(uri, e),
          e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
