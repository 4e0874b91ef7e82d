package dev.hilo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobCountersTest {

  private static final String BEFORE =
      """
      # HELP zeebe_job_events_total Number of job events
      # TYPE zeebe_job_events_total counter
      zeebe_job_events_total{action="created",partition="1",type="wake-attend",job_kind="BPMN_ELEMENT",} 4.0
      zeebe_job_events_total{action="completed",partition="1",type="wake-attend",job_kind="BPMN_ELEMENT",} 3.0
      """;

  private static final String AFTER =
      """
      zeebe_job_events_total{action="created",partition="1",type="wake-attend",job_kind="BPMN_ELEMENT",} 10.0
      zeebe_job_events_total{action="created",partition="2",type="wake-attend",job_kind="BPMN_ELEMENT",} 5.0
      zeebe_job_events_total{action="pushed",partition="1",type="wake-attend",job_kind="BPMN_ELEMENT",} 99.0
      zeebe_job_events_total{action="failed",partition="1",type="wake-attend",job_kind="BPMN_ELEMENT",} 2.0
      zeebe_job_events_total{action="completed",partition="1",type="wake-attend",job_kind="BPMN_ELEMENT",} 12.0
      zeebe_job_events_total{action="canceled",partition="1",type="wake-attend",job_kind="BPMN_ELEMENT",} 1.0
      zeebe_job_events_total{action="created",partition="1",type="prepare-task",job_kind="BPMN_ELEMENT",} 1.0E1
      other_total{action="created",type="wake-attend",} 7.0
      """;

  @Test
  void shouldAddThePartitionsUpWhenThereAreSeveral() {
    // given
    JobCounters before = JobCounters.parse(BEFORE);

    // when
    JobCounters after = JobCounters.parse(AFTER);

    // then
    assertThat(after.createdSince(before, "wake-attend")).isEqualTo(11);
    assertThat(after.createdSince(before, "prepare-task")).isEqualTo(10);
    assertThat(after.createdSince(before, "unheard-of")).isZero();
  }

  @Test
  void shouldCountAJobAsOpenWhenItOnlyFailed() {
    assertThat(JobCounters.parse(BEFORE).open()).isEqualTo(1);
    assertThat(JobCounters.parse(AFTER).open()).isEqualTo(12);
  }

  @Test
  void shouldBeZeroWhenTheBrokerHasCountedNothing() {
    assertThat(JobCounters.parse("").open()).isZero();
  }
}
