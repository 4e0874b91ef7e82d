package dev.hilo.channel;

import static dev.hilo.channel.DeliveryState.DELIVERED;
import static dev.hilo.channel.DeliveryState.FAILED;
import static dev.hilo.channel.DeliveryState.QUEUED;
import static dev.hilo.channel.DeliveryState.READ;
import static dev.hilo.channel.DeliveryState.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeliveryStateTest {

  @Test
  void shouldOnlyRise() {
    assertThat(from(QUEUED)).containsExactlyInAnyOrder(SENT, DELIVERED, READ, FAILED);
    assertThat(from(SENT)).containsExactlyInAnyOrder(DELIVERED, READ, FAILED);
    assertThat(from(FAILED)).containsExactlyInAnyOrder(DELIVERED, READ);
    assertThat(from(DELIVERED)).containsExactlyInAnyOrder(READ);
    assertThat(from(READ)).isEmpty();
  }

  private static Set<DeliveryState> from(DeliveryState state) {
    return Stream.of(DeliveryState.values()).filter(state::risesTo).collect(Collectors.toSet());
  }
}
