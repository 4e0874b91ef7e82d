package dev.hilo.inbox.contact;

import java.util.List;
import java.util.regex.Pattern;

/** The names of a contact's fields. */
public final class ContactFields {

  /** Full name as it is spoken. */
  public static final String NAME = "name";

  /** BCP 47 tag. */
  public static final String LANGUAGE = "language";

  /** ISO 3166 code of two letters. */
  public static final String COUNTRY = "country";

  /** Such as {@code vip} or {@code standard}. */
  public static final String SEGMENT = "segment";

  /** ISO 8601 date. */
  public static final String BIRTH_DATE = "birth-date";

  public static final String CITY = "city";

  /** Street and number. */
  public static final String POSTAL_ADDRESS = "postal-address";

  public static final String POSTCODE = "postcode";

  /** Name of the channel that the customer prefers. */
  public static final String PREFERRED_CHANNEL = "preferred-channel";

  /** {@code yes} or {@code no}. */
  public static final String CONSENT_MARKETING = "consent-marketing";

  /** All names but the custom ones. */
  public static final List<String> STANDARD =
      List.of(
          NAME,
          LANGUAGE,
          COUNTRY,
          SEGMENT,
          BIRTH_DATE,
          CITY,
          POSTAL_ADDRESS,
          POSTCODE,
          PREFERRED_CHANNEL,
          CONSENT_MARKETING);

  private static final Pattern CUSTOM = Pattern.compile("custom\\.[a-z0-9][a-z0-9-]{0,63}");

  private ContactFields() {}

  /** Whether a contact can have a field of that name. */
  public static boolean isField(String name) {
    return STANDARD.contains(name) || CUSTOM.matcher(name).matches();
  }
}
