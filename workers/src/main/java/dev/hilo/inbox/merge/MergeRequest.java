package dev.hilo.inbox.merge;

import dev.hilo.inbox.contact.Actor;
import dev.hilo.inbox.contact.ContactFields;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody wants two contacts to be one.
 *
 * @param requestId the same for a repeated request: derived from what asks, never reused
 * @param first one of both; contacts that are merged already stand for the one they point to
 * @param why for the log, in the words of whoever asks
 * @param choices field to the id of the contact whose value is to count
 * @param probability that both are one person, where it was computed
 */
public record MergeRequest(
    String requestId,
    String first,
    String second,
    Actor by,
    String why,
    Map<String, String> choices,
    Optional<Double> probability) {

  public MergeRequest {
    choices = Map.copyOf(choices);
    for (String field : choices.keySet()) {
      if (!ContactFields.isField(field)) {
        throw new IllegalArgumentException("'" + field + "' is no field of a contact");
      }
    }
  }
}
