package dev.hilo.inbox.match;

import java.util.List;

/**
 * A record, made ready to be compared often. Absent values are empty arrays.
 *
 * @param id of the record
 */
record Features(
    String id,
    List<Name> names,
    List<Term> birthDates,
    List<Term> phones,
    List<Term> emails,
    List<Document> documents,
    List<Address> addresses,
    List<Person.ExternalId> externalIds) {

  /** A name; full is all words in their order, where the parts are known too. */
  record Name(Word[] given, Word[] family, Word[] full, boolean proven) {

    boolean inParts() {
      return given.length + family.length > 0;
    }
  }

  /** A value that is compared whole; frequency 0 if it is not remarkable. */
  record Term(String text, float frequency, boolean proven) {}

  /** A document; empty country or kind: not known. */
  record Document(
      String country, String kind, String number, float frequency, boolean valid, boolean proven) {

    boolean comparable(Document other) {
      return (country.isEmpty() || other.country.isEmpty() || country.equals(other.country))
          && (kind.isEmpty() || other.kind.isEmpty() || kind.equals(other.kind));
    }

    /** Two numbers that one person cannot both have. */
    boolean conflicts(Document other) {
      return valid
          && other.valid
          && !kind.isEmpty()
          && country.equals(other.country)
          && kind.equals(other.kind)
          && !number.equals(other.number);
    }
  }

  /** An address: words and numbers of its street apart. */
  record Address(
      String[] words,
      String[] numbers,
      String city,
      float cityFrequency,
      String postcode,
      float postcodeFrequency,
      String country,
      boolean proven) {

    boolean hasStreet() {
      return words.length + numbers.length > 0;
    }
  }

  @Override
  public String toString() {
    return "Features[" + id + "]";
  }
}
