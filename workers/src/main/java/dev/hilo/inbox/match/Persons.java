package dev.hilo.inbox.match;

import dev.hilo.channel.ContactAddress;
import dev.hilo.inbox.contact.AliasKeys;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.ContactFields;
import dev.hilo.inbox.contact.FieldSource;
import dev.hilo.inbox.contact.FieldValue;
import dev.hilo.inbox.contact.GoldenField;
import dev.hilo.inbox.contact.IdentityDocument;
import dev.hilo.inbox.contact.KnownAddress;
import dev.hilo.inbox.contact.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is compared of a contact. An address is proven if its channel vouches for it. A field is
 * proven unless the customer typed it or Hilo concluded it: a name that a provider gives is that of
 * the profile, which proves little, but a name alone never merges.
 */
public final class Persons {

  /** Most values of one field: what comes after is too weak to count. */
  private static final int MOST_VALUES = 5;

  private Persons() {}

  /** Of a contact with all its members. */
  public static Person of(Contact contact) {
    Person.Builder person = Person.of(contact.id());
    for (FieldValue name : values(contact, ContactFields.NAME)) {
      mark(person, isProven(name)).fullName(name.value());
    }
    for (FieldValue date : values(contact, ContactFields.BIRTH_DATE)) {
      mark(person, isProven(date)).birthDate(date.value());
    }
    for (KnownAddress known : contact.addresses()) {
      add(mark(person, known.proof() == Proof.PROVEN), known.address());
    }
    address(person, contact);
    return person.build();
  }

  private static void add(Person.Builder person, ContactAddress address) {
    switch (address.kind()) {
      case PHONE -> person.phone(matchForm(address));
      case EMAIL -> person.email(matchForm(address));
      case DOCUMENT ->
          IdentityDocument.of(address)
              .ifPresentOrElse(
                  document ->
                      person.document(
                          document.kind().country(), document.kind().code(), document.number()),
                  () -> person.uncheckedDocument(address.value()));
      case EXTERNAL -> {
        int slash = address.value().indexOf('/');
        if (slash > 0) {
          person.externalId(
              address.value().substring(0, slash), address.value().substring(slash + 1));
        }
      }
      // Another one of these says nothing: people have several. The same one is the same contact.
      case SOCIAL, BUSINESS_SCOPED, VISITOR -> {}
    }
  }

  /** The value as it is equal for matching. */
  private static String matchForm(ContactAddress address) {
    String key = AliasKeys.of(address);
    return key.substring(key.indexOf(':') + 1);
  }

  private static void address(Person.Builder person, Contact contact) {
    Optional<FieldValue> street = golden(contact, ContactFields.POSTAL_ADDRESS);
    Optional<FieldValue> city = golden(contact, ContactFields.CITY);
    Optional<FieldValue> postcode = golden(contact, ContactFields.POSTCODE);
    Optional<FieldValue> country = golden(contact, ContactFields.COUNTRY);
    boolean proven =
        street.stream().allMatch(Persons::isProven)
            && city.stream().allMatch(Persons::isProven)
            && postcode.stream().allMatch(Persons::isProven);
    mark(person, proven).address(text(street), text(city), text(postcode), text(country));
  }

  private static String text(Optional<FieldValue> value) {
    return value.map(FieldValue::value).orElse("");
  }

  private static Optional<FieldValue> golden(Contact contact, String field) {
    return contact.field(field).map(GoldenField::value);
  }

  private static List<FieldValue> values(Contact contact, String field) {
    List<FieldValue> values = new ArrayList<>();
    contact
        .field(field)
        .ifPresent(
            golden -> {
              values.add(golden.value());
              golden.others().forEach(other -> values.add(other.value()));
            });
    return values.size() > MOST_VALUES ? values.subList(0, MOST_VALUES) : values;
  }

  private static boolean isProven(FieldValue value) {
    return value.source() != FieldSource.CUSTOMER && value.source() != FieldSource.INFERRED;
  }

  private static Person.Builder mark(Person.Builder person, boolean proven) {
    return proven ? person.proven() : person.claimed();
  }
}
