package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Where a customer can be reached, and how a contact is recognised: an alias. Printed masked,
 * because addresses are personal data and must not reach a log.
 *
 * @param kind what sort of address it is
 * @param value normalised by the channel: a phone in E.164 with its {@code +}, an email in lower
 *     case, a document as {@link Kind#DOCUMENT} says, every other kind as the provider gives it; at
 *     most 512 characters
 */
public record ContactAddress(Kind kind, String value) {

  /** The sorts of address; a value is unique within its kind. */
  public enum Kind {
    /** E.164 phone number, with the plus sign. */
    PHONE,
    /** Email address. */
    EMAIL,
    /** A provider's id of a person that holds for one page or account only. */
    SOCIAL,
    /** A provider's id of a person that holds for one business only, and may come with no phone. */
    BUSINESS_SCOPED,
    /** A browser that opened a chat widget. */
    VISITOR,
    /**
     * The business's own id of its customer, shown by a signature of the business's site: {@code
     * realm/id}.
     */
    EXTERNAL,
    /**
     * A tax or identity document: ISO 3166 country, kind and number, {@code CL-RUT:12345678-5}. It
     * tells who somebody is; nothing can be sent there. No channel vouches for one.
     */
    DOCUMENT
  }

  public ContactAddress {
    Ids.requireText("ContactAddress", value, 512);
  }

  public static ContactAddress phone(String e164) {
    return new ContactAddress(Kind.PHONE, e164);
  }

  public static ContactAddress email(String email) {
    return new ContactAddress(Kind.EMAIL, email);
  }

  public static ContactAddress visitor(String id) {
    return new ContactAddress(Kind.VISITOR, id);
  }

  public static ContactAddress businessScoped(String id) {
    return new ContactAddress(Kind.BUSINESS_SCOPED, id);
  }

  public static ContactAddress external(String realm, String id) {
    return new ContactAddress(Kind.EXTERNAL, realm + '/' + id);
  }

  /**
   * A tax or identity document.
   *
   * @param country ISO 3166, two letters
   * @param kind its short name in that country, {@code RUT}
   * @param number in the one way that its kind is written in; whoever makes it has checked that
   */
  public static ContactAddress document(String country, String kind, String number) {
    return new ContactAddress(Kind.DOCUMENT, country + '-' + kind + ':' + number);
  }

  /** A single string that is equal exactly when the addresses are equal: {@code phone:+57...}. */
  @JsonIgnore
  public String key() {
    return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ':' + value;
  }

  /** Reads what {@link #key()} wrote. */
  public static ContactAddress ofKey(String key) {
    int colon = key.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("an address key is 'kind:value', got none of that form");
    }
    String kind = key.substring(0, colon).toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    return new ContactAddress(Kind.valueOf(kind), key.substring(colon + 1));
  }

  /** Masked: kind, and the last two characters of the value. */
  @Override
  public String toString() {
    return kind + ":***" + value.substring(Math.max(0, value.length() - 2));
  }
}
