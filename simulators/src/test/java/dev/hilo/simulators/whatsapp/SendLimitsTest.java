package dev.hilo.simulators.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.simulators.time.SimulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SendLimitsTest {

  private final SimulatorClock clock =
      new SimulatorClock(InstantSource.fixed(Instant.parse("2026-11-20T15:00:00Z")));
  private final SendLimits limits = new SendLimits(clock);

  @Test
  void shouldAllowAsManyPerSecondAsConfigured() {
    // given
    Behaviour.Limits eighty = new Behaviour.Limits(80, 0, Duration.ZERO);

    // when
    int first = taken(200, eighty);
    clock.moveTo(Duration.ofSeconds(1));
    int second = taken(200, eighty);

    // then
    assertThat(first).isEqualTo(80);
    assertThat(second).isEqualTo(80);
    assertThat(limits.percentUsed("1", eighty)).isEqualTo(100);
  }

  @Test
  void shouldAllowOneMoreToTheSameCustomerAfterSixSeconds() {
    // given
    Behaviour.Limits pair = new Behaviour.Limits(0, 3, Duration.ofSeconds(6));

    // when
    int burst = taken(10, pair);
    clock.moveTo(Duration.ofMillis(5_999));
    int tooEarly = taken(10, pair);
    clock.moveTo(Duration.ofSeconds(6));
    int later = taken(10, pair);

    // then
    assertThat(burst).isEqualTo(3);
    assertThat(tooEarly).isZero();
    assertThat(later).isEqualTo(1);
  }

  @Test
  void shouldAllowEverythingWhenThereIsNoLimit() {
    // when
    int taken = taken(1000, new Behaviour.Limits(0, 0, Duration.ZERO));

    // then
    assertThat(taken).isEqualTo(1000);
  }

  private int taken(int tries, Behaviour.Limits rules) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += limits.take("1", "+573005550101", rules).isEmpty() ? 1 : 0;
    }
    return taken;
  }
}
