package dev.hilo.inbox.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

  @ParameterizedTest
  @CsvSource({
    "soto, soto, 0",
    "soto, sotto, 1",
    "soto, sto, 1",
    "soto, sota, 1",
    "soto, osto, 1",
    "soto, otso, 2",
    "5304218, 5340281, 2",
    "'', a, 1",
    "soto, garcia, 3",
  })
  void shouldCountSlips(String one, String other, int expected) {
    assertThat(EditDistance.of(one, other, 2)).isEqualTo(expected);
    assertThat(EditDistance.of(other, one, 2)).isEqualTo(expected);
  }
}
