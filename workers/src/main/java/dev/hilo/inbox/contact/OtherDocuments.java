package dev.hilo.inbox.contact;

import static dev.hilo.inbox.contact.CheckDigits.check;
import static dev.hilo.inbox.contact.CheckDigits.digits;
import static dev.hilo.inbox.contact.CheckDigits.form;
import static dev.hilo.inbox.contact.CheckDigits.length;
import static dev.hilo.inbox.contact.CheckDigits.notAllEqual;
import static dev.hilo.inbox.contact.CheckDigits.padded;
import static dev.hilo.inbox.contact.CheckDigits.part;
import static dev.hilo.inbox.contact.CheckDigits.sum;

import dev.hilo.inbox.contact.DocumentKind.Refusal;

/**
 * The rules of the documents of Spain, Portugal and the United States; {@link DocumentKind} has
 * their sources.
 */
final class OtherDocuments {

  private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String ENTITY_LETTERS = "JABCDEFGHI";

  private OtherDocuments() {}

  static String spanishNif(String number) throws Refusal {
    if (number.matches("[0-9]{1,8}[A-Z]")) {
      String padded = padded(number, 9);
      String body = padded.substring(0, 8);
      notAllEqual(body);
      check(dniLetter(body), padded.charAt(8));
      return padded;
    }
    length(number, 9);
    form(number, "[A-Z][0-9]{7}[0-9A-Z]", "8 digits or a letter and 7 digits, then the check");
    char type = number.charAt(0);
    String body = number.substring(1, 8);
    char last = number.charAt(8);
    if (type >= 'X') {
      // Foreigners (NIE): the letter counts as 0, 1 or 2.
      check(dniLetter((type - 'X') + body), last);
      return number;
    }
    if (type == 'K' || type == 'L' || type == 'M') {
      // People who have no DNI: minors, residents abroad, foreigners without a NIE.
      check(dniLetter(body), last);
      return number;
    }
    part("ABCDEFGHJNPQRSUVW".indexOf(type) >= 0, "a first letter that stands for a kind of entity");
    int digit = CheckDigits.luhn(body);
    char letter = ENTITY_LETTERS.charAt(digit);
    check(last <= '9' ? (char) ('0' + digit) : letter, last);
    // Both ways to write the check were in use for one number; this is the one of its kind.
    boolean hasLetter = "NPQRSW".indexOf(type) >= 0;
    return number.substring(0, 8) + (hasLetter ? letter : (char) ('0' + digit));
  }

  private static char dniLetter(String digits) {
    return DNI_LETTERS.charAt(Integer.parseInt(digits) % 23);
  }

  static String portugueseNif(String number) throws Refusal {
    digits(number, 9);
    part(
        number.matches("(?:[1235689]|45|7[0-24-57-9]).*"),
        "a first digit that stands for a kind of taxpayer");
    int left = 11 - sum(number, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    check(left > 9 ? 0 : left, number.charAt(8));
    return number;
  }

  static String socialSecurityNumber(String number) throws Refusal {
    digits(number, 9);
    part(
        !number.startsWith("000") && !number.startsWith("666") && !number.startsWith("9"),
        "an area from 001 to 899 that is not 666");
    part(!number.startsWith("00", 3), "a group from 01 to 99");
    part(!number.endsWith("0000"), "a serial number from 0001 to 9999");
    notAllEqual(number);
    return number;
  }
}
