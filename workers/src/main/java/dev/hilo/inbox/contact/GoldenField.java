package dev.hilo.inbox.contact;

import java.util.List;

/**
 * A field of the golden record.
 *
 * @param value the one that counts
 * @param contactId whose it is, of those that are one contact now
 * @param chosen whether a person chose it at a merge
 * @param others what else is said of it, the strongest first
 */
public record GoldenField(
    FieldValue value, String contactId, boolean chosen, List<Candidate> others) {

  /** A value and whose it is. */
  public record Candidate(FieldValue value, String contactId) {}

  public String field() {
    return value.field();
  }
}
