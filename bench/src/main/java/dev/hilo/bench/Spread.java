package dev.hilo.bench;

import java.util.Collection;
import java.util.List;

/**
 * How a figure varied over the rounds. With an even number, the median is between the middle two.
 */
record Spread(double min, double median, double max) {

  /**
   * Of one figure for each round, in any order.
   *
   * @throws IllegalArgumentException if there are none
   */
  static Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a spread of no values");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    return new Spread(sorted.get(0), median, sorted.get(size - 1));
  }
}
