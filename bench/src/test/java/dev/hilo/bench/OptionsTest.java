package dev.hilo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void shouldMeasureFiveRoundsWhenNothingIsAsked() {
    assertThat(Options.parse(List.of()))
        .isEqualTo(new Options(5, 1000, 16, 20, 500, Path.of("bench/results"), false));
  }

  @Test
  void shouldTakeEveryOptionWhenItIsGiven() {
    // when
    Options options =
        Options.parse(
            List.of(
                "--rounds",
                "3",
                "--messages",
                "200",
                "--concurrency",
                "32",
                "--singles",
                "10",
                "--warm-up",
                "50",
                "--results",
                "elsewhere"));

    // then
    assertThat(options).isEqualTo(new Options(3, 200, 32, 10, 50, Path.of("elsewhere"), false));
  }

  @Test
  void shouldLetALaterOptionWinWhenQuickComesFirst() {
    // when
    Options options = Options.parse(List.of("--quick", "--messages", "80"));

    // then
    assertThat(options).isEqualTo(new Options(1, 80, 16, 3, 20, Path.of("bench/results"), false));
  }

  @Test
  void shouldNameTheOptionWhenItIsUnknown() {
    assertThatThrownBy(() -> Options.parse(List.of("--seconds", "30")))
        .hasMessage("unknown option '--seconds'; './run --bench --help' lists the options.");
  }

  @Test
  void shouldNameWhatWasExpectedWhenANumberIsTooLarge() {
    assertThatThrownBy(() -> Options.parse(List.of("--messages", "4001")))
        .hasMessage("--messages expects a whole number from 10 to 4000, not '4001'.");
  }

  @Test
  void shouldNameWhatWasExpectedWhenItIsNoNumber() {
    assertThatThrownBy(() -> Options.parse(List.of("--rounds", "many")))
        .hasMessage("--rounds expects a whole number from 1 to 20, not 'many'.");
  }

  @Test
  void shouldSaySoWhenTheValueIsMissing() {
    assertThatThrownBy(() -> Options.parse(List.of("--rounds")))
        .hasMessage("--rounds expects a value after it.");
  }
}
