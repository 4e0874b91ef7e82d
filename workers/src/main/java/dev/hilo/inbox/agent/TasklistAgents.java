package dev.hilo.inbox.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Which agent completed a task. The engine does not hand the assignee to the process on 8.6, so
 * Tasklist is asked; it sees a completed task a second or two later. See ADR 0009.
 *
 * <p>Source: Tasklist REST API V1 {@code POST /v1/tasks/search} (8.6, 8.7); Orchestration Cluster
 * API {@code POST /v2/user-tasks/search} (8.8 and later).
 */
@Component
public class TasklistAgents {

  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final AgentSettings settings;
  private final ObjectMapper json;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  TasklistAgents(AgentSettings settings, ObjectMapper json) {
    this.settings = settings;
    this.json = json;
  }

  /**
   * A completed task.
   *
   * @param agent user name; empty if nobody was assigned
   */
  public record CompletedTask(String taskId, String agent) {}

  /**
   * The task that was completed last in a process instance.
   *
   * @return empty if none is visible yet, or Tasklist does not answer
   */
  public Optional<CompletedTask> lastCompleted(long processInstanceKey) {
    try {
      return switch (settings.api()) {
        case V1 -> searchV1(processInstanceKey, true);
        case V2 -> searchV2(processInstanceKey);
      };
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<CompletedTask> searchV1(long processInstanceKey, boolean mayLogIn)
      throws IOException, InterruptedException {
    ObjectNode query = json.createObjectNode();
    query.put("state", "COMPLETED");
    query.put("processInstanceKey", Long.toString(processInstanceKey));
    query.put("pageSize", 1);
    query.putArray("sort").addObject().put("field", "completionTime").put("order", "DESC");
    HttpResponse<String> answer = post("/v1/tasks/search", query.toString(), Optional.empty());
    if (answer.statusCode() == 401 && mayLogIn) {
      logIn();
      return searchV1(processInstanceKey, false);
    }
    if (answer.statusCode() != 200) {
      return Optional.empty();
    }
    JsonNode first = json.readTree(answer.body()).path(0);
    return first.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new CompletedTask(first.path("id").asText(), first.path("assignee").asText("")));
  }

  private Optional<CompletedTask> searchV2(long processInstanceKey)
      throws IOException, InterruptedException {
    ObjectNode query = json.createObjectNode();
    query
        .putObject("filter")
        .put("state", "COMPLETED")
        .put("processInstanceKey", Long.toString(processInstanceKey));
    query.putArray("sort").addObject().put("field", "completionDate").put("order", "DESC");
    query.putObject("page").put("limit", 1);
    String login =
        Base64.getEncoder()
            .encodeToString(
                (settings.username() + ":" + settings.password().reveal())
                    .getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        post("/v2/user-tasks/search", query.toString(), Optional.of("Basic " + login));
    if (answer.statusCode() != 200) {
      return Optional.empty();
    }
    JsonNode first = json.readTree(answer.body()).path("items").path(0);
    return first.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new CompletedTask(
                first.path("userTaskKey").asText(),
                first.path("assignee").isTextual() ? first.path("assignee").asText() : ""));
  }

  private void logIn() throws IOException, InterruptedException {
    String query =
        "username="
            + URLEncoder.encode(settings.username(), StandardCharsets.UTF_8)
            + "&password="
            + URLEncoder.encode(settings.password().reveal(), StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(settings.url().resolve("/api/login"))
            .timeout(ANSWER)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(query))
            .build();
    http.send(request, HttpResponse.BodyHandlers.discarding());
  }

  private HttpResponse<String> post(String path, String body, Optional<String> authorization)
      throws IOException, InterruptedException {
    URI uri = settings.url().resolve(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
