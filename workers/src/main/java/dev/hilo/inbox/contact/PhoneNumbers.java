package dev.hilo.inbox.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;

/** Phone numbers as people type them, to E.164. */
public final class PhoneNumbers {

  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

  private PhoneNumbers() {}

  /**
   * Reads a number.
   *
   * @param typed with or without a country code, with any punctuation
   * @param country ISO 3166 code to read it in when it has none
   * @return the number in E.164, with its plus sign; empty if it cannot be a phone number
   */
  public static Optional<String> toE164(String typed, String country) {
    try {
      var number = LIBRARY.parse(typed, country);
      return LIBRARY.isPossibleNumber(number)
          ? Optional.of(LIBRARY.format(number, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /** The number for people to read, with its country code: {@code +57 601 5550100}. */
  public static String toReadable(String e164) {
    try {
      return LIBRARY.format(LIBRARY.parse(e164, null), PhoneNumberFormat.INTERNATIONAL);
    } catch (NumberParseException e) {
      return e164;
    }
  }
}
