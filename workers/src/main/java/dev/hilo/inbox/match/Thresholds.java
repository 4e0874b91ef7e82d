package dev.hilo.inbox.match;

/**
 * The two thresholds on the probability. {@code bench/README.md} has the figures that the defaults
 * were chosen by.
 *
 * @param merge from here on a pair is merged by machine, unless there is an objection
 * @param review from here on a person is asked
 */
public record Thresholds(double merge, double review) {

  public static final Thresholds DEFAULT = new Thresholds(0.9998, 0.2);

  public Thresholds {
    if (!(review > 0 && review <= merge && merge < 1)) {
      throw new IllegalArgumentException(
          "thresholds must be 0 < review <= merge < 1, but are " + review + " and " + merge);
    }
  }
}
