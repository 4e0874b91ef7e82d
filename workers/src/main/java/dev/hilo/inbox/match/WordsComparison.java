package dev.hilo.inbox.match;

/** Compares names word by word, in any order. One instance for many pairs, by one thread. */
final class WordsComparison {

  private static final double LOG_2 = Math.log(2);

  /** The share of a name that is not among the frequent ones, by and large. */
  private static final double RARE = 2e-5;

  private Agreement agreement = Agreement.DIFFERENT;
  private boolean compared;
  private String joinedA = "";
  private String joinedB = "";
  private double givenFrequency;
  private double familyFrequency;
  private double product;
  private int matched;

  /** Of two names' words; twelve are the most of given and family names together. */
  private final int[][] grades = new int[12][12];

  void clear() {
    compared = false;
  }

  boolean compared() {
    return compared;
  }

  Agreement agreement() {
    return agreement;
  }

  double similarity() {
    return Similarity.of(joinedA, joinedB);
  }

  /**
   * log2 of the share of the most telling word agreed on, among given or family names.
   *
   * @return NaN if no word agrees
   */
  double frequency(boolean given) {
    return matched == 0 ? Double.NaN : Math.log(given ? givenFrequency : familyFrequency) / LOG_2;
  }

  /** log2 of the share of people who have all these words in their name; NaN if none agrees. */
  double productFrequency() {
    return matched == 0 ? Double.NaN : product;
  }

  /** Compares; both must have a word. */
  Agreement compare(Word[] a, Word[] b) {
    compared = true;
    matched = 0;
    product = 0;
    givenFrequency = 1;
    familyFrequency = 1;
    agreement = a.length == 1 && b.length == 1 ? one(a[0], b[0]) : several(a, b);
    return agreement;
  }

  private Agreement one(Word a, Word b) {
    int grade = Word.grade(a, b);
    joinedA = a.text();
    joinedB = b.text();
    note(grade, a, b);
    return switch (grade) {
      case Word.EQUAL -> Agreement.EQUAL;
      case Word.SIMILAR -> Agreement.SIMILAR;
      case Word.ALIKE -> Agreement.ALIKE;
      case Word.FAINT -> Agreement.FAINT;
      default -> Agreement.DIFFERENT;
    };
  }

  private Agreement several(Word[] a, Word[] b) {
    Word[] few = a.length <= b.length ? a : b;
    Word[] many = few == a ? b : a;
    int used = 0;
    int taken = 0;
    int[] counts = new int[5];
    int best = Word.NONE;
    for (int i = 0; i < few.length; i++) {
      for (int j = 0; j < many.length; j++) {
        grades[i][j] = Word.grade(few[i], many[j]);
        best = Math.max(best, grades[i][j]);
      }
    }
    // The best agreements first, so that an equal word is not given to a similar one.
    for (int grade = best; grade >= Word.FAINT; grade--) {
      for (int i = 0; i < few.length; i++) {
        if ((taken & (1 << i)) != 0) {
          continue;
        }
        for (int j = 0; j < many.length; j++) {
          if ((used & (1 << j)) == 0 && grades[i][j] == grade) {
            used |= 1 << j;
            taken |= 1 << i;
            counts[grade]++;
            note(grade, few[i], many[j]);
            break;
          }
        }
      }
    }
    joinedA = joined(a);
    joinedB = joined(b);
    if (joinedA.equals(joinedB)) {
      note(Word.EQUAL, a[0], a[0]);
      return Agreement.EQUAL;
    }
    boolean sameNumber = few.length == many.length;
    int equal = counts[Word.EQUAL];
    int similar = equal + counts[Word.SIMILAR];
    int good = similar + counts[Word.ALIKE];
    int any = good + counts[Word.FAINT];
    if (sameNumber && equal == few.length) {
      joinedB = joinedA;
      return Agreement.EQUAL;
    }
    // A word torn in two, or two run together, with a slip.
    boolean slip = joinedA.length() >= 5 && EditDistance.of(joinedA, joinedB, 1) == 1;
    if ((sameNumber && similar == few.length) || (slip && !sameNumber)) {
      return Agreement.SIMILAR;
    }
    if (!sameNumber && similar == few.length && few.length > 0) {
      return longest(few) > 1 ? Agreement.PART : Agreement.FAINT;
    }
    if (good == few.length || (any == few.length && equal > 0 && shortened(few, many))) {
      return Agreement.ALIKE;
    }
    if (good > 0 || any == few.length || similarity() >= 0.88) {
      return Agreement.FAINT;
    }
    return Agreement.DIFFERENT;
  }

  /** Whether every word without an equal one is there as an initial. */
  private static boolean shortened(Word[] few, Word[] many) {
    for (Word word : few) {
      boolean found = false;
      for (Word other : many) {
        boolean initial =
            (word.text().length() == 1 || other.text().length() == 1)
                && word.text().charAt(0) == other.text().charAt(0);
        found |= initial || word.text().equals(other.text());
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static int longest(Word[] words) {
    int longest = 0;
    for (Word word : words) {
      longest = Math.max(longest, word.text().length());
    }
    return longest;
  }

  private void note(int grade, Word a, Word b) {
    if (grade < Word.ALIKE) {
      return;
    }
    matched++;
    // Of two spellings the commoner one says how surprising it is.
    double given = Math.max(RARE, Math.max(a.given(), b.given()));
    double family = Math.max(RARE, Math.max(a.family(), b.family()));
    givenFrequency = Math.min(givenFrequency, given);
    familyFrequency = Math.min(familyFrequency, family);
    product += Math.log(Math.max(given, family)) / LOG_2;
  }

  private static String joined(Word[] words) {
    if (words.length == 1) {
      return words[0].text();
    }
    StringBuilder out = new StringBuilder();
    for (Word word : words) {
      out.append(word.text());
    }
    return out.toString();
  }
}
