package dev.hilo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  @Test
  void shouldTakeMeasuredValuesWhenThereAreAFew() {
    // given
    List<Duration> unsorted = millis(40, 10, 50, 20, 30);

    // when
    Percentiles percentiles = Percentiles.of(unsorted);

    // then
    assertThat(percentiles)
        .isEqualTo(
            new Percentiles(
                5, Duration.ofMillis(30), Duration.ofMillis(50), Duration.ofMillis(50)));
  }

  @Test
  void shouldTakeTheLowerMiddleWhenTheNumberIsEven() {
    assertThat(Percentiles.of(millis(4, 1, 3, 2)).p50()).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void shouldTellP99FromTheLongestWhenThereAreAHundred() {
    // given
    List<Duration> hundred = LongStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList();

    // when
    Percentiles percentiles = Percentiles.of(hundred);

    // then
    assertThat(percentiles.p50()).isEqualTo(Duration.ofMillis(50));
    assertThat(percentiles.p99()).isEqualTo(Duration.ofMillis(99));
    assertThat(percentiles.longest()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void shouldRoundTheRankUpWhenItIsNotWhole() {
    // given: 99 of 100 of 101 values is 99.99, so the hundredth
    List<Duration> values = LongStream.rangeClosed(1, 101).mapToObj(Duration::ofMillis).toList();

    // when
    Percentiles percentiles = Percentiles.of(values);

    // then
    assertThat(percentiles.p50()).isEqualTo(Duration.ofMillis(51));
    assertThat(percentiles.p99()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void shouldRefuseWhenNothingWasMeasured() {
    assertThatThrownBy(() -> Percentiles.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Duration> millis(long... values) {
    return LongStream.of(values).mapToObj(Duration::ofMillis).toList();
  }
}
