package dev.hilo.inbox.contact;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a merge is: the one thing that it writes. Taken away again, the merge never was.
 *
 * @param mergeId of the merge
 * @param into the contact that stands in this one's place
 * @param choices field to the id of the contact whose value a person chose
 * @param probability that both are one person, where it was computed
 */
public record MergePointer(
    String mergeId,
    String into,
    Actor by,
    String why,
    Instant at,
    Map<String, String> choices,
    Optional<Double> probability) {

  public MergePointer {
    choices = Map.copyOf(choices);
  }
}
