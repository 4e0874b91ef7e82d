package dev.hilo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Tasklist and Operate, as their users see them.
 *
 * <p>Source: Tasklist REST API V1 {@code POST /v1/tasks/search}; Operate API V1 {@code GET
 * /v1/process-instances/{key}}, both 8.6.
 */
final class WebApps {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

  private final LocalHttp http;
  private final URI webApps;
  private final ObjectNode newestTasks = LocalHttp.JSON.createObjectNode();

  WebApps(LocalHttp http, URI webApps) {
    this.http = http;
    this.webApps = webApps;
    newestTasks.put("state", "CREATED").put("pageSize", 10);
    newestTasks.putArray("sort").addObject().put("field", "creationTime").put("order", "DESC");
  }

  /** As the demo's agent. */
  void logIn() {
    URI login = webApps.resolve("/api/login?username=demo&password=demo");
    try {
      int status =
          http.send(HttpRequest.newBuilder(login).POST(BodyPublishers.noBody())).statusCode();
      if (status / 100 != 2) {
        throw new BenchException("Tasklist at %s refused demo/demo: %d".formatted(webApps, status));
      }
    } catch (IOException e) {
      throw new BenchException("Tasklist at %s does not answer (%s).".formatted(webApps, e), e);
    }
  }

  /**
   * When the engine made the customer's task; empty while Tasklist does not show it among the
   * newest ones. Found by the line that tells tasks apart, which begins with the customer's name.
   */
  Optional<Instant> taskOf(Customer customer) {
    for (JsonNode task : http.post(webApps.resolve("/v1/tasks/search"), newestTasks)) {
      if (task.path("context").asText().contains(customer.name())) {
        return Optional.of(
            OffsetDateTime.parse(task.path("creationDate").asText(), TIME).toInstant());
      }
    }
    return Optional.empty();
  }

  /** The state of an instance in Operate; empty while Operate does not know it. */
  Optional<String> stateOf(long processInstance) {
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(webApps.resolve("/v1/process-instances/" + processInstance)));
      return answer.statusCode() == 200
          ? Optional.of(LocalHttp.json(answer.body()).path("state").asText())
          : Optional.empty();
    } catch (IOException e) {
      throw new BenchException("Operate at %s does not answer (%s).".formatted(webApps, e), e);
    }
  }
}
