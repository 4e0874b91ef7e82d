package dev.hilo.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A line of the table: one figure for each round.
 *
 * @param unit {@code 1/s}, {@code ms}, or {@code x} for a ratio
 */
record Row(String what, String unit, List<Double> rounds) {

  static Row of(String what, String unit, List<Round> rounds, ToDoubleFunction<Round> figure) {
    return new Row(what, unit, rounds.stream().map(figure::applyAsDouble).toList());
  }

  Spread spread() {
    return Spread.of(rounds);
  }
}
