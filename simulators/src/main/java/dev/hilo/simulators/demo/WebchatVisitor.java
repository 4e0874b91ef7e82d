package dev.hilo.simulators.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.demo.DemoScript.Page;
import dev.hilo.simulators.demo.DemoScript.Story;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.time.Changes;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A visitor of the shop page: speaks to Hilo's visitor interface as the widget does. Resends what
 * was not taken with the same client id, and goes on listening where the stream broke.
 */
final class WebchatVisitor implements Correspondent {

  private static final Logger LOG = System.getLogger(WebchatVisitor.class.getName());
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final HttpClient client;
  private final URI api;
  private final String shop;
  private final Story story;
  private final Changes changes;
  private final String token;
  private final Set<String> answers = ConcurrentHashMap.newKeySet();
  private final Thread listener;
  private volatile String position = "";

  /** Hilo said no for good. */
  static final class Refused extends RuntimeException {
    Refused(String message) {
      super(message);
    }
  }

  /**
   * Opens a session, waiting for Hilo if need be.
   *
   * @param hilo Hilo's address
   * @param widget the widget's id
   * @param shop the address of the page with the widget: our origin
   */
  WebchatVisitor(
      HttpClient client, URI hilo, String widget, String shop, Story story, Changes changes)
      throws InterruptedException {
    this.client = client;
    this.api = hilo.resolve("/visitors/webchat/" + widget + "/");
    this.shop = shop;
    this.story = story;
    this.changes = changes;
    ObjectNode session = Json.MAPPER.createObjectNode().put("language", story.language());
    story
        .page()
        .ifPresent(
            page ->
                session
                    .putObject("page")
                    .put("url", shop + page.path())
                    .put("title", page.title())
                    .put("referrer", ""));
    this.token =
        Optional.ofNullable(post("session", session, Optional.empty()).path("token").textValue())
            .orElseThrow(() -> new Refused("the session has no token"));
    this.listener = Thread.ofVirtual().name("visitor-" + story.id()).start(this::listen);
  }

  @Override
  public void write(String text) throws InterruptedException {
    ObjectNode message =
        Json.MAPPER
            .createObjectNode()
            .put("kind", "message")
            .put("clientId", UUID.randomUUID().toString())
            .put("text", text)
            .put("sentAt", Instant.now().toString())
            .put("language", story.language());
    ObjectNode profile = message.putObject("profile").put("name", story.name());
    if (story.leavesNumber()) {
      story.number().ifPresent(number -> profile.put("phone", number));
    }
    story.email().ifPresent(email -> profile.put("email", email));
    story.page().ifPresent(page -> describe(message, page));
    post("messages", message, Optional.of(token));
  }

  private void describe(ObjectNode message, Page page) {
    message.putObject("page").put("url", shop + page.path()).put("title", page.title());
  }

  @Override
  public int answers() {
    return answers.size();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.resolve(path)).header("Origin", shop);
  }

  private JsonNode post(String path, JsonNode body, Optional<String> bearer)
      throws InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
    bearer.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    Duration pause = FIRST_PAUSE;
    while (true) {
      Optional<JsonNode> answer = attempt(request.build());
      if (answer.isPresent()) {
        return answer.get();
      }
      Thread.sleep(pause);
      pause = longer(pause);
    }
  }

  /** Empty: try again later. */
  private Optional<JsonNode> attempt(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> answer =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      int status = answer.statusCode();
      if (status == 200) {
        return Optional.of(Json.MAPPER.readTree(answer.body()));
      }
      if (status != 429 && status < 500) {
        throw new Refused("HTTP " + status + " from " + request.uri() + ": " + answer.body());
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "visitor {0} tries again: {1}", story.id(), e.getMessage());
    }
    return Optional.empty();
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private void listen() {
    Duration pause = FIRST_PAUSE;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        String after = position.isEmpty() ? "" : "?after=" + position;
        HttpRequest request =
            request("events" + after)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token)
                .GET()
                .build();
        HttpResponse<Stream<String>> stream =
            client.send(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = stream.body()) {
          if (stream.statusCode() == 200) {
            pause = FIRST_PAUSE;
            EventLines events = new EventLines(this::take);
            lines.forEach(events::line);
          }
        }
        Thread.sleep(pause);
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.DEBUG, "visitor {0} listens again: {1}", story.id(), e.getMessage());
        if (!slept(pause)) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
      pause = longer(pause);
    }
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void take(EventLines.Event event) {
    if (!event.id().isEmpty()) {
      position = event.id();
    }
    if (!event.name().equals("message")) {
      return;
    }
    try {
      JsonNode message = Json.MAPPER.readTree(event.data());
      String id = message.path("id").asText();
      // On connecting, some of what was seen comes again.
      if (message.path("from").asText().equals("agent") && answers.add(id)) {
        changes.signal();
        Thread.ofVirtual().start(() -> confirm(id));
      }
    } catch (JsonProcessingException e) {
      LOG.log(Level.WARNING, "visitor {0} got an event that is no JSON", story.id());
    }
  }

  private void confirm(String id) {
    ObjectNode receipt = Json.MAPPER.createObjectNode().put("kind", "receipt").put("state", "read");
    receipt.putArray("messages").add(id);
    try {
      post("messages", receipt, Optional.of(token));
    } catch (Refused e) {
      LOG.log(Level.WARNING, "visitor {0}: the receipt was refused: {1}", story.id(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    listener.interrupt();
  }
}
