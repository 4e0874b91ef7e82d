package dev.hilo.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobRunnerTest {

  @Test
  void shouldWaitLongerAfterEachAttemptUpToALimit() {
    assertThat(JobRunner.pause(1)).isEqualTo(Duration.ofMillis(500));
    assertThat(JobRunner.pause(2)).isEqualTo(Duration.ofSeconds(1));
    assertThat(JobRunner.pause(5)).isEqualTo(Duration.ofSeconds(8));
    assertThat(JobRunner.pause(7)).isEqualTo(Duration.ofSeconds(30));
    assertThat(JobRunner.pause(99)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void shouldSpreadPausesByUpToAQuarter() {
    assertThat(JobRunner.spread(Duration.ofSeconds(8), 0)).isEqualTo(Duration.ofSeconds(8));
    assertThat(JobRunner.spread(Duration.ofSeconds(8), 0.5)).isEqualTo(Duration.ofSeconds(9));
    assertThat(JobRunner.spread(Duration.ofMillis(500), 1)).isEqualTo(Duration.ofMillis(625));
  }
}
