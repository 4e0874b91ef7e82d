package dev.hilo.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delivers webhooks as the provider does: signed, and again after a growing pause until they are
 * acknowledged.
 */
final class Provider {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int MOST_DELIVERIES = 30;

  private final LocalHttp http;
  private final URI webhook;
  private final Signature signature = new Signature(CustomerMessage.APP_SECRET);
  private final AtomicInteger redeliveries = new AtomicInteger();

  Provider(LocalHttp http, URI hilo) {
    this.http = http;
    this.webhook = hilo.resolve("/webhooks/whatsapp");
  }

  /** Deliveries so far that came after a first one of the same message. */
  int redeliveries() {
    return redeliveries.get();
  }

  /**
   * Returns when the message is acknowledged.
   *
   * @throws BenchException if it is refused, or not acknowledged however often it is delivered
   */
  void deliver(CustomerMessage message) {
    byte[] body = message.webhook();
    Duration pause = FIRST_PAUSE;
    String answered = "";
    for (int delivery = 1; delivery <= MOST_DELIVERIES; delivery++) {
      if (delivery > 1) {
        redeliveries.incrementAndGet();
        Wait.pause(
            pause
                .dividedBy(2)
                .plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2)));
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
      try {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(webhook)
                    .header("Content-Type", "application/json")
                    .header(Signature.HEADER, signature.of(body))
                    .POST(BodyPublishers.ofByteArray(body)));
        if (answer.statusCode() == 200) {
          return;
        }
        answered = answer.statusCode() + " " + answer.body().strip();
        if (answer.statusCode() / 100 != 5) {
          throw new BenchException("Hilo refused a webhook: " + answered);
        }
      } catch (IOException e) {
        answered = e.toString();
      }
    }
    throw new BenchException(
        "Hilo did not acknowledge message %s in %d deliveries; the last answer was: %s"
            .formatted(message.id(), MOST_DELIVERIES, answered));
  }
}
