package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.World;
import dev.hilo.simulators.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Messenger or Instagram in a test's world, with one customer: Ana. */
record Channel(World world, String provider, String account, String token, String ana) {

  /** Ana has Messenger, and wrote a moment ago. */
  static Channel messenger(World world) throws IOException, InterruptedException {
    return start(world, "messenger", "104500000000001", "demo-page-access-token");
  }

  /** Ana has Instagram, and wrote a moment ago. */
  static Channel instagram(World world) throws IOException, InterruptedException {
    return start(world, "instagram", "17841400000000001", "demo-instagram-access-token");
  }

  static Channel of(World world, String provider) throws IOException, InterruptedException {
    return provider.equals("messenger") ? messenger(world) : instagram(world);
  }

  private static Channel start(World world, String provider, String account, String token)
      throws IOException, InterruptedException {
    String ana =
        world
            .post("/control/" + provider + "/users", "{\"name\":\"Ana Ruiz\",\"username\":\"ana\"}")
            .body()
            .path("id")
            .asText();
    Channel channel = new Channel(world, provider, account, token, ana);
    channel.write("Hola");
    world.hilo.take(1);
    return channel;
  }

  World.Answer control(String path, String json) throws IOException, InterruptedException {
    return world.post("/control/" + provider + "/" + path, json);
  }

  World.Answer controlled(String path) throws IOException, InterruptedException {
    return world.get("/control/" + provider + "/" + path);
  }

  void settings(String json) throws IOException, InterruptedException {
    world.put("/control/" + provider + "/settings", json);
  }

  void account(String json) throws IOException, InterruptedException {
    world.put("/control/" + provider + "/accounts/" + account, json);
  }

  void advance(String duration) throws IOException, InterruptedException {
    world.put("/control/clock", "{\"advance\":\"" + duration + "\"}");
  }

  /** Ana writes; the message's id. */
  String write(String text) throws IOException, InterruptedException {
    ObjectNode body = Json.MAPPER.createObjectNode().put("from", ana).put("text", text);
    return control("inbound", body.toString()).body().at("/mids/0").asText();
  }

  /** Ana writes with more than a text; fields of the control call without {@code from}. */
  String inbound(String fields) throws IOException, InterruptedException {
    return control("inbound", "{\"from\":\"" + ana + "\"," + fields + "}")
        .body()
        .at("/mids/0")
        .asText();
  }

  void act(String fields) throws IOException, InterruptedException {
    control("actions", "{\"from\":\"" + ana + "\"," + fields + "}");
  }

  /** A message to Ana. */
  static ObjectNode message(String to, String text) {
    ObjectNode body = Json.MAPPER.createObjectNode().put("messaging_type", "RESPONSE");
    body.putObject("recipient").put("id", to);
    body.putObject("message").put("text", text);
    return body;
  }

  /** A message to Ana that is no text. */
  ObjectNode message(String message) throws IOException {
    ObjectNode body = message(ana, "");
    body.set("message", Json.MAPPER.readTree(message));
    return body;
  }

  World.Answer send(String text) throws IOException, InterruptedException {
    return send(message(ana, text));
  }

  World.Answer send(JsonNode body) throws IOException, InterruptedException {
    return post(account + "/messages", body.toString());
  }

  World.Answer post(String path, String json) throws IOException, InterruptedException {
    return world.answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  World.Answer get(String path) throws IOException, InterruptedException {
    return world.answer(request(path).GET().build());
  }

  World.Answer delete(String path) throws IOException, InterruptedException {
    return world.answer(request(path).DELETE().build());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(world.simulators.address().resolve("/graph/v25.0/" + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token);
  }

  /** What an address of a file answers. */
  int status(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return world.client().send(request, BodyHandlers.ofByteArray()).statusCode();
  }

  /** The next webhook's first event. */
  JsonNode event() throws InterruptedException {
    return world.hilo.take(1).getFirst().json().at("/entry/0/messaging/0");
  }

  /** The next webhook with an event of that kind; others in between are passed over. */
  JsonNode event(String key) throws InterruptedException {
    for (int i = 0; i < 6; i++) {
      JsonNode event = event();
      if (event.has(key)) {
        return event;
      }
    }
    throw new AssertionError("expected an event with " + key);
  }

  /** What Ana received, when it is that many. */
  List<JsonNode> received(int atLeast) throws IOException, InterruptedException {
    JsonNode body = controlled("received?user=" + ana + "&within=PT30S&atLeast=" + atLeast).body();
    return body.at("/0/messages").valueStream().toList();
  }
}
