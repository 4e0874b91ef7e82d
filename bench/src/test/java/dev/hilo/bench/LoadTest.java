package dev.hilo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadTest {

  @Test
  void shouldRunEveryUnitOnceWhenThereAreMoreThanRunAtOnce() {
    // given
    Set<Integer> seen = ConcurrentHashMap.newKeySet();

    // when
    Load.Result result = Load.run(100, 7, index -> assertThat(seen.add(index)).isTrue());

    // then
    assertThat(seen).hasSize(100).contains(0, 99);
    assertThat(result.latencies()).hasSize(100);
  }

  @Test
  void shouldHaveSoManyUnderWayWhenSoManyAreAllowed() {
    // given: each unit waits for the three others
    CountDownLatch together = new CountDownLatch(4);

    // when
    Load.Result result =
        Load.run(
            4,
            4,
            index -> {
              together.countDown();
              assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
            });

    // then
    assertThat(result.latencies()).hasSize(4);
  }

  @Test
  void shouldEndWithTheReasonWhenAUnitFails() {
    assertThatThrownBy(
            () ->
                Load.run(
                    100,
                    4,
                    index -> {
                      throw new BenchException("refused");
                    }))
        .isInstanceOf(BenchException.class)
        .hasMessage("refused");
  }

  @Test
  void shouldDivideByTheTimeWhenARateIsAsked() {
    assertThat(Load.rate(30, Duration.ofMillis(1500))).isEqualTo(20.0);
  }
}
