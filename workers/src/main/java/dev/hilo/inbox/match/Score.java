package dev.hilo.inbox.match;

import java.util.List;
import java.util.Set;

/**
 * What is said of a pair.
 *
 * @param probability that both are one person, 0 to 1
 * @param weight log2 of the odds of that
 * @param relatives the probability that they are two people of one household, 0 to 1
 * @param evidence of each field that both have, in the order of {@link Field}
 * @param objections against a merge by machine, may be empty
 */
public record Score(
    double probability,
    double weight,
    double relatives,
    List<Evidence> evidence,
    Set<Objection> objections) {

  public Score {
    evidence = List.copyOf(evidence);
    objections = Set.copyOf(objections);
  }

  /** What is to be done, at these thresholds. */
  public Verdict verdict(Thresholds thresholds) {
    if (probability >= thresholds.merge() && objections.isEmpty()) {
      return Verdict.MERGE;
    }
    return probability >= thresholds.review() ? Verdict.REVIEW : Verdict.NONE;
  }
}
