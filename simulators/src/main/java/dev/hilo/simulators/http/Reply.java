package dev.hilo.simulators.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a route answers with. */
public sealed interface Reply {

  /** An ordinary answer. */
  record Content(int status, Map<String, String> headers, byte[] body) implements Reply {
    public Content {
      headers = Map.copyOf(headers);
    }
  }

  /** The connection is closed without a word. */
  record Dropped() implements Reply {}

  /** Server-sent events until the reader leaves. */
  record Events(Source source) implements Reply {}

  /** Writes events; returns or is interrupted when there are no more. */
  @FunctionalInterface
  interface Source {
    void writeTo(EventStream stream) throws InterruptedException, StreamClosed;
  }

  /** The reader went away. */
  final class StreamClosed extends Exception {
    StreamClosed(Throwable cause) {
      super(cause);
    }
  }

  static Reply json(Object value) {
    return json(200, value);
  }

  static Reply json(int status, Object value) {
    return new Content(
        status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.bytes(value));
  }

  static Reply error(int status, String line) {
    return json(status, Json.MAPPER.createObjectNode().put("error", line));
  }

  static Reply html(String page) {
    return new Content(
        200,
        Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-cache"),
        page.getBytes(StandardCharsets.UTF_8));
  }
}
