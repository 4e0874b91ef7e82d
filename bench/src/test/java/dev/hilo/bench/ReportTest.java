package dev.hilo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.bench.Round.Inbound;
import dev.hilo.bench.Round.Singles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void shouldCompareEachRoundWithItsOwnEngineWhenTheMachineSlowsDown() {
    // given: the second round has the engine and Hilo both at half the speed
    Report report = report(round(1), round(2));

    // when
    List<Row> ratios = report.ratios();

    // then: 2 conversations in 4 s beside 2 instances in 1 s
    assertThat(ratios.get(0))
        .isEqualTo(new Row("conversations opened/s : instances/s", "x", List.of(0.25, 0.25)));
    // 2 messages in 2 s
    assertThat(ratios.get(1))
        .isEqualTo(new Row("returning messages/s : instances/s", "x", List.of(0.5, 0.5)));
    // 30 ms beside 10 ms, 80 ms beside 20 ms
    assertThat(ratios.get(2))
        .isEqualTo(new Row("acknowledge p50 : publish p50", "x", List.of(3.0, 3.0)));
    assertThat(ratios.get(3))
        .isEqualTo(new Row("acknowledge p99 : publish p99", "x", List.of(4.0, 4.0)));
  }

  @Test
  void shouldShowTheSpreadWhenRoundsDiffer() {
    assertThat(report(round(1), round(2)).table())
        .contains(
            "| engine alone: instances completed              | 1/s  |     1.00 |     1.50 |     2.00 |")
        .contains(
            "| engine alone: publish, p50                     | ms   |     10.0 |     15.0 |     20.0 |")
        .contains(
            "| message to task visible, all 4, p50 and p99    | ms   |          |     1000 |     4000 |")
        .contains("webhooks delivered again: 3; publishes of the engine alone pushed back: 4;");
  }

  @Test
  void shouldSayTheRatioInWordsWhenItIsPrinted() {
    assertThat(report(round(1), round(2)).headline())
        .isEqualTo(
            "Hilo opens 0.25 conversations in the time in which the engine alone completes one instance (0.25 to 0.25);"
                + " at full load it acknowledges in 3.0 times the time of a publish (p50; p99: 4.0 times);"
                + " a task is visible 1000 ms after its message (p50; p99: 4000 ms).");
  }

  @Test
  void shouldKeepEveryRoundWhenWrittenForMachines() {
    // when
    var json = report(round(1), round(2)).json();

    // then
    assertThat(json.path("startedAt").asText()).isEqualTo("2026-11-20T12:00:00Z");
    assertThat(json.path("figures").get(0).toString())
        .isEqualTo(
            "{\"what\":\"engine alone: instances completed\",\"unit\":\"1/s\",\"min\":1.0,\"median\":1.5,\"max\":2.0,\"rounds\":[2.0,1.0]}");
  }

  private static Report report(Round... rounds) {
    return new Report(
        NOW,
        new Options(2, 10, 16, 2, 10, Path.of("results"), false),
        Map.of("machine", "2 cores"),
        List.of(rounds),
        3,
        4);
  }

  private static Round round(int slowness) {
    Duration second = Duration.ofSeconds(slowness);
    List<Duration> publish = millis(slowness, 10, 20);
    return new Round(
        new EngineAlone.Result(
            new Load.Result(NOW, second, publish), second, Percentiles.of(publish)),
        new Inbound(
            new Load.Result(NOW, second.multipliedBy(3), millis(slowness, 80, 30)),
            second.multipliedBy(4)),
        new Inbound(
            new Load.Result(NOW, second.multipliedBy(2), millis(slowness, 30, 40)),
            second.multipliedBy(2)),
        new Singles(
            millis(slowness, 5, 5),
            millis(slowness, 50, 60),
            millis(slowness, 100, 110),
            millis(slowness, 500, 2000)));
  }

  private static List<Duration> millis(int slowness, long one, long other) {
    return List.of(Duration.ofMillis(one * slowness), Duration.ofMillis(other * slowness));
  }
}
