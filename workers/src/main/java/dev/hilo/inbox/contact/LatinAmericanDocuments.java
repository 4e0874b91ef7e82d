package dev.hilo.inbox.contact;

import static dev.hilo.inbox.contact.CheckDigits.check;
import static dev.hilo.inbox.contact.CheckDigits.date;
import static dev.hilo.inbox.contact.CheckDigits.digits;
import static dev.hilo.inbox.contact.CheckDigits.form;
import static dev.hilo.inbox.contact.CheckDigits.length;
import static dev.hilo.inbox.contact.CheckDigits.notAllEqual;
import static dev.hilo.inbox.contact.CheckDigits.padded;
import static dev.hilo.inbox.contact.CheckDigits.part;
import static dev.hilo.inbox.contact.CheckDigits.sum;
import static dev.hilo.inbox.contact.CheckDigits.sumFromRight;
import static dev.hilo.inbox.contact.CheckDigits.withoutLeadingZeros;

import dev.hilo.inbox.contact.DocumentKind.Refusal;
import java.util.Set;

/** The rules of the documents of Latin America; {@link DocumentKind} has their sources. */
final class LatinAmericanDocuments {

  private static final Set<String> CUIT_TYPES =
      Set.of("20", "23", "24", "25", "26", "27", "30", "33", "34", "50", "51", "55");

  private static final Set<String> RUC_TYPES = Set.of("10", "15", "16", "17", "20");

  /** The states of Mexico by RENAPO's codes, and NE for those born abroad. */
  private static final Set<String> MEXICAN_STATES =
      Set.of(
          "AS", "BC", "BS", "CC", "CH", "CL", "CM", "CS", "DF", "DG", "GR", "GT", "HG", "JC", "MC",
          "MN", "MS", "NE", "NL", "NT", "OC", "PL", "QR", "QT", "SL", "SP", "SR", "TC", "TL", "TS",
          "VZ", "YN", "ZS");

  private static final String RFC_ALPHABET = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";
  private static final String CURP_ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

  private LatinAmericanDocuments() {}

  static String chileanRut(String number) throws Refusal {
    form(number, "[0-9]*[0-9K]", "digits, and a digit or K at the end");
    String all = withoutLeadingZeros(number);
    length(all, 7, 8, 9);
    String body = all.substring(0, all.length() - 1);
    int left = 11 - sumFromRight(body, 2, 3, 4, 5, 6, 7) % 11;
    check(left == 11 ? '0' : left == 10 ? 'K' : (char) ('0' + left), last(all));
    return body + '-' + last(all);
  }

  static String argentineCuit(String number) throws Refusal {
    digits(number, 11);
    part(
        CUIT_TYPES.contains(number.substring(0, 2)), "one of the types 20 to 27, 30 to 34, 50, 55");
    int left = 11 - sum(number, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
    // A number that would need a 10 is issued with another type (23, 24, 33, 34) instead.
    part(left != 10, "another type for that number");
    check(left % 11, last(number));
    return number;
  }

  static String argentineDni(String number) throws Refusal {
    digits(number, number.length());
    String bare = withoutLeadingZeros(number);
    length(bare, 6, 7, 8);
    notAllEqual(bare);
    return bare;
  }

  static String brazilianCpf(String number) throws Refusal {
    digits(number, 11);
    notAllEqual(number);
    check(moduloEleven(sum(number, 10, 9, 8, 7, 6, 5, 4, 3, 2)), number.charAt(9));
    check(moduloEleven(sum(number, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)), number.charAt(10));
    return number;
  }

  /** A letter counts as its ASCII code less 48, as a digit does. */
  static String brazilianCnpj(String number) throws Refusal {
    length(number, 14);
    form(number, "[0-9A-Z]{12}[0-9]{2}", "12 digits or letters, then 2 digits");
    notAllEqual(number);
    check(
        moduloEleven(sumFromRight(number.substring(0, 12), 2, 3, 4, 5, 6, 7, 8, 9)),
        number.charAt(12));
    check(
        moduloEleven(sumFromRight(number.substring(0, 13), 2, 3, 4, 5, 6, 7, 8, 9)),
        number.charAt(13));
    return number;
  }

  private static int moduloEleven(int sum) {
    int rest = sum % 11;
    return rest < 2 ? 0 : 11 - rest;
  }

  static String mexicanRfc(String number) throws Refusal {
    length(number, 12, 13);
    form(
        number,
        "[A-ZÑ&]{3,4}[0-9]{6}[0-9A-Z]{2}[0-9A]",
        "3 letters (a company) or 4 (a person), a date, 3 characters");
    int name = number.length() - 9;
    date(number.substring(name, name + 6), 1900, 2000);
    String padded = number.length() == 12 ? ' ' + number : number;
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += RFC_ALPHABET.indexOf(padded.charAt(i)) * (13 - i);
    }
    int left = (11 - sum % 11) % 11;
    check(left == 10 ? 'A' : (char) ('0' + left), last(number));
    return number;
  }

  static String mexicanCurp(String number) throws Refusal {
    length(number, 18);
    form(
        number,
        "[A-ZÑ]{4}[0-9]{6}[HMX][A-ZÑ]{5}[0-9A-Z][0-9]",
        "4 letters, a date, H, M or X, 5 letters, a digit or letter, a digit");
    // Who was born before 2000 has a digit there, later ones a letter.
    boolean before2000 = number.charAt(16) <= '9';
    date(number.substring(4, 10), before2000 ? 1900 : 2000);
    part(MEXICAN_STATES.contains(number.substring(11, 13)), "the code of a state, or NE");
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += CURP_ALPHABET.indexOf(number.charAt(i)) * (18 - i);
    }
    check((10 - sum % 10) % 10, last(number));
    return number;
  }

  static String colombianNit(String number) throws Refusal {
    digits(number, number.length());
    String all = withoutLeadingZeros(number);
    length(all, 6, 7, 8, 9, 10, 11);
    String body = all.substring(0, all.length() - 1);
    notAllEqual(body);
    int rest = sumFromRight(body, 3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71) % 11;
    check(rest < 2 ? rest : 11 - rest, last(all));
    return body + '-' + last(all);
  }

  /** Up to 8 digits, or 10 since the numbers go on behind one milliard; none has 9. */
  static String colombianCedula(String number) throws Refusal {
    digits(number, number.length());
    String bare = withoutLeadingZeros(number);
    length(bare, 4, 5, 6, 7, 8, 10);
    part(bare.length() < 10 || bare.startsWith("1"), "a 1 before the other nine digits");
    notAllEqual(bare);
    return bare;
  }

  static String peruvianRuc(String number) throws Refusal {
    digits(number, 11);
    part(RUC_TYPES.contains(number.substring(0, 2)), "one of the types 10, 15, 16, 17, 20");
    int left = 11 - sum(number, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
    check(left % 10, last(number));
    return number;
  }

  /** The check is a digit, or a letter on older cards; the number stands without it. */
  static String peruvianDni(String number) throws Refusal {
    length(number, 8, 9);
    form(number, "[0-9]{8}[0-9A-K]?", "8 digits, and a digit or letter that may be left out");
    notAllEqual(number.substring(0, 8));
    if (number.length() == 9) {
      int rest = sum(number, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
      String series = last(number) <= '9' ? "65432110987" : "KJIHGFEDCBA";
      check(series.charAt(rest), last(number));
    }
    return number.substring(0, 8);
  }

  static String uruguayanCi(String number) throws Refusal {
    digits(number, 7, 8);
    String padded = padded(number, 8);
    notAllEqual(padded.substring(0, 7));
    check((10 - sum(padded, 2, 9, 8, 7, 6, 3, 4) % 10) % 10, last(padded));
    return padded;
  }

  static String ecuadorianCi(String number) throws Refusal {
    digits(number, 10);
    province(number);
    part(number.charAt(2) < '6', "a third digit from 0 to 5");
    check(CheckDigits.luhn(number.substring(0, 9)), last(number));
    return number;
  }

  static String ecuadorianRuc(String number) throws Refusal {
    digits(number, 13);
    province(number);
    switch (number.charAt(2)) {
      case '6' -> {
        part(!number.endsWith("0000"), "the number of an establishment, 0001 or above");
        check(modulo11OfEcuador(sum(number, 3, 2, 7, 6, 5, 4, 3, 2)), number.charAt(8));
      }
      case '9' -> {
        part(!number.endsWith("000"), "the number of an establishment, 001 or above");
        check(modulo11OfEcuador(sum(number, 4, 3, 2, 7, 6, 5, 4, 3, 2)), number.charAt(9));
      }
      default -> {
        part(!number.endsWith("000"), "the number of an establishment, 001 or above");
        ecuadorianCi(number.substring(0, 10));
      }
    }
    return number;
  }

  private static int modulo11OfEcuador(int sum) throws Refusal {
    int left = (11 - sum % 11) % 11;
    part(left != 10, "a number that has a check digit");
    return left;
  }

  /** 01 to 24, and 30 for those registered abroad. */
  private static void province(String number) throws Refusal {
    int province = Integer.parseInt(number, 0, 2, 10);
    part((province >= 1 && province <= 24) || province == 30, "a province, 01 to 24 or 30");
  }

  private static char last(String number) {
    return number.charAt(number.length() - 1);
  }
}
