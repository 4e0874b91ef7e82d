package dev.hilo.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The simulators with a fake Hilo, hurried: everything that waits waits for milliseconds. */
public final class World implements AutoCloseable {

  public static final String ANA = "+573005550101";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  public final FakeHilo hilo;
  public final Simulators simulators;
  private final HttpClient client = HttpClient.newHttpClient();

  /** An answer with a JSON body. */
  public record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {
    public int code() {
      return body.at("/error/code").asInt();
    }
  }

  private World(FakeHilo hilo, Simulators simulators) {
    this.hilo = hilo;
    this.simulators = simulators;
  }

  public static World start() throws IOException, InterruptedException {
    return start(Optional.empty());
  }

  /** With a folder that is kept over restarts. */
  public static World start(Optional<Path> data) throws IOException, InterruptedException {
    FakeHilo hilo = FakeHilo.start();
    World world = new World(hilo, Simulators.start(settings(hilo.address(), data)));
    world.hurry();
    return world;
  }

  public static SimulatorSettings settings(URI hilo, Optional<Path> data) {
    URI apps = URI.create("http://localhost:8080");
    return new SimulatorSettings(0, hilo, hilo, apps, apps, data);
  }

  private void hurry() throws IOException, InterruptedException {
    put(
        "/control/settings",
        """
        {"statuses":{"delay":"PT0.01S"},
         "webhooks":{"firstRetry":"PT0.01S","maxRetry":"PT0.04S","gatherFor":"PT1S"}}
        """);
    for (String provider : List.of("messenger", "instagram")) {
      put(
          "/control/" + provider + "/settings",
          """
          {"events":{"delay":"PT0.01S"},
           "webhooks":{"firstRetry":"PT0.01S","maxRetry":"PT0.04S","gatherFor":"PT1S"}}
          """);
    }
  }

  public Answer get(String path) throws IOException, InterruptedException {
    return call("GET", path, Optional.empty());
  }

  public Answer post(String path, String json) throws IOException, InterruptedException {
    return call("POST", path, Optional.of(json));
  }

  public Answer put(String path, String json) throws IOException, InterruptedException {
    return call("PUT", path, Optional.of(json));
  }

  public Answer delete(String path) throws IOException, InterruptedException {
    return call("DELETE", path, Optional.empty());
  }

  private Answer call(String method, String path, Optional<String> json)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(simulators.address().resolve(path))
            .method(
                method,
                json.map(HttpRequest.BodyPublishers::ofString)
                    .orElse(HttpRequest.BodyPublishers.noBody()));
    return answer(request.build());
  }

  /** Asks until the number at a place of the answer is this one; fails after half a minute. */
  public void until(String what, String path, String pointer, int number)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (get(path).body().at(pointer).asInt() != number) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError("it never came to this: " + what);
      }
    }
  }

  /** Any call of our own making. */
  public Answer answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> raw = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(raw.statusCode(), Json.MAPPER.readTree(raw.body()), raw);
  }

  /** Ana has WhatsApp, and wrote a moment ago. */
  public void anaWrote() throws IOException, InterruptedException {
    post("/control/users", "{\"number\":\"" + ANA + "\",\"name\":\"Ana\"}");
    post("/control/inbound", "{\"from\":\"" + ANA + "\",\"text\":\"Hola\"}");
    hilo.take(1);
  }

  /** Calls the send API as the demo's business. */
  public Answer send(String json) throws IOException, InterruptedException {
    return sendAs("demo-access-token", "1000000001", json);
  }

  public Answer sendAs(String token, String number, String json)
      throws IOException, InterruptedException {
    return answer(sendRequest(token, number, json));
  }

  /** For calls that are expected to break. */
  public HttpRequest sendRequest(String token, String number, String json) {
    return HttpRequest.newBuilder(
            simulators.address().resolve("/graph/v25.0/" + number + "/messages"))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + token)
        .timeout(PATIENCE)
        .POST(HttpRequest.BodyPublishers.ofString(json))
        .build();
  }

  public HttpClient client() {
    return client;
  }

  /** A text to Ana. */
  public static String text(String body, String opaque) {
    return textTo(ANA, body, opaque);
  }

  public static String textTo(String to, String body, String opaque) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("messaging_product", "whatsapp").put("recipient_type", "individual");
    json.put("to", to).put("type", "text");
    json.putObject("text").put("body", body).put("preview_url", false);
    json.put("biz_opaque_callback_data", opaque);
    return json.toString();
  }

  @Override
  public void close() {
    simulators.close();
    hilo.close();
  }
}
