package dev.hilo.simulators.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {

  @Test
  void shouldPutEventsTogether() {
    // given
    List<EventLines.Event> events = new ArrayList<>();
    EventLines lines = new EventLines(events::add);

    // when
    for (String line :
        List.of(
            ": heartbeat",
            "",
            "id: 7",
            "event: message",
            "data: {\"a\":",
            "data:1}",
            "",
            "data: x",
            "")) {
      lines.line(line);
    }

    // then
    assertThat(events)
        .containsExactly(
            new EventLines.Event("message", "7", "{\"a\":\n1}"),
            new EventLines.Event("message", "7", "x"));
  }
}
