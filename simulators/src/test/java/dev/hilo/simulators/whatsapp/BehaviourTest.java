package dev.hilo.simulators.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BehaviourTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60", "100000, 60"})
  void shouldDoublePauseUpToAMinute(int failures, int seconds) {
    // when
    Duration pause = Behaviour.standard().webhooks().pauseAfter(failures);

    // then
    assertThat(pause).isEqualTo(Duration.ofSeconds(seconds));
  }
}
