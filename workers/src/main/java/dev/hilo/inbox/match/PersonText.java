package dev.hilo.inbox.match;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Text of people's records, made comparable: no accents, case, punctuation, particles, titles. */
final class PersonText {

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern APOSTROPHES = Pattern.compile("['’`´]");
  private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");
  private static final Pattern NOT_DIGITS = Pattern.compile("[^0-9]+");
  private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^0-9A-Z]+");
  private static final int LONGEST = 200;

  /** Small words in names, which people write or leave out. */
  private static final Set<String> PARTICLES =
      Set.of(
          "de", "del", "la", "las", "los", "el", "da", "das", "do", "dos", "di", "du", "e", "y",
          "van", "von", "der", "den");

  private static final Set<String> TITLES =
      Set.of(
          "sr", "sra", "srta", "don", "dona", "dr", "dra", "ing", "lic", "prof", "profa", "mr",
          "mrs", "ms", "miss", "senhor", "senhora");

  /** Kinds of streets and what stands around a number: says nothing of which street. */
  private static final Set<String> STREET_WORDS =
      Set.of(
          "calle",
          "cl",
          "c",
          "avenida",
          "av",
          "avda",
          "ave",
          "avenue",
          "rua",
          "r",
          "street",
          "st",
          "road",
          "rd",
          "drive",
          "dr",
          "place",
          "pl",
          "plaza",
          "pza",
          "praca",
          "travessa",
          "trav",
          "alameda",
          "pasaje",
          "psje",
          "paseo",
          "carrera",
          "cra",
          "kr",
          "cr",
          "camino",
          "carretera",
          "crescent",
          "cres",
          "court",
          "ct",
          "close",
          "lane",
          "ln",
          "way",
          "circuit",
          "cct",
          "boulevard",
          "blvd",
          "numero",
          "num",
          "no",
          "nro",
          "n",
          "depto",
          "dpto",
          "departamento",
          "apto",
          "ap",
          "apartamento",
          "apt",
          "unit",
          "flat",
          "piso",
          "casa",
          "de",
          "del",
          "la",
          "las",
          "los",
          "el",
          "da",
          "do",
          "das",
          "dos",
          "the",
          "of");

  private PersonText() {}

  /** Lower case letters and digits of ASCII, one space between words. */
  static String plain(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    if (isPlain(cut)) {
      return cut;
    }
    String lower =
        cut.toLowerCase(Locale.ROOT)
            .replace("ß", "ss")
            .replace("ø", "o")
            .replace("æ", "ae")
            .replace("ł", "l");
    String decomposed =
        MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD)).replaceAll("");
    String joined = APOSTROPHES.matcher(decomposed).replaceAll("");
    return OTHER.matcher(joined).replaceAll(" ").strip();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!word) {
        return false;
      }
    }
    return true;
  }

  /** The words of a name, at most six, without particles, unless nothing else is there. */
  static List<String> nameWords(String name) {
    List<String> all = words(plain(name));
    List<String> kept = new ArrayList<>(all.size());
    for (String word : all) {
      if (!PARTICLES.contains(word) && !TITLES.contains(word)) {
        kept.add(word);
      }
    }
    List<String> words = kept.isEmpty() ? all : kept;
    return words.size() > 6 ? List.copyOf(words.subList(0, 6)) : words;
  }

  /** The words of an address that say which street and house it is, at most eight. */
  static List<String> streetWords(String street) {
    List<String> kept = new ArrayList<>();
    for (String word : words(plain(street))) {
      if (!STREET_WORDS.contains(word) && kept.size() < 8) {
        kept.add(word);
      }
    }
    return kept;
  }

  private static List<String> words(String plain) {
    return plain.isEmpty() ? List.of() : List.of(plain.split(" ", -1));
  }

  static String digits(String text) {
    return NOT_DIGITS.matcher(text).replaceAll("");
  }

  /** A document's or postcode's number without punctuation. */
  static String number(String text) {
    return NOT_ALPHANUMERIC.matcher(text.toUpperCase(Locale.ROOT)).replaceAll("");
  }

  /**
   * A date as yyyymmdd.
   *
   * @return eight digits; of what is no date, its digits if there are six to eight, else nothing
   */
  static String date(String text) {
    String[] parts = text.strip().split("[^0-9]+", -1);
    if (parts.length >= 3 && parts[0].length() == 4) {
      return parts[0] + two(parts[1]) + two(parts[2].length() > 2 ? "" : parts[2]);
    }
    if (parts.length == 3 && parts[2].length() == 4) {
      return parts[2] + two(parts[1]) + two(parts[0]);
    }
    String digits = digits(text);
    return digits.length() >= 6 && digits.length() <= 9 ? digits : "";
  }

  private static String two(String part) {
    return part.length() == 1 ? "0" + part : part;
  }

  /** Lower case, without what stands after a plus sign. */
  static String email(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    int at = lower.lastIndexOf('@');
    int plus = lower.indexOf('+');
    return at > 0 && plus > 0 && plus < at ? lower.substring(0, plus) + lower.substring(at) : lower;
  }
}
