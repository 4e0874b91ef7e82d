package dev.hilo.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hilo.simulators.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A tiny Hilo: takes webhooks and visitors, and answers as it was told. */
public final class FakeHilo implements AutoCloseable {

  private final HttpServer server;
  private final BlockingQueue<Webhook> webhooks = new LinkedBlockingQueue<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<VisitorCall> visitorCalls = new LinkedBlockingQueue<>();
  private final Map<String, BlockingQueue<String>> events = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** A POST to the webhook. */
  public record Webhook(byte[] body, String signature, int answered) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A POST of a visitor. */
  public record VisitorCall(String path, String origin, String authorization, JsonNode body) {}

  private FakeHilo(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/webhooks/whatsapp", this::webhook);
    server.createContext("/webhooks/messenger", this::webhook);
    server.createContext("/webhooks/instagram", this::webhook);
    server.createContext("/visitors/webchat/shop/", this::visitor);
    server.start();
  }

  /** On any free port. */
  public static FakeHilo start() throws IOException {
    return new FakeHilo(0);
  }

  /** On the port of one that was closed. */
  public static FakeHilo startAt(URI address) throws IOException {
    return new FakeHilo(address.getPort());
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next webhooks get these statuses; after them it is 200 again. */
  public void answer(Integer... statuses) {
    answers.addAll(List.of(statuses));
  }

  /** The next webhooks, as many as asked for; fails when they do not come. */
  public List<Webhook> take(int count) throws InterruptedException {
    List<Webhook> all = new ArrayList<>();
    while (all.size() < count) {
      Webhook one = webhooks.poll(30, TimeUnit.SECONDS);
      if (one == null) {
        throw new AssertionError("expected " + count + " webhooks, got " + all.size());
      }
      all.add(one);
    }
    return all;
  }

  /** Whether a webhook is there that nobody took. */
  public boolean hasMore() {
    return !webhooks.isEmpty();
  }

  /** The next POST of a visitor. */
  public VisitorCall takeVisitorCall() throws InterruptedException {
    VisitorCall call = visitorCalls.poll(30, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("expected a visitor's call, got none");
    }
    return call;
  }

  /** Sends an agent's answer to the visitor whose session had that language. */
  public void answerVisitor(String token, String id, String text) {
    events
        .computeIfAbsent(token, any -> new LinkedBlockingQueue<>())
        .add(
            "id: "
                + id
                + "\nevent: message\ndata: {\"id\":\""
                + id
                + "\",\"from\":\"agent\",\"text\":\""
                + text
                + "\"}\n\n");
  }

  private void webhook(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestMethod().equals("GET")) {
        String query = exchange.getRequestURI().getQuery();
        boolean good = query.contains("hub.verify_token=demo-verify-token");
        String challenge = query.replaceAll(".*hub\\.challenge=([^&]*).*", "$1");
        respond(exchange, good ? 200 : 403, good ? challenge : "{\"error\":\"wrong token\"}");
        return;
      }
      int status = Optional.ofNullable(answers.poll()).orElse(200);
      String signature =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Hub-Signature-256"))
              .orElse("");
      webhooks.add(new Webhook(body, signature, status));
      respond(exchange, status, status == 200 ? "" : "{\"error\":\"told to fail\"}");
    }
  }

  private void visitor(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath().replaceAll(".*/", "");
      String bearer =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
      if (path.equals("events")) {
        stream(exchange, bearer.replace("Bearer ", ""));
        return;
      }
      JsonNode json = Json.MAPPER.readTree(body);
      String origin = exchange.getRequestHeaders().getFirst("Origin");
      visitorCalls.add(new VisitorCall(path, origin, bearer, json));
      int status = Optional.ofNullable(answers.poll()).orElse(200);
      String token = "token-" + json.path("language").asText();
      respond(
          exchange,
          status,
          path.equals("session") ? "{\"token\":\"" + token + "\"}" : "{\"messages\":[]}");
    }
  }

  private void stream(HttpExchange exchange, String token) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    BlockingQueue<String> own = events.computeIfAbsent(token, any -> new LinkedBlockingQueue<>());
    try {
      while (closed.getCount() > 0) {
        String event = own.poll(100, TimeUnit.MILLISECONDS);
        exchange
            .getResponseBody()
            .write((event == null ? ": ping\n\n" : event).getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
