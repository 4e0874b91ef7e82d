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
}
