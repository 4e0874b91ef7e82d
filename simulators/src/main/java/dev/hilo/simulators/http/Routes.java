package dev.hilo.simulators.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sends each request to the first route whose method and path fit. Filled before it serves. */
public final class Routes implements HttpHandler {

  private static final Logger LOG = System.getLogger(Routes.class.getName());

  /** Larger than the 100 MB that WhatsApp takes for a file, so that more than that can be tried. */
  private static final int MAX_BODY_BYTES = 104 * 1024 * 1024;

  private final List<Route> routes = new ArrayList<>();

  /** Answers one request. */
  @FunctionalInterface
  public interface Handler {
    Reply handle(Call call) throws InterruptedException;
  }

  private record Route(
      String method, List<String> segments, Predicate<Call> concerned, Handler handler) {}

  /**
   * Adds a route.
   *
   * @param path segments between slashes; {@code {name}} stands for any one segment
   */
  public Routes on(String method, String path, Handler handler) {
    return on(method, path, call -> true, handler);
  }

  /**
   * Adds a route that only takes some calls; the others go to the next that fits.
   *
   * @param path segments between slashes; {@code {name}} stands for any one segment
   */
  public Routes on(String method, String path, Predicate<Call> concerned, Handler handler) {
    routes.add(new Route(method, segments(path), concerned, handler));
    return this;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange, replyOrError(exchange));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply replyOrError(HttpExchange exchange) throws IOException, InterruptedException {
    try {
      return reply(exchange);
    } catch (BadRequest e) {
      return Reply.error(e.status(), String.valueOf(e.getMessage()));
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      return Reply.error(413, "the body is larger than " + MAX_BODY_BYTES + " bytes");
    }
    if (isForeignPage(exchange)) {
      return Reply.error(403, "pages of another origin may not use the simulators");
    }
    URI uri = exchange.getRequestURI();
    List<String> asked = segments(uri.getRawPath());
    String method = exchange.getRequestMethod();
    boolean pathKnown = false;
    for (Route route : routes) {
      Optional<Map<String, String>> path = match(route.segments(), asked);
      if (path.isEmpty()) {
        continue;
      }
      pathKnown = true;
      if (route.method().equals(method)) {
        Call call =
            new Call(
                path.get(),
                query(uri.getRawQuery()),
                name -> name.map(exchange.getRequestHeaders()::getFirst),
                body);
        if (route.concerned().test(call)) {
          return run(route, call);
        }
      }
    }
    return pathKnown
        ? Reply.error(405, method + " is not allowed for " + uri.getPath())
        : Reply.error(404, "there is no " + method + " " + uri.getPath());
  }

  private static Reply run(Route route, Call call) throws InterruptedException {
    try {
      return route.handler().handle(call);
    } catch (BadRequest e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "request failed: " + route.method() + " " + route.segments(), e);
      return Reply.error(500, "the simulator failed: " + e);
    }
  }

  /** A browser names the page that calls; only our own pages may. Programs send no Origin. */
  private static boolean isForeignPage(HttpExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    String host = exchange.getRequestHeaders().getFirst("Host");
    return origin != null && !origin.equals("http://" + host);
  }

  private static void answer(HttpExchange exchange, Reply reply)
      throws IOException, InterruptedException {
    switch (reply) {
      case Reply.Content content -> {
        content.headers().forEach(exchange.getResponseHeaders()::set);
        boolean empty = content.body().length == 0;
        exchange.sendResponseHeaders(content.status(), empty ? -1 : content.body().length);
        if (!empty) {
          exchange.getResponseBody().write(content.body());
        }
      }
      case Reply.Dropped dropped -> {
        // Closing an exchange that was not answered closes its connection.
      }
      case Reply.Events events -> {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        try {
          events.source().writeTo(new EventStream(out));
        } catch (Reply.StreamClosed e) {
          LOG.log(Level.DEBUG, "an event stream ended: {0}", e.getMessage());
        }
      }
    }
  }

  private static Optional<Map<String, String>> match(List<String> route, List<String> asked) {
    if (route.size() != asked.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < route.size(); i++) {
      String wanted = route.get(i);
      if (wanted.startsWith("{")) {
        values.put(wanted.substring(1, wanted.length() - 1), decode(asked.get(i), false));
      } else if (!wanted.equals(asked.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  private static List<String> segments(String path) {
    return List.of(path.replaceAll("^/|/$", "").split("/", -1));
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : Optional.ofNullable(raw).orElse("").split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.putIfAbsent(
            decode(pair.substring(0, equals), true), decode(pair.substring(equals + 1), true));
      }
    }
    return values;
  }

  /** In a path a plus sign is a plus sign; in a query it is a space. */
  private static String decode(String raw, boolean inQuery) {
    try {
      return URLDecoder.decode(inQuery ? raw : raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequest("the address is not well encoded: '" + raw + "'");
    }
  }
}
