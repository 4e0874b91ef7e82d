package dev.hilo.inbox.match;

import org.apache.commons.codec.language.DoubleMetaphone;

/**
 * How names sound. Spanish and Portuguese are written nearly as they are spoken, so a few rules of
 * spelling do; for English it is Double Metaphone (Philips 2000). Beider-Morse, which knows these
 * languages too, gives dozens of keys for a name: too many to find candidates by.
 */
final class PhoneticKeys {

  private static final DoubleMetaphone METAPHONE = new DoubleMetaphone();

  private PhoneticKeys() {}

  /**
   * A word with its vowels, spelled by its sound in Spanish and Portuguese: b for b and v; s for s,
   * z and soft c; y for ll; j for soft g; no h.
   *
   * @param word plain lower case
   */
  static String spoken(String word) {
    StringBuilder out = new StringBuilder(word.length());
    int n = word.length();
    for (int i = 0; i < n; i++) {
      char c = word.charAt(i);
      char next = i + 1 < n ? word.charAt(i + 1) : ' ';
      boolean soft = next == 'e' || next == 'i' || next == 'y';
      switch (c) {
        case 'h' -> {}
        case 'v', 'w' -> append(out, 'b');
        case 'z' -> append(out, 's');
        case 'x' -> append(out, out.isEmpty() ? 'j' : 's');
        case 'c' -> {
          if (next == 'h') {
            append(out, 'x');
            i++;
          } else {
            append(out, soft ? 's' : 'k');
          }
        }
        case 'q' -> {
          append(out, 'k');
          i += next == 'u' ? 1 : 0;
        }
        case 'g' -> {
          append(out, soft ? 'j' : 'g');
          char after = i + 2 < n ? word.charAt(i + 2) : ' ';
          i += next == 'u' && (after == 'e' || after == 'i') ? 1 : 0;
        }
        case 'l' -> {
          boolean lateral = next == 'l' || (next == 'h' && i + 2 < n);
          append(out, lateral ? 'y' : 'l');
          i += lateral ? 1 : 0;
        }
        case 'n' -> {
          append(out, 'n');
          i += next == 'h' ? 1 : 0;
        }
        case 'p' -> {
          append(out, next == 'h' ? 'f' : 'p');
          i += next == 'h' ? 1 : 0;
        }
        case 't' -> {
          append(out, 't');
          i += next == 'h' ? 1 : 0;
        }
        case 'y' -> append(out, isVowel(next) ? 'y' : 'i');
        case 'm' -> append(out, i == n - 1 ? 'n' : 'm');
        default -> append(out, c);
      }
    }
    return out.toString();
  }

  private static void append(StringBuilder out, char c) {
    if (out.isEmpty() || out.charAt(out.length() - 1) != c) {
      out.append(c);
    }
  }

  /** The first letter and the consonants after it of {@link #spoken}, at most five: for blocks. */
  static String skeleton(String spoken) {
    if (spoken.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder(5);
    out.append(isVowel(spoken.charAt(0)) ? 'a' : spoken.charAt(0));
    for (int i = 1; i < spoken.length() && out.length() < 5; i++) {
      char c = spoken.charAt(i);
      if (!isVowel(c) && c != out.charAt(out.length() - 1)) {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** The key of an English word. */
  static String metaphone(String word) {
    String key = METAPHONE.doubleMetaphone(word);
    return key == null ? "" : key;
  }

  private static boolean isVowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
  }
}
