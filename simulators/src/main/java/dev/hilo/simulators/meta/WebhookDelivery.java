package dev.hilo.simulators.meta;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hilo.simulators.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One POST to the webhook, with all its attempts. The bytes never change.
 *
 * @param id from 1, in the order in which they were made
 * @param kind what it tells: "message", "status", "mixed" or "raw"
 * @param payload the raw body
 * @param signature the header's value; absent: sent without it
 * @param retry whether it is sent again until it is acknowledged
 * @param messages the ids of the customers' messages in it
 */
public record WebhookDelivery(
    long id,
    String kind,
    byte[] payload,
    Optional<String> signature,
    boolean retry,
    @JsonAlias("wamids") List<String> messages,
    State state,
    List<Attempt> attempts) {

  /** How far it has come. */
  public enum State {
    PENDING,
    ACKNOWLEDGED,
    GIVEN_UP
  }

  /**
   * One attempt.
   *
   * @param http the answer's status; 0: there was no answer
   * @param latencyMs until the answer or the failure
   * @param problem why there was no answer, or the start of what was answered instead of 200
   */
  public record Attempt(Instant at, int http, long latencyMs, Optional<String> problem) {}

  WebhookDelivery in(State next) {
    return new WebhookDelivery(id, kind, payload, signature, retry, messages, next, attempts);
  }

  WebhookDelivery after(Attempt attempt, State next) {
    List<Attempt> all = new ArrayList<>(attempts);
    all.add(attempt);
    return new WebhookDelivery(
        id, kind, payload, signature, retry, messages, next, List.copyOf(all));
  }

  /**
   * A delivery for people to read.
   *
   * @param body as JSON, or as text if it is none
   */
  public record View(
      long id,
      String kind,
      State state,
      boolean retry,
      Optional<String> signature,
      List<Attempt> attempts,
      JsonNode body) {}

  /** For people to read. */
  public View view() {
    return new View(id, kind, state, retry, signature, attempts, body());
  }

  private JsonNode body() {
    try {
      return Json.MAPPER.readTree(payload);
    } catch (IOException e) {
      return TextNode.valueOf(new String(payload, StandardCharsets.UTF_8));
    }
  }
}
