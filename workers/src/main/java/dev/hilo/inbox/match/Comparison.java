package dev.hilo.inbox.match;

import java.util.List;

/**
 * How two records agree, field by field. One instance is used for many pairs, one after the other,
 * by one thread.
 */
final class Comparison {

  static final int MISSING = -1;
  private static final int FIELDS = Field.values().length;

  private final int[] levels = new int[FIELDS];
  private final double[] similarities = new double[FIELDS];
  private final boolean[] proven = new boolean[FIELDS];

  /** log2 of the frequency of the value agreed on; NaN if it is not known to be frequent. */
  private final double[] frequencies = new double[FIELDS];

  private final WordsComparison givenWords = new WordsComparison();
  private final WordsComparison familyWords = new WordsComparison();
  private final WordsComparison crossed = new WordsComparison();
  private final WordsComparison crossedBack = new WordsComparison();
  private boolean conflictingDocument;
  private boolean conflictingExternalId;

  private final boolean explaining;

  private Comparison(boolean explaining) {
    this.explaining = explaining;
  }

  /** Of many pairs, for levels alone. */
  static Comparison ofMany() {
    return new Comparison(false);
  }

  /** With similarities, to be explained. */
  static Comparison explaining() {
    return new Comparison(true);
  }

  /** The place in {@link Field#levels}, or {@link #MISSING}. */
  int level(Field field) {
    return levels[field.index()];
  }

  double similarity(Field field) {
    return similarities[field.index()];
  }

  boolean proven(Field field) {
    return proven[field.index()];
  }

  double frequency(Field field) {
    return frequencies[field.index()];
  }

  boolean conflictingDocument() {
    return conflictingDocument;
  }

  boolean conflictingExternalId() {
    return conflictingExternalId;
  }

  void compare(Features a, Features b) {
    for (int i = 0; i < FIELDS; i++) {
      levels[i] = MISSING;
    }
    names(a.names(), b.names());
    documents(a.documents(), b.documents());
    birthDates(a.birthDates(), b.birthDates());
    phones(a.phones(), b.phones());
    emails(a, b);
    addresses(a.addresses(), b.addresses());
    conflictingExternalId = conflicting(a.externalIds(), b.externalIds());
  }

  /** Takes levels and frequencies that were noted down of an earlier comparison. */
  void restore(byte[] noted, float[] notedFrequencies, int from) {
    for (int i = 0; i < FIELDS; i++) {
      levels[i] = noted[from + i];
      frequencies[i] = notedFrequencies[from + i];
    }
  }

  /** Keeps the best of several values; of equally good ones, those that are proven. */
  private void offer(
      Field field, int level, double similarity, double frequency, boolean bothProven) {
    int at = field.index();
    if (levels[at] == MISSING
        || level < levels[at]
        || (level == levels[at] && bothProven && !proven[at])) {
      levels[at] = level;
      similarities[at] = similarity;
      frequencies[at] = frequency;
      proven[at] = bothProven;
    }
  }

  private void offer(
      Field field, Agreement agreement, double similarity, double frequency, boolean bothProven) {
    offer(field, field.levels().indexOf(agreement), similarity, frequency, bothProven);
  }

  // Names: the pair of names that agrees best as a whole.

  private void names(List<Features.Name> all, List<Features.Name> others) {
    int best = Integer.MAX_VALUE;
    for (Features.Name a : all) {
      for (Features.Name b : others) {
        if (a.inParts() && b.inParts()) {
          best = parts(a, b, best);
        } else {
          best = whole(a, b, best);
        }
      }
    }
  }

  private int parts(Features.Name a, Features.Name b, int best) {
    int straightGiven = compareOrMissing(givenWords, a.given(), b.given());
    int straightFamily = compareOrMissing(familyWords, a.family(), b.family());
    int badness = badness(straightGiven) + badness(straightFamily);
    boolean swapped = false;
    if (straightGiven > 1 || straightFamily > 1) {
      int one = compareOrMissing(crossed, a.given(), b.family());
      int two = compareOrMissing(crossedBack, a.family(), b.given());
      // At least one must really agree, and both together more than straight.
      boolean good = (one >= 0 && one <= 3) || (two >= 0 && two <= 3);
      int crossBadness = badness(one) + badness(two) + 1;
      if (good && crossBadness < badness) {
        swapped = true;
        badness = crossBadness;
      }
    }
    if (badness >= best) {
      return best;
    }
    clearNames();
    boolean both = a.proven() && b.proven();
    if (swapped) {
      // Each of a crossing belongs to the given name of one side.
      swapped(Field.GIVEN_NAME, crossed, both);
      swapped(Field.FAMILY_NAME, crossedBack, both);
    } else {
      set(Field.GIVEN_NAME, givenWords, straightGiven, both, true);
      set(Field.FAMILY_NAME, familyWords, straightFamily, both, false);
    }
    return badness;
  }

  private int whole(Features.Name a, Features.Name b, int best) {
    Agreement agreement = givenWords.compare(a.full(), b.full());
    // What may be what a whole family is called does not tell who of it this is.
    if (agreement.compareTo(Agreement.FAINT) < 0
        && (isHalf(a) || isHalf(b) || isOneOfSeveral(a.full(), b.full()))) {
      agreement = Agreement.FAINT;
    }
    int level = Field.FULL_NAME.levels().indexOf(agreement);
    if (level * 2 >= best) {
      return best;
    }
    clearNames();
    offer(
        Field.FULL_NAME,
        level,
        similarity(givenWords),
        givenWords.productFrequency(),
        a.proven() && b.proven());
    return level * 2;
  }

  /** Whether only given or only family names are there, and it is known which. */
  private static boolean isHalf(Features.Name name) {
    return name.inParts() && (name.given().length == 0 || name.family().length == 0);
  }

  private static boolean isOneOfSeveral(Word[] a, Word[] b) {
    return a.length != b.length && Math.min(a.length, b.length) == 1;
  }

  private void clearNames() {
    levels[Field.GIVEN_NAME.index()] = MISSING;
    levels[Field.FAMILY_NAME.index()] = MISSING;
    levels[Field.FULL_NAME.index()] = MISSING;
  }

  private static int badness(int level) {
    return level == MISSING ? 3 : level;
  }

  private static int compareOrMissing(WordsComparison words, Word[] a, Word[] b) {
    words.clear();
    return a.length == 0 || b.length == 0
        ? MISSING
        : Field.GIVEN_NAME.levels().indexOf(words.compare(a, b));
  }

  private void swapped(Field field, WordsComparison words, boolean both) {
    if (!words.compared()) {
      return;
    }
    boolean agrees = words.agreement().compareTo(Agreement.ALIKE) <= 0;
    offer(
        field,
        agrees ? Agreement.SWAPPED : Agreement.DIFFERENT,
        similarity(words),
        Math.max(words.frequency(true), words.frequency(false)),
        both);
  }

  private void set(Field field, WordsComparison words, int level, boolean both, boolean given) {
    if (level != MISSING) {
      offer(field, level, similarity(words), words.frequency(given), both);
    }
  }

  // The other fields.

  private void documents(List<Features.Document> all, List<Features.Document> others) {
    boolean conflict = false;
    boolean same = false;
    for (Features.Document a : all) {
      for (Features.Document b : others) {
        if (!a.comparable(b)) {
          continue;
        }
        conflict |= a.conflicts(b);
        int distance = EditDistance.of(a.number(), b.number(), 2);
        same |= distance == 0;
        boolean both = a.proven() && b.proven();
        int length = Math.max(a.number().length(), b.number().length());
        Agreement agreement =
            switch (distance) {
              case 0 -> Agreement.EQUAL;
              case 1 -> length >= 5 ? Agreement.TYPO : Agreement.DIFFERENT;
              case 2 -> length >= 6 ? Agreement.NEAR : Agreement.DIFFERENT;
              default -> Agreement.DIFFERENT;
            };
        offer(
            Field.DOCUMENT,
            agreement,
            1 - (double) distance / Math.max(length, 1),
            frequency(a.frequency()),
            both);
      }
    }
    // One document of a kind in common outweighs an older one that differs.
    conflictingDocument = conflict && !same;
  }

  private void birthDates(List<Features.Term> all, List<Features.Term> others) {
    for (Features.Term a : all) {
      for (Features.Term b : others) {
        offer(
            Field.BIRTH_DATE,
            dates(a.text(), b.text()),
            similarity(a.text(), b.text()),
            frequency(a.frequency()),
            a.proven() && b.proven());
      }
    }
  }

  private static Agreement dates(String a, String b) {
    if (a.equals(b)) {
      return Agreement.EQUAL;
    }
    if (a.length() == 8 && b.length() == 8) {
      boolean year = a.regionMatches(0, b, 0, 4);
      boolean month = a.regionMatches(4, b, 4, 2);
      boolean day = a.regionMatches(6, b, 6, 2);
      if (year && a.regionMatches(4, b, 6, 2) && a.regionMatches(6, b, 4, 2)) {
        return Agreement.SWAPPED;
      }
      if (EditDistance.of(a, b, 1) == 1) {
        return Agreement.TYPO;
      }
      if ((year && month) || (year && day) || (month && day)) {
        return Agreement.NEAR;
      }
      return EditDistance.of(a, b, 2) == 2 ? Agreement.NEAR : Agreement.DIFFERENT;
    }
    return switch (EditDistance.of(a, b, 2)) {
      case 1 -> Agreement.TYPO;
      case 2 -> Agreement.NEAR;
      default -> Agreement.DIFFERENT;
    };
  }

  private void phones(List<Features.Term> all, List<Features.Term> others) {
    for (Features.Term a : all) {
      for (Features.Term b : others) {
        offer(
            Field.PHONE,
            phones(a.text(), b.text()),
            similarity(a.text(), b.text()),
            frequency(a.frequency()),
            a.proven() && b.proven());
      }
    }
  }

  private static Agreement phones(String a, String b) {
    if (a.equals(b)) {
      return Agreement.EQUAL;
    }
    String endA = a.substring(Math.max(0, a.length() - 8));
    String endB = b.substring(Math.max(0, b.length() - 8));
    if (endA.length() < 6 || endB.length() < 6) {
      return Agreement.DIFFERENT;
    }
    if (endA.endsWith(endB) || endB.endsWith(endA)) {
      return Agreement.ENDING;
    }
    return EditDistance.of(a, b, 1) == 1 || EditDistance.of(endA, endB, 1) == 1
        ? Agreement.TYPO
        : Agreement.DIFFERENT;
  }

  private void emails(Features one, Features other) {
    for (Features.Term a : one.emails()) {
      for (Features.Term b : other.emails()) {
        Agreement agreement = emails(a.text(), b.text());
        if (agreement == Agreement.LOCAL_PART && isMadeOfName(localPart(a.text()), one.names())) {
          // Everybody called so would choose it: says no more than the name, for or against.
          continue;
        }
        offer(
            Field.EMAIL,
            agreement,
            similarity(a.text(), b.text()),
            frequency(a.frequency()),
            a.proven() && b.proven());
      }
    }
  }

  private static Agreement emails(String a, String b) {
    if (a.equals(b)) {
      return Agreement.EQUAL;
    }
    String localA = localPart(a);
    String localB = localPart(b);
    if (localA.equals(localB)) {
      return localA.length() >= 4 ? Agreement.LOCAL_PART : Agreement.DIFFERENT;
    }
    int shorter = Math.min(localA.length(), localB.length());
    return shorter >= 5 && EditDistance.of(a, b, 2) <= 2 ? Agreement.SIMILAR : Agreement.DIFFERENT;
  }

  /** Whether a name is in it and fewer than three digits that could tell namesakes apart. */
  private static boolean isMadeOfName(String localPart, List<Features.Name> names) {
    if (localPart.chars().filter(Character::isDigit).count() >= 3) {
      return false;
    }
    for (Features.Name name : names) {
      for (Word word : name.full()) {
        if (word.text().length() >= 3 && localPart.contains(word.text())) {
          return true;
        }
      }
    }
    return false;
  }

  static String localPart(String email) {
    int at = email.lastIndexOf('@');
    return at < 0 ? email : email.substring(0, at);
  }

  private void addresses(List<Features.Address> all, List<Features.Address> others) {
    for (Features.Address a : all) {
      for (Features.Address b : others) {
        boolean both = a.proven() && b.proven();
        if (a.hasStreet() && b.hasStreet()) {
          offer(Field.STREET, Places.streets(a, b), Double.NaN, Double.NaN, both);
        }
        Places.place(a, b)
            .ifPresent(
                agreement ->
                    offer(
                        Field.PLACE,
                        agreement,
                        similarity(a.city(), b.city()),
                        frequency(Places.frequency(agreement, a)),
                        both));
        if (!a.country().isEmpty() && !b.country().isEmpty()) {
          boolean equal = a.country().equals(b.country());
          offer(
              Field.COUNTRY,
              equal ? Agreement.EQUAL : Agreement.DIFFERENT,
              equal ? 1 : 0,
              Double.NaN,
              both);
        }
      }
    }
  }

  private static boolean conflicting(List<Person.ExternalId> all, List<Person.ExternalId> others) {
    for (Person.ExternalId a : all) {
      boolean known = false;
      boolean same = false;
      for (Person.ExternalId b : others) {
        if (a.realm().equals(b.realm())) {
          known = true;
          same |= a.id().equals(b.id());
        }
      }
      if (known && !same) {
        return true;
      }
    }
    return false;
  }

  private double similarity(WordsComparison words) {
    return explaining ? words.similarity() : Double.NaN;
  }

  private double similarity(String a, String b) {
    return explaining ? Similarity.of(a, b) : Double.NaN;
  }

  private static double frequency(float share) {
    return share > 0 ? Math.log(share) / Math.log(2) : Double.NaN;
  }
}
