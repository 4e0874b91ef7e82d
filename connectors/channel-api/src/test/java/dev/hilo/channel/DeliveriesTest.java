package dev.hilo.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ProviderHttp.Call;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests and answers: headers without regard to case, nothing printed. */
class DeliveriesTest {

  private static final byte[] BODY = "secret words".getBytes(StandardCharsets.UTF_8);

  @Test
  void shouldFindHeadersInAnyCase() {
    RawDelivery delivery =
        RawDelivery.of(BODY, Map.of("X-Hub-Signature-256", "sha256=00"), Instant.EPOCH);
    assertThat(delivery.header("x-hub-signature-256")).contains("sha256=00");
    assertThat(delivery.header("other")).isEmpty();
    Answered answered = new Answered(429, Map.of("retry-after", "3"), BODY);
    assertThat(answered.header("Retry-After")).contains("3");
  }

  @Test
  void shouldPrintNeitherBodyNorHeaders() {
    RawDelivery delivery =
        RawDelivery.of(BODY, Map.of("Authorization", "Bearer 123"), Instant.EPOCH);
    assertThat(delivery).hasToString("RawDelivery[account=Optional.empty, bytes=12]");
    Call call =
        new Call(
            "POST",
            URI.create("https://graph.example/v25.0/1/messages?access_token=123"),
            Map.of("Authorization", "Bearer 123"),
            BODY);
    assertThat(call).hasToString("POST https://graph.example");
    assertThat(new Answered(200, Map.of("a", "123"), BODY))
        .hasToString("Answered[status=200, bytes=12]");
  }
}
