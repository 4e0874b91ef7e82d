package dev.hilo.simulators.meta;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The platform's calls to the webhook's owner. */
public final class WebhookHttp {

  private static final int QUOTED = 200;

  private final HttpClient client;
  private final URI address;

  /**
   * What came back.
   *
   * @param status 0: there was no answer
   * @param problem why there was no answer, or the start of what was answered instead of 200
   */
  public record Answer(int status, Optional<String> problem) {}

  public WebhookHttp(HttpClient client, URI address) {
    this.client = client;
    this.address = address;
  }

  /** Sends one webhook; never throws for a failure. */
  public Answer post(byte[] body, Optional<String> signature, Duration timeout) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("User-Agent", "facebookexternalua")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    signature.ifPresent(value -> request.header(Signature.HEADER, value));
    return call(request.build());
  }

  /** The verification handshake; the answer must be the challenge itself. */
  public Answer verify(String verifyToken, String challenge, Duration timeout) {
    URI uri =
        URI.create(
            address
                + "?hub.mode=subscribe&hub.challenge="
                + challenge
                + "&hub.verify_token="
                + URLEncoder.encode(verifyToken, StandardCharsets.UTF_8));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).GET().build();
    try {
      HttpResponse<String> response =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      boolean echoed = response.body().equals(challenge);
      return new Answer(
          response.statusCode(),
          response.statusCode() == 200 && echoed
              ? Optional.empty()
              : Optional.of(
                  "expected 200 and the challenge, got '" + quote(response.body()) + "'"));
    } catch (IOException e) {
      return new Answer(0, Optional.of(reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, Optional.of("interrupted"));
    }
  }

  public URI address() {
    return address;
  }

  private Answer call(HttpRequest request) {
    try {
      HttpResponse<String> response =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      int status = response.statusCode();
      return new Answer(
          status, status == 200 ? Optional.empty() : Optional.of(quote(response.body())));
    } catch (IOException e) {
      return new Answer(0, Optional.of(reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, Optional.of("interrupted"));
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : quote(e.getMessage());
  }

  private static String quote(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > QUOTED ? line.substring(0, QUOTED) + "…" : line;
  }
}
