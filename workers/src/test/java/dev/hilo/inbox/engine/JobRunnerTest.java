package dev.hilo.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.hilo.inbox.store.StoreUnavailableException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.exception.JobError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  void shouldRestBeforeItGivesAJobBackWhenTheStoreIsDown() {
    // given
    List<Duration> rests = new ArrayList<>();
    JobRunner runner = new JobRunner(rests::add);
    ActivatedJob job = mock(ActivatedJob.class);
    when(job.getRetries()).thenReturn(JobRunner.MODEL_RETRIES - 6);

    // when
    Throwable thrown =
        catchThrowable(
            () ->
                runner.run(
                    job,
                    () -> {
                      throw new StoreUnavailableException("down", new IOException());
                    }));

    // then
    assertThat(rests)
        .singleElement()
        .satisfies(
            rest -> assertThat(rest).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5)));
    assertThat(thrown)
        .isInstanceOfSatisfying(
            JobError.class,
            error -> {
              assertThat(error.getRetryBackoff()).isEqualTo(Duration.ZERO);
              assertThat(error.getRetries()).isEqualTo(JobRunner.MODEL_RETRIES - 7);
            });
  }

  @Test
  void shouldSpreadPausesByUpToAQuarter() {
    assertThat(JobRunner.spread(Duration.ofSeconds(8), 0)).isEqualTo(Duration.ofSeconds(8));
    assertThat(JobRunner.spread(Duration.ofSeconds(8), 0.5)).isEqualTo(Duration.ofSeconds(9));
    assertThat(JobRunner.spread(Duration.ofMillis(500), 1)).isEqualTo(Duration.ofMillis(625));
  }
}
