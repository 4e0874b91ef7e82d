package dev.hilo.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PortsTest {
  @Test
  void shouldUseDefaultsWhenEnvironmentIsEmpty() {
    // when
    Ports ports = Ports.from(Map.of());

    // then
    assertThat(ports.of(Port.STORE)).isEqualTo(9200);
    assertThat(ports.address(Port.ZEEBE_GRPC)).isEqualTo("127.0.0.1:26500");
    assertThat(ports.http(Port.HILO)).hasToString("http://127.0.0.1:8090");
  }

  @Test
  void shouldTakeNumberWhenVariableIsSet() {
    // when
    Ports ports = Ports.from(Map.of("HILO_WEBAPPS_PORT", " 18080 ", "HILO_PORT", ""));

    // then
    assertThat(ports.of(Port.WEBAPPS)).isEqualTo(18080);
    assertThat(ports.of(Port.HILO)).isEqualTo(8090);
  }

  @Test
  void shouldNameVariableWhenItIsNoPort() {
    assertThatThrownBy(() -> Ports.from(Map.of("HILO_STORE_PORT", "abc")))
        .isInstanceOf(PlatformException.class)
        .hasMessage("HILO_STORE_PORT is 'abc', expected a port number from 1 to 65535.");
    assertThatThrownBy(() -> Ports.from(Map.of("HILO_PORT", "65536")))
        .hasMessage("HILO_PORT is '65536', expected a port number from 1 to 65535.");
  }

  @Test
  void shouldNameBothUsersWhenPortIsAskedForTwice() {
    assertThatThrownBy(() -> Ports.from(Map.of("HILO_PORT", "8095")))
        .isInstanceOf(PlatformException.class)
        .hasMessage(
            "Port 8095 is asked for twice, by Hilo (HILO_PORT) and by the simulators"
                + " (HILO_SIMULATORS_PORT): choose another for one of them.");
  }

  @Test
  void shouldNamePortUserAndVariableWhenPortIsTaken() throws IOException {
    // given
    try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int number = somebody.getLocalPort();
      Ports ports = Ports.free().with(Port.STORE, number);

      // when
      List<String> taken = ports.taken(EnumSet.of(Port.STORE, Port.HILO));

      // then
      assertThat(taken)
          .containsExactly(
              "Port "
                  + number
                  + " is taken, and the store (OpenSearch) needs it. Free it, or choose another"
                  + " with HILO_STORE_PORT=<port>.");
    }
  }

  @Test
  void shouldSeeListenerOnAllAddressesWhenItHoldsThePort() throws IOException {
    // given
    try (ServerSocket somebody = new ServerSocket(0)) {
      Ports ports = Ports.free().with(Port.WEBAPPS, somebody.getLocalPort());

      // when
      List<String> taken = ports.taken(Set.of(Port.WEBAPPS));

      // then
      assertThat(taken).hasSize(1);
    }
  }
}
