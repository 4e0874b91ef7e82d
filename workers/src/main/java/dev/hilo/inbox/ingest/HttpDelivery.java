package dev.hilo.inbox.ingest;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an HTTP request into a delivery, with its limits. */
public final class HttpDelivery {

  private HttpDelivery() {}

  /** What was read, or why not. */
  public sealed interface Read {
    /** A delivery within the limits. */
    record Delivery(RawDelivery raw) implements Read {}

    /** Over a limit, or not JSON by its own word. */
    record Refused(Refusal refusal, String detail) implements Read {}
  }

  /**
   * Reads a request.
   *
   * @param maxBytes largest body
   * @param json whether the content type must be JSON
   * @throws IOException if the caller went away
   */
  public static Read read(
      HttpServletRequest request,
      Optional<AccountId> account,
      int maxBytes,
      boolean json,
      Instant receivedAt)
      throws IOException {
    String type = Optional.ofNullable(request.getContentType()).orElse("none");
    if (json && !type.toLowerCase(java.util.Locale.ROOT).matches("application/json\\s*(;.*)?")) {
      return new Read.Refused(Refusal.WRONG_CONTENT_TYPE, "expected content type application/json");
    }
    if (request.getContentLengthLong() > maxBytes) {
      return tooLarge(maxBytes);
    }
    byte[] body;
    try (InputStream in = request.getInputStream()) {
      body = in.readNBytes(maxBytes + 1);
    }
    if (body.length > maxBytes) {
      return tooLarge(maxBytes);
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, new ArrayList<>(Collections.list(request.getHeaders(name))));
    }
    Map<String, String> query = new LinkedHashMap<>();
    request.getParameterMap().forEach((name, values) -> query.put(name, values[0]));
    return new Read.Delivery(new RawDelivery(account, headers, query, body, receivedAt));
  }

  private static Read tooLarge(int maxBytes) {
    return new Read.Refused(Refusal.TOO_LARGE, "the body must have at most " + maxBytes + " bytes");
  }
}
