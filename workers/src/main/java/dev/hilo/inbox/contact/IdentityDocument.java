package dev.hilo.inbox.contact;

import dev.hilo.channel.ContactAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tax or identity document whose number has the form and the check digits that its country
 * demands. That says nothing of whether it was issued, or of whose it is.
 *
 * @param kind what it is, and in which country
 * @param number in the one way that this kind is written in ({@link DocumentKind#example()}), so
 *     that equal documents have equal numbers
 */
public record IdentityDocument(DocumentKind kind, String number) {

  private static final Pattern ADDRESS = Pattern.compile("([A-Za-z]{2})-([A-Za-z]+):(.+)");

  /**
   * Takes a number in its one way of writing.
   *
   * @throws IllegalArgumentException if it is not; {@link #read} takes what people write
   */
  public IdentityDocument {
    if (!(kind.read(number) instanceof Reading.Valid valid) || !valid.number().equals(number)) {
      throw new IllegalArgumentException(
          "a %s is written like %s, got another form".formatted(kind.label(), kind.example()));
    }
  }

  /** What came of reading a number; a refusal is a value. */
  public sealed interface Reading {

    /**
     * It is sound.
     *
     * @param kind what it is; may be the wider kind that holds the one asked for (ES NIE: NIF)
     * @param number in its one way of writing
     */
    record Valid(DocumentKind kind, String number) implements Reading {

      /** The document. */
      public IdentityDocument document() {
        return new IdentityDocument(kind, number);
      }

      /** Masked: numbers of documents are personal data. */
      @Override
      public String toString() {
        return kind.label() + ":***";
      }
    }

    /**
     * It is not sound.
     *
     * @param problem what is wrong, for those who say it in the reader's language
     * @param message what was wrong and what was expected, in English; of the number at most its
     *     check digit
     */
    record Refused(Problem problem, String message) implements Reading {}
  }

  /** What can be wrong with a number. */
  public enum Problem {
    /** No such kind of document is known in that country. */
    UNKNOWN_KIND,
    /** Too short or too long. */
    LENGTH,
    /** A character where it cannot stand. */
    FORM,
    /** A part with a meaning (type, province, date) that does not exist. */
    PART,
    /** The check digit or letter belongs to another number: most often a slip of the pen. */
    CHECK_DIGIT,
    /** A number that is printed for whoever has none: it tells nobody from anybody. */
    PLACEHOLDER
  }

  /**
   * Reads what somebody wrote.
   *
   * @param country ISO 3166, two letters, any case
   * @param kind short name in that country, any case: {@code RUT}, {@code CUIL}, {@code DNI}
   * @param written with or without dots, hyphens, spaces and the kind's name before it
   */
  public static Reading read(String country, String kind, String written) {
    Optional<DocumentKind> known = DocumentKind.of(country, kind);
    return known.isPresent()
        ? known.get().read(written)
        : new Reading.Refused(
            Problem.UNKNOWN_KIND,
            "no document of that kind is known in that country, expected one of "
                + DocumentKind.labels());
  }

  /**
   * Reads an address of kind {@code DOCUMENT}, written by {@link #address()} or by hand.
   *
   * @return empty if it is not sound
   */
  public static Optional<IdentityDocument> of(ContactAddress address) {
    Matcher parts = ADDRESS.matcher(address.value());
    return address.kind() == ContactAddress.Kind.DOCUMENT
            && parts.matches()
            && read(parts.group(1), parts.group(2), parts.group(3)) instanceof Reading.Valid valid
        ? Optional.of(valid.document())
        : Optional.empty();
  }

  /** The address that a contact is known by: {@code CL-RUT:12345678-5}. */
  public ContactAddress address() {
    return ContactAddress.document(kind.country(), kind.code(), number);
  }

  /**
   * Whether two documents cannot be one person's: the same country and kind, another number.
   * Documents of different kinds say nothing of each other.
   */
  public boolean contradicts(IdentityDocument other) {
    return kind == other.kind && !number.equals(other.number);
  }

  /** Masked: numbers of documents are personal data. */
  @Override
  public String toString() {
    return kind.label() + ":***";
  }
}
