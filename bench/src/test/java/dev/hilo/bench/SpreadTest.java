package dev.hilo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void shouldTakeTheMiddleWhenTheNumberOfRoundsIsOdd() {
    assertThat(Spread.of(List.of(7.0, 1.0, 4.0))).isEqualTo(new Spread(1, 4, 7));
  }

  @Test
  void shouldTakeTheMeanOfTheMiddleTwoWhenTheNumberOfRoundsIsEven() {
    assertThat(Spread.of(List.of(8.0, 1.0, 4.0, 2.0))).isEqualTo(new Spread(1, 3, 8));
  }

  @Test
  void shouldBeOneValueWhenThereIsOneRound() {
    assertThat(Spread.of(List.of(5.0))).isEqualTo(new Spread(5, 5, 5));
  }
}
