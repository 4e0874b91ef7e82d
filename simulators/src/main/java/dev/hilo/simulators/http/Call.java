package dev.hilo.simulators.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One request, read whole. */
public final class Call {

  private final Map<String, String> path;
  private final Map<String, String> query;
  private final UnaryOperator<Optional<String>> headers;
  private final byte[] body;

  Call(
      Map<String, String> path,
      Map<String, String> query,
      UnaryOperator<Optional<String>> headers,
      byte[] body) {
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  /** The part of the path that a route calls {@code {name}}, decoded. */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  /** A query parameter, decoded; the first of several. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A whole number from the query. */
  public int queryNumber(String name, int fallback) {
    Optional<String> value = query(name);
    try {
      return value.map(Integer::parseInt).orElse(fallback);
    } catch (NumberFormatException e) {
      throw new BadRequest(
          "query parameter " + name + ": expected a whole number, got '" + value.orElse("") + "'");
    }
  }

  /** An ISO-8601 duration from the query. */
  public Duration queryDuration(String name, Duration fallback) {
    Optional<String> value = query(name);
    try {
      return value.map(Duration::parse).orElse(fallback);
    } catch (DateTimeParseException e) {
      throw new BadRequest(
          "query parameter "
              + name
              + ": expected an ISO-8601 duration such as PT5S, got '"
              + value.orElse("")
              + "'");
    }
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.apply(Optional.of(name));
  }

  public byte[] body() {
    return body;
  }

  /** The body as JSON; an empty body is an empty object. */
  public JsonNode json() {
    if (body.length == 0) {
      return Json.MAPPER.createObjectNode();
    }
    try {
      return Json.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new BadRequest("the body is not JSON: " + firstLine(e));
    } catch (IOException e) {
      throw new BadRequest("the body cannot be read");
    }
  }

  /** The body as a record; unknown fields are an error that names them. */
  public <T> T json(Class<T> type) {
    return read(json(), type);
  }

  /** A tree as a record; unknown fields are an error that names them. */
  public static <T> T read(JsonNode tree, Class<T> type) {
    try {
      return Json.MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      // What a record's own check said is clearer than the parser's wrapping of it.
      if (e.getCause() instanceof IllegalArgumentException ownCheck) {
        throw new BadRequest(String.valueOf(ownCheck.getMessage()));
      }
      if (e.getCause() instanceof BadRequest ownCheck) {
        throw ownCheck;
      }
      throw new BadRequest(firstLine(e));
    }
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("unreadable");
  }
}
