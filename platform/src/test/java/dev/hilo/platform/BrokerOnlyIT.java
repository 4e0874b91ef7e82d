package dev.hilo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.CamundaClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The broker alone, with a clock that a test moves. */
@Timeout(120)
final class BrokerOnlyIT {
  @RegisterExtension static final PlatformExtension PLATFORM = PlatformExtension.brokerWithClock();

  @Test
  void shouldMoveTimeWithoutStoreAndWebAppsWhenAskedTo(Platform platform)
      throws IOException, InterruptedException {
    // given
    HttpRequest twoHours =
        HttpRequest.newBuilder(platform.management().resolve("/actuator/clock/add"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"offsetMilli\": 7200000}"))
            .build();

    // when
    try (HttpClient http = HttpClient.newHttpClient();
        CamundaClient client =
            CamundaClient.newClientBuilder()
                .grpcAddress(platform.grpc())
                .restAddress(platform.rest())
                .preferRestOverGrpc(false)
                .build()) {
      HttpResponse<String> answer = http.send(twoHours, BodyHandlers.ofString());

      // then
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(client.newTopologyRequest().send().join().getBrokers()).hasSize(1);
    }
    assertThat(platform.ports().taken(Set.of(Port.STORE, Port.WEBAPPS))).isEmpty();
  }
}
