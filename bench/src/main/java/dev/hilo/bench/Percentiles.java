package dev.hilo.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * How long something took, over many times. Nearest rank: every value is one that was measured.
 *
 * @param p50 half of them took at most this
 * @param p99 99 of 100 took at most this; with fewer than 100 values, the longest
 */
record Percentiles(int count, Duration p50, Duration p99, Duration longest) {

  /**
   * Of measured durations, in any order.
   *
   * @throws IllegalArgumentException if there are none
   */
  static Percentiles of(Collection<Duration> durations) {
    if (durations.isEmpty()) {
      throw new IllegalArgumentException("percentiles of no values");
    }
    List<Duration> sorted = durations.stream().sorted().toList();
    return new Percentiles(
        sorted.size(), rank(sorted, 50), rank(sorted, 99), sorted.get(sorted.size() - 1));
  }

  private static Duration rank(List<Duration> sorted, int percent) {
    int rank = Math.ceilDiv(sorted.size() * percent, 100);
    return sorted.get(Math.max(rank, 1) - 1);
  }
}
