package dev.hilo.inbox.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is compared of one record. Every value is optional, most may be there several times; text
 * stays as it was written.
 *
 * @param id of the record, opaque here
 */
public record Person(
    String id,
    List<Name> names,
    List<Value> birthDates,
    List<Value> phones,
    List<Value> emails,
    List<Document> documents,
    List<Address> addresses,
    List<ExternalId> externalIds) {

  public Person {
    names = List.copyOf(names);
    birthDates = List.copyOf(birthDates);
    phones = List.copyOf(phones);
    emails = List.copyOf(emails);
    documents = List.copyOf(documents);
    addresses = List.copyOf(addresses);
    externalIds = List.copyOf(externalIds);
  }

  /** Starts a record that has nothing but its id. */
  public static Builder of(String id) {
    return new Builder(id);
  }

  /** Without any value: they are personal data. */
  @Override
  public String toString() {
    return "Person[" + id + "]";
  }

  /**
   * A value.
   *
   * @param proven false if the customer only typed it: a claim never merges by machine
   */
  public record Value(String text, boolean proven) {

    @Override
    public String toString() {
      return proven ? "Value[proven]" : "Value[claimed]";
    }
  }

  /**
   * A name, in parts or as one text.
   *
   * @param given all given names
   * @param family all family names
   * @param full the whole name, where the parts are not known
   */
  public record Name(
      Optional<String> given, Optional<String> family, Optional<String> full, boolean proven) {

    @Override
    public String toString() {
      return proven ? "Name[proven]" : "Name[claimed]";
    }
  }

  /**
   * An identity or tax document.
   *
   * @param country ISO 3166 code; empty if not known
   * @param kind such as RUT or DNI; empty if not known
   * @param number as written
   * @param valid whether the number keeps the rules of its country and kind (check digit or
   *     length): only then does another number speak of another person
   */
  public record Document(
      String country, String kind, String number, boolean valid, boolean proven) {

    @Override
    public String toString() {
      return "Document[" + country + " " + kind + "]";
    }
  }

  /**
   * An address, or what is known of one.
   *
   * @param street street with number, flat and whatever else stands there
   * @param country ISO 3166 code or name
   */
  public record Address(
      Optional<String> street,
      Optional<String> city,
      Optional<String> postcode,
      Optional<String> country,
      boolean proven) {

    @Override
    public String toString() {
      return proven ? "Address[proven]" : "Address[claimed]";
    }
  }

  /**
   * An id of somebody else's system.
   *
   * @param realm the system; one person has one id in it
   */
  public record ExternalId(String realm, String id) {

    @Override
    public String toString() {
      return "ExternalId[" + realm + "]";
    }
  }

  /** Collects a record; blank values are left out. */
  public static final class Builder {

    private final String id;
    private final List<Name> names = new ArrayList<>();
    private final List<Value> birthDates = new ArrayList<>();
    private final List<Value> phones = new ArrayList<>();
    private final List<Value> emails = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private final List<Address> addresses = new ArrayList<>();
    private final List<ExternalId> externalIds = new ArrayList<>();
    private boolean proven = true;

    private Builder(String id) {
      this.id = id;
    }

    /** What comes after this is proven: the state at the start. */
    public Builder proven() {
      proven = true;
      return this;
    }

    /** What comes after this is only claimed. */
    public Builder claimed() {
      proven = false;
      return this;
    }

    /** A name in parts, of which one may be empty. */
    public Builder name(String given, String family) {
      if (!given.isBlank() || !family.isBlank()) {
        names.add(new Name(text(given), text(family), Optional.empty(), proven));
      }
      return this;
    }

    /** A name whose parts are not known. */
    public Builder fullName(String full) {
      text(full)
          .ifPresent(
              name ->
                  names.add(
                      new Name(Optional.empty(), Optional.empty(), Optional.of(name), proven)));
      return this;
    }

    /** A birth date: ISO 8601, yyyymmdd or day/month/year. */
    public Builder birthDate(String date) {
      text(date).ifPresent(value -> birthDates.add(new Value(value, proven)));
      return this;
    }

    /** A phone number, best in E.164. */
    public Builder phone(String phone) {
      text(phone).ifPresent(value -> phones.add(new Value(value, proven)));
      return this;
    }

    /** A mail address. */
    public Builder email(String email) {
      text(email).ifPresent(value -> emails.add(new Value(value, proven)));
      return this;
    }

    /** A document whose number keeps the rules of its country and kind. */
    public Builder document(String country, String kind, String number) {
      return document(country, kind, number, true);
    }

    /** A number of an unknown kind, or one that cannot be checked. */
    public Builder uncheckedDocument(String number) {
      return document("", "", number, false);
    }

    /** A document. */
    public Builder document(String country, String kind, String number, boolean valid) {
      text(number)
          .ifPresent(value -> documents.add(new Document(country, kind, value, valid, proven)));
      return this;
    }

    /** An address, of which parts may be empty. */
    public Builder address(String street, String city, String postcode, String country) {
      Address address =
          new Address(text(street), text(city), text(postcode), text(country), proven);
      if (address.street().isPresent()
          || address.city().isPresent()
          || address.postcode().isPresent()
          || address.country().isPresent()) {
        addresses.add(address);
      }
      return this;
    }

    /** An id of somebody else's system. */
    public Builder externalId(String realm, String value) {
      externalIds.add(new ExternalId(realm, value));
      return this;
    }

    public Person build() {
      return new Person(id, names, birthDates, phones, emails, documents, addresses, externalIds);
    }

    private static Optional<String> text(String value) {
      String trimmed = value.strip();
      return trimmed.isEmpty() ? Optional.empty() : Optional.of(trimmed);
    }
  }
}
