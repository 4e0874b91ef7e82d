package dev.hilo.inbox.contact;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A merge or a split, as the log keeps it.
 *
 * @param id unique for ever
 * @param mergeId the merge that was done, or undone
 * @param loser the contact that gave way, or stands alone again
 * @param winner the contact that stood in its place
 * @param probability that both are one person, where it was computed
 * @param fields which values won and which lost, for a merge
 */
public record IdentityChange(
    Kind kind,
    String id,
    String mergeId,
    String loser,
    String winner,
    Actor by,
    String why,
    Instant at,
    Optional<Double> probability,
    List<FieldOutcome> fields) {

  public IdentityChange {
    fields = List.copyOf(fields);
  }

  /** What was done. */
  public enum Kind {
    MERGED,
    SPLIT
  }

  /**
   * What became of a field that both contacts had.
   *
   * @param chosen whether a person chose
   */
  public record FieldOutcome(
      String field,
      FieldValue won,
      String wonFrom,
      FieldValue lost,
      String lostFrom,
      boolean chosen) {}
}
