package dev.hilo.inbox.contact;

import dev.hilo.inbox.contact.DocumentKind.Refusal;
import dev.hilo.inbox.contact.IdentityDocument.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the rules of all documents are made of. Characters are ASCII digits and capitals. */
final class CheckDigits {

  private CheckDigits() {}

  /** The sum of the digits times their weights, from the left. */
  static int sum(String digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += (digits.charAt(i) - '0') * weights[i];
    }
    return sum;
  }

  /** The same from the right, the weights beginning anew when they are used up. */
  static int sumFromRight(String digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      sum += (digits.charAt(digits.length() - 1 - i) - '0') * weights[i % weights.length];
    }
    return sum;
  }

  /** The check digit of Luhn's algorithm (ISO/IEC 7812-1, annex B) for digits that lack it. */
  static int luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int twice = (digits.charAt(i) - '0') * ((digits.length() - i) % 2 == 0 ? 1 : 2);
      sum += twice > 9 ? twice - 9 : twice;
    }
    return (10 - sum % 10) % 10;
  }

  /** Refuses what has other characters than digits, or another number of them. */
  static void digits(String number, int... lengths) throws Refusal {
    if (!number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Refusal(Problem.FORM, "a character that is no digit, expected digits only");
    }
    length(number, lengths);
  }

  static void length(String number, int... lengths) throws Refusal {
    if (IntStream.of(lengths).noneMatch(length -> length == number.length())) {
      throw new Refusal(
          Problem.LENGTH,
          "%d characters, expected %s"
              .formatted(
                  number.length(),
                  Arrays.stream(lengths)
                      .mapToObj(String::valueOf)
                      .collect(Collectors.joining(" or "))));
    }
  }

  static void form(String number, String pattern, String expected) throws Refusal {
    if (!number.matches(pattern)) {
      throw new Refusal(Problem.FORM, "a character where it cannot stand, expected " + expected);
    }
  }

  static void part(boolean sound, String expected) throws Refusal {
    if (!sound) {
      throw new Refusal(Problem.PART, "a part that does not exist, expected " + expected);
    }
  }

  static void check(int expected, char is) throws Refusal {
    check((char) ('0' + expected), is);
  }

  static void check(char expected, char is) throws Refusal {
    if (expected != is) {
      throw new Refusal(Problem.CHECK_DIGIT, "check digit %s, expected %s".formatted(is, expected));
    }
  }

  /** Refuses one digit again and again: it passes some rules, and is typed to have peace. */
  static void notAllEqual(String number) throws Refusal {
    if (number.chars().distinct().count() == 1) {
      throw new Refusal(
          Problem.PLACEHOLDER, "the same digit throughout, expected one's own number");
    }
  }

  /** Refuses what is no day. The two digits of the year are of the century that is given. */
  static void date(String yearMonthDay, int... centuries) throws Refusal {
    int year = Integer.parseInt(yearMonthDay, 0, 2, 10);
    int month = Integer.parseInt(yearMonthDay, 2, 4, 10);
    int day = Integer.parseInt(yearMonthDay, 4, 6, 10);
    for (int century : centuries) {
      try {
        LocalDate.of(century + year, month, day);
        return;
      } catch (DateTimeException e) {
        // Another century may have that 29 February.
      }
    }
    throw new Refusal(Problem.PART, "a date that is none, expected year, month and day");
  }

  static String withoutLeadingZeros(String digits) {
    String rest = digits.replaceFirst("^0+", "");
    return rest.isEmpty() ? "0" : rest;
  }

  static String padded(String digits, int length) {
    return "0".repeat(Math.max(0, length - digits.length())) + digits;
  }
}
