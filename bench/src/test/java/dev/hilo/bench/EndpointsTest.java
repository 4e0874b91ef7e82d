package dev.hilo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointsTest {

  @Test
  void shouldUseTheDefaultPortsWhenNothingIsSet() {
    assertThat(Endpoints.from(Map.of()))
        .isEqualTo(
            new Endpoints(
                URI.create("http://127.0.0.1:8090"),
                URI.create("http://127.0.0.1:9200"),
                URI.create("http://127.0.0.1:26500"),
                URI.create("http://127.0.0.1:8088"),
                URI.create("http://127.0.0.1:9600"),
                URI.create("http://127.0.0.1:8080")));
  }

  @Test
  void shouldPreferTheAddressWhenPortAndAddressAreSet() {
    // when
    Endpoints endpoints =
        Endpoints.from(
            Map.of(
                "HILO_PORT",
                "18090",
                "HILO_URL",
                "http://localhost:28090",
                "HILO_STORE_PORT",
                "19200"));

    // then
    assertThat(endpoints.hilo()).isEqualTo(URI.create("http://localhost:28090"));
    assertThat(endpoints.store()).isEqualTo(URI.create("http://127.0.0.1:19200"));
  }

  @Test
  void shouldRefuseWhenAnAddressLeavesThisMachine() {
    assertThatThrownBy(() -> Endpoints.from(Map.of("HILO_URL", "http://192.0.2.1:8090")))
        .hasMessage(
            "HILO_URL leads to 'http://192.0.2.1:8090'; the bench loads only this machine: http://127.0.0.1:<port>.");
  }

  @Test
  void shouldNameTheVariableWhenAPortIsNone() {
    assertThatThrownBy(() -> Endpoints.from(Map.of("HILO_PORT", "many")))
        .hasMessageStartingWith("HILO_PORT leads to 'http://127.0.0.1:many'");
  }
}
