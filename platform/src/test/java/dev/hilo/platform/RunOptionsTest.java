package dev.hilo.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RunOptionsTest {
  @Test
  void shouldStartEverythingWhenNothingIsAsked() {
    assertThat(RunOptions.parse(List.of()))
        .isEqualTo(new RunOptions(false, false, false, false, false, List.of(), false));
  }

  @Test
  void shouldCombineOptionsWhenTheyGoTogether() {
    assertThat(RunOptions.parse(List.of("--demo", "--fresh")))
        .isEqualTo(new RunOptions(true, true, false, false, false, List.of(), false));
    assertThat(RunOptions.parse(List.of("--platform-only", "--fresh")))
        .isEqualTo(new RunOptions(true, false, true, false, false, List.of(), false));
  }

  @Test
  void shouldGiveTheRestToBenchWhenItFollowsBench() {
    // when
    RunOptions options =
        RunOptions.parse(List.of("--fresh", "--bench", "--seconds", "30", "--demo"));

    // then
    assertThat(options.bench()).isTrue();
    assertThat(options.demo()).isFalse();
    assertThat(options.benchArguments()).containsExactly("--seconds", "30", "--demo");
  }

  @Test
  void shouldNameOptionWhenItIsUnknown() {
    assertThatThrownBy(() -> RunOptions.parse(List.of("--fesh")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unknown option '--fesh'. './run --help' lists the options.");
  }

  @Test
  void shouldRefuseWhenOptionsExcludeEachOther() {
    assertThatThrownBy(() -> RunOptions.parse(List.of("--platform-only", "--demo")))
        .hasMessage(
            "--platform-only starts neither Hilo nor the simulators: it goes with --fresh only.");
    assertThatThrownBy(() -> RunOptions.parse(List.of("--demo", "--no-simulators")))
        .hasMessage("--demo is played by the simulators: it excludes --no-simulators.");
    assertThatThrownBy(() -> RunOptions.parse(List.of("--demo", "--bench")))
        .hasMessage("--bench measures without other traffic: it excludes --demo.");
  }

  @Test
  void shouldListEveryPortVariableWhenHelpIsShown() {
    // when
    String help = RunOptions.helpText();

    // then
    for (Port port : Port.values()) {
      assertThat(help).contains(port.variable());
    }
  }
}
