package dev.hilo.inbox.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanesTest {

  @Test
  void shouldPartWhatHasNothingInCommon() {
    assertThat(Lanes.of(List.of(Set.of("ana"), Set.of("ben"), Set.of("ana"), Set.<String>of())))
        .containsExactly(List.of(0, 2), List.of(1), List.of(3));
  }

  @Test
  void shouldKeepTogetherWhatIsLinkedOverOthers() {
    // given: the third links the first two, the last comes in over the second
    List<Set<String>> keys =
        List.of(
            Set.of("ana", "mail 1"),
            Set.of("ben", "mail 2"),
            Set.of("carla", "mail 1", "mail 2"),
            Set.of("dora"),
            Set.of("ben", "mail 5"));
    // then
    assertThat(Lanes.of(keys)).containsExactly(List.of(0, 1, 2, 4), List.of(3));
  }

  @Test
  void shouldHaveNoLanesWhenThereIsNothing() {
    assertThat(Lanes.of(List.<Set<String>>of())).isEmpty();
  }
}
