package dev.hilo.inbox.match;

/**
 * A word of a name with all that is compared of it.
 *
 * @param text plain lower case
 * @param spoken how it sounds, see {@link PhoneticKeys#spoken}
 * @param metaphone how it sounds in English
 * @param nicknames groups of given names that it is in
 * @param given how frequent it is among given names
 * @param family how frequent it is among family names
 * @param known whether many people are called so: then a similar name is another name, no slip
 * @param letters which letters are in it, a bit each
 */
record Word(
    String text,
    String spoken,
    String metaphone,
    int[] nicknames,
    float given,
    float family,
    boolean known,
    int letters) {

  static final int EQUAL = 4;
  static final int SIMILAR = 3;
  static final int ALIKE = 2;
  static final int FAINT = 1;
  static final int NONE = 0;

  /** How well two words agree, by the constants above. */
  static int grade(Word a, Word b) {
    if (a.text.equals(b.text)) {
      return EQUAL;
    }
    int shorter = Math.min(a.text.length(), b.text.length());
    if (shorter == 1) {
      return a.text.charAt(0) == b.text.charAt(0) ? FAINT : NONE;
    }
    if (a.sharesNickname(b)) {
      return ALIKE;
    }
    if (!a.spoken.equals(b.spoken) && haveFewLettersInCommon(a, b)) {
      return NONE;
    }
    double similarity = Similarity.of(a.text, b.text);
    boolean sexes = differInEnding(a.text, b.text);
    if (sexes) {
      return a.known && b.known ? NONE : FAINT;
    }
    boolean sound =
        a.spoken.equals(b.spoken) || (similarity >= 0.8 && a.metaphone.equals(b.metaphone));
    if (a.known && b.known) {
      if (sound) {
        return ALIKE;
      }
      return similarity >= 0.85 ? FAINT : NONE;
    }
    int distance = EditDistance.of(a.text, b.text, 2);
    if ((distance == 1 && shorter >= 3) || similarity >= 0.94) {
      return SIMILAR;
    }
    if (sound || similarity >= 0.88 || (distance == 2 && shorter >= 6)) {
      return ALIKE;
    }
    return similarity >= 0.78 || (distance == 2 && shorter >= 4) ? FAINT : NONE;
  }

  /** Whether half of the shorter one's letters are not in the other: then nothing else is alike. */
  private static boolean haveFewLettersInCommon(Word a, Word b) {
    int fewer = Math.min(Integer.bitCount(a.letters), Integer.bitCount(b.letters));
    return 2 * Integer.bitCount(a.letters & b.letters) < fewer;
  }

  /** The bits of {@link #letters}. */
  static int letters(String text) {
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      letters |= 1 << (text.charAt(i) & 31);
    }
    return letters;
  }

  /** Such as Mario and María, Luis and Luisa: brother and sister, not a slip. */
  private static boolean differInEnding(String a, String b) {
    return stem(a).equals(stem(b));
  }

  private static String stem(String word) {
    char last = word.charAt(word.length() - 1);
    return last == 'a' || last == 'o' || last == 'e' ? word.substring(0, word.length() - 1) : word;
  }

  private boolean sharesNickname(Word other) {
    for (int mine : nicknames) {
      for (int theirs : other.nicknames) {
        if (mine == theirs) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "Word[" + text.length() + "]";
  }
}
