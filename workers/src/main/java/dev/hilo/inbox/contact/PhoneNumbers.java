package dev.hilo.inbox.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Phone numbers as people type them, to E.164, and which of them are the same number. */
public final class PhoneNumbers {

  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
  private static final int ARGENTINA = 54;
  private static final int BRAZIL = 55;
  private static final int MEXICO = 52;

  /** 00 is dialled for abroad in most countries, and typed so in all. */
  private static final Pattern ABROAD = Pattern.compile("\\s*\\(?00\\)?[\\s.-]*([1-9].*)");

  /** 0XX: zero and "here the number of your carrier", as it is printed on Brazilian cards. */
  private static final Pattern ANY_CARRIER = Pattern.compile("(?i)^\\s*\\(?0\\s*xx\\s*\\)?");

  /** Only Buenos Aires (11) has numbers of eight digits: behind a 15 its code goes unsaid. */
  private static final Pattern MOBILE_OF_BUENOS_AIRES = Pattern.compile("0?15(\\d{8})");

  /** What was dialled before a Mexican number of ten digits until August 2019. */
  private static final Pattern MEXICAN_PREFIX = Pattern.compile("(?:0(?:1|44|45)|1)([2-9]\\d{9})");

  /** Two digits of a carrier that the library does not know, before a whole Brazilian number. */
  private static final Pattern BRAZILIAN_CARRIER = Pattern.compile("0?\\d{2}([1-9]{2}\\d{8,9})");

  /** A mobile number before the ninth digit: an area code that is in use, and 6 to 9. */
  private static final Pattern BRAZILIAN_MOBILE_OF_EIGHT =
      Pattern.compile(
          "(1[1-9]|2[12478]|3[1-578]|4[1-9]|5[1345]|6[1-9]|7[134579]|8[1-9]|9[1-9])([6-9]\\d{7})");

  private PhoneNumbers() {}

  /**
   * Reads a number: with the prefixes that people in Argentina (0, 15), Brazil (0 and a carrier),
   * and Mexico (01, 044, 045, 1) put before it, and with 00 for the plus sign.
   *
   * @param typed with or without a country code, with any punctuation
   * @param country ISO 3166 code to read it in when it has none
   * @return the number in E.164, with its plus sign; empty if it cannot be a phone number, or is
   *     one without its area code
   */
  public static Optional<String> toE164(String typed, String country) {
    Matcher abroad = ABROAD.matcher(typed);
    if (abroad.matches()) {
      Optional<String> number =
          parse('+' + abroad.group(1), country)
              .filter(LIBRARY::isValidNumber)
              .map(PhoneNumbers::format);
      if (number.isPresent()) {
        return number;
      }
    }
    return parse(ANY_CARRIER.matcher(typed).replaceFirst("0"), country)
        .map(PhoneNumbers::withoutDialledPrefix)
        .filter(PhoneNumbers::isWhole)
        .map(PhoneNumbers::format);
  }

  /** The number for people to read, with its country code: {@code +57 601 5550100}. */
  public static String toReadable(String e164) {
    try {
      return LIBRARY.format(LIBRARY.parse(e164, null), PhoneNumberFormat.INTERNATIONAL);
    } catch (NumberParseException e) {
      return e164;
    }
  }

  /**
   * One form for all forms of the same number; for matching only, not to be dialled or shown.
   *
   * <ul>
   *   <li>Argentina: without the 9 that marks mobiles and without their 15. The ten digits behind
   *       are given out once, to a mobile or to a landline, so the two never meet. Source: Plan
   *       Fundamental de Numeración Nacional (Resolución SC 46/1997, annex).
   *   <li>Brazil: with the ninth digit before the eight of a mobile (they begin with 6 to 9), in
   *       every area code since November 2016; landlines (2 to 5) keep their eight. Source: Anatel,
   *       Resolução 553/2010.
   *   <li>Mexico: without the 1 that marked mobiles until August 2019. Source: IFT, Plan Técnico
   *       Fundamental de Numeración 2018.
   * </ul>
   *
   * @param e164 with its plus sign
   * @return in E.164's form; what cannot be read comes back as it was
   */
  static String toMatchForm(String e164) {
    return parse(e164, null).map(PhoneNumbers::toMatchForm).orElse(e164);
  }

  private static String toMatchForm(PhoneNumber number) {
    String national = LIBRARY.getNationalSignificantNumber(withoutDialledPrefix(number));
    String same =
        switch (number.getCountryCode()) {
          case ARGENTINA ->
              national.length() > 10 && national.startsWith("9") ? national.substring(1) : national;
          case BRAZIL ->
              BRAZILIAN_MOBILE_OF_EIGHT.matcher(national).matches()
                  ? national.substring(0, 2) + '9' + national.substring(2)
                  : national;
          default -> national;
        };
    return "+" + number.getCountryCode() + same;
  }

  /** Takes away what the library leaves standing of prefixes that are only dialled. */
  private static PhoneNumber withoutDialledPrefix(PhoneNumber number) {
    String national = LIBRARY.getNationalSignificantNumber(number);
    Optional<String> rest =
        switch (number.getCountryCode()) {
          case ARGENTINA -> argentine(national);
          case BRAZIL -> behind(BRAZILIAN_CARRIER, national);
          case MEXICO -> behind(MEXICAN_PREFIX, national);
          default -> Optional.empty();
        };
    return rest.flatMap(n -> parse("+" + number.getCountryCode() + n, null)).orElse(number);
  }

  private static Optional<String> argentine(String national) {
    Optional<String> buenosAires =
        behind(MOBILE_OF_BUENOS_AIRES, national).map(local -> "911" + local);
    // With the 9 and the 15; the library takes the 15 for a 9 only where there is no 9 yet.
    return buenosAires.or(
        () ->
            national.length() == 13 && national.startsWith("9")
                ? Optional.of(national.substring(1))
                : Optional.empty());
  }

  private static Optional<String> behind(Pattern prefix, String national) {
    Matcher matcher = prefix.matcher(national);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Brazilian numbers without an area code are as long as its short service numbers. */
  private static boolean isWhole(PhoneNumber number) {
    return LIBRARY.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
        && (number.getCountryCode() != BRAZIL
            || LIBRARY.getNationalSignificantNumber(number).length() >= 10
            || LIBRARY.isValidNumber(number));
  }

  private static String format(PhoneNumber number) {
    return LIBRARY.format(number, PhoneNumberFormat.E164);
  }

  private static Optional<PhoneNumber> parse(String number, @Nullable String country) {
    try {
      return Optional.of(LIBRARY.parse(number, country));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}
