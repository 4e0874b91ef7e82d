package dev.hilo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderTest {

  private static final CustomerMessage MESSAGE =
      new CustomerMessage(
          new Customer(1, 1), "wamid.1", "Hola", Instant.parse("2026-11-20T12:00:00Z"));

  private record Delivery(String path, String signature, String body) {}

  private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private HttpServer hilo;
  private LocalHttp http;
  private Provider provider;

  @BeforeEach
  void listen() throws IOException {
    hilo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hilo.createContext(
        "/",
        exchange -> {
          deliveries.add(
              new Delivery(
                  exchange.getRequestURI().getPath(),
                  exchange.getRequestHeaders().getFirst("X-Hub-Signature-256"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          Integer status = answers.poll();
          byte[] body = "{\"error\":\"reason\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status == null ? 500 : status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    hilo.start();
    http = new LocalHttp();
    provider = new Provider(http, URI.create("http://127.0.0.1:" + hilo.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    http.close();
    hilo.stop(0);
  }

  @Test
  void shouldSignTheBytesWhenItDelivers() {
    // given
    answers.add(200);

    // when
    provider.deliver(MESSAGE);

    // then
    String body = new String(MESSAGE.webhook(), StandardCharsets.UTF_8);
    assertThat(deliveries)
        .containsExactly(
            new Delivery(
                "/webhooks/whatsapp",
                "sha256=7a8ac9da12d3fc66c8707f9e0c3232126c318848d332ca7c9017d3735f55aa8e",
                body));
    assertThat(provider.redeliveries()).isZero();
  }

  @Test
  void shouldDeliverTheSameAgainWhenHiloIsUnavailable() {
    // given
    answers.addAll(List.of(503, 503, 200));

    // when
    provider.deliver(MESSAGE);

    // then
    assertThat(deliveries).hasSize(3);
    assertThat(deliveries.stream().distinct()).hasSize(1);
    assertThat(provider.redeliveries()).isEqualTo(2);
  }

  @Test
  void shouldGiveUpWithTheReasonWhenHiloRefuses() {
    // given
    answers.add(401);

    // when, then
    assertThatThrownBy(() -> provider.deliver(MESSAGE))
        .hasMessage("Hilo refused a webhook: 401 {\"error\":\"reason\"}");
    assertThat(deliveries).hasSize(1);
  }
}
