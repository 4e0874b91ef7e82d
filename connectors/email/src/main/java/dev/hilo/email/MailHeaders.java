package dev.hilo.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A header block in its order, values unfolded; encoded words not yet decoded.
 *
 * @param fields at most {@value #MAX_FIELDS}
 */
record MailHeaders(List<Field> fields) {

  static final int MAX_FIELDS = 2000;

  /** One field. */
  record Field(String name, String value) {}

  /** A field as it lies in the mail. */
  record RawField(String name, byte[] value) {}

  MailHeaders {
    fields = List.copyOf(fields);
  }

  /** Decodes raw fields; 8-bit bytes are taken for the body's charset when they are not UTF-8. */
  static MailHeaders of(List<RawField> raw) {
    Optional<String> charset =
        raw.stream()
            .filter(field -> field.name().equalsIgnoreCase("Content-Type"))
            .findFirst()
            .flatMap(
                field ->
                    Parameters.parse(HeaderText.unfold(field.value(), Optional.empty()))
                        .get("charset"));
    List<Field> fields = new ArrayList<>(raw.size());
    for (RawField field : raw) {
      fields.add(new Field(field.name(), HeaderText.unfold(field.value(), charset)));
    }
    return new MailHeaders(fields);
  }

  /** The topmost value that is not blank. */
  Optional<String> first(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name) && !field.value().isBlank())
        .map(Field::value)
        .findFirst();
  }

  /** Every value, topmost first. */
  List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
  }

  /** The topmost value as people read it; empty text when there is none. */
  String text(String name) {
    return first(name).map(HeaderText::decodeWords).map(HeaderText::clean).orElse("");
  }

  /** The addresses of every field of that name. */
  List<MailAddress> addresses(String name) {
    return all(name).stream().flatMap(value -> AddressList.parse(value).stream()).toList();
  }

  @Override
  public String toString() {
    return "MailHeaders[" + fields.size() + "]";
  }
}
