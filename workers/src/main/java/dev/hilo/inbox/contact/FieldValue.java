package dev.hilo.inbox.contact;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody says of a contact.
 *
 * @param field one of {@link ContactFields}, or {@code custom.<name>}
 * @param at when it was said
 * @param confidence how sure it is, above 0 and at most 1
 * @param by login, file or channel, where known
 */
public record FieldValue(
    String field,
    String value,
    FieldSource source,
    Instant at,
    double confidence,
    Optional<String> by) {

  public FieldValue {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(at, "at");
    if (!ContactFields.isField(field)) {
      throw new IllegalArgumentException(
          "'"
              + field
              + "' is no field of a contact: expected one of "
              + ContactFields.STANDARD
              + " or custom.<name>");
    }
    if (value.isBlank()) {
      throw new IllegalArgumentException("field '" + field + "' has no value");
    }
    if (!(confidence > 0 && confidence <= 1)) {
      throw new IllegalArgumentException(
          "confidence of field '" + field + "' is " + confidence + ", expected above 0, at most 1");
    }
  }

  /** The field alone: a value is personal data and must not reach a log. */
  @Override
  public String toString() {
    return field + ":*** (" + source + ")";
  }
}
