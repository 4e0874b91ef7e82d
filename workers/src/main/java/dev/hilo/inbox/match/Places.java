package dev.hilo.inbox.match;

import java.util.Optional;

/** Compares where people live. */
final class Places {

  private Places() {}

  /** Streets; both must have one. */
  static Agreement streets(Features.Address a, Features.Address b) {
    double words = common(a.words(), b.words());
    boolean bothNumbered = a.numbers().length > 0 && b.numbers().length > 0;
    boolean sameNumber = bothNumbered && anyEqual(a.numbers(), b.numbers());
    boolean noWords = a.words().length + b.words().length == 0;
    boolean unnumbered = a.numbers().length == 0 && b.numbers().length == 0;
    if (!noWords
        && allEqual(a.words(), b.words())
        && (unnumbered || allEqual(a.numbers(), b.numbers()))) {
      return Agreement.EQUAL;
    }
    if ((sameNumber && words >= 0.5)
        || (words == 1 && allEqual(a.numbers(), b.numbers()))
        || (words >= 0.7 && bothNumbered && anyClose(a.numbers(), b.numbers()))
        || (words >= 0.7 && unnumbered)) {
      return Agreement.SIMILAR;
    }
    if (words >= 0.5) {
      return Agreement.PART;
    }
    return sameNumber || words > 0 ? Agreement.FAINT : Agreement.DIFFERENT;
  }

  /** The share of the shorter one's letters that the other has in the same or a similar word. */
  private static double common(String[] a, String[] b) {
    String[] few = a.length <= b.length ? a : b;
    String[] many = few == a ? b : a;
    int letters = 0;
    int found = 0;
    int used = 0;
    for (String word : few) {
      letters += word.length();
      int best = -1;
      for (int j = 0; j < many.length; j++) {
        if ((used & (1 << j)) != 0) {
          continue;
        }
        if (many[j].equals(word)) {
          best = j;
          break;
        }
        if (best < 0 && alike(word, many[j])) {
          best = j;
        }
      }
      if (best >= 0) {
        used |= 1 << best;
        found += word.length();
      }
    }
    return letters == 0 ? 0 : (double) found / letters;
  }

  private static boolean alike(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    return shorter >= 4
        && (EditDistance.of(a, b, 1) <= 1
            || (shorter >= 7 && EditDistance.of(a, b, 2) <= 2)
            || a.startsWith(b)
            || b.startsWith(a));
  }

  private static boolean anyEqual(String[] a, String[] b) {
    for (String number : a) {
      for (String other : b) {
        if (number.equals(other)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean allEqual(String[] a, String[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (String number : a) {
      if (!anyEqual(new String[] {number}, b)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyClose(String[] a, String[] b) {
    for (String number : a) {
      for (String other : b) {
        if (Math.max(number.length(), other.length()) >= 2
            && EditDistance.of(number, other, 1) <= 1) {
          return true;
        }
      }
    }
    return false;
  }

  /** City and postcode together; empty if they have none of both in common to compare. */
  static Optional<Agreement> place(Features.Address a, Features.Address b) {
    boolean cities = !a.city().isEmpty() && !b.city().isEmpty();
    boolean postcodes = !a.postcode().isEmpty() && !b.postcode().isEmpty();
    if (!cities && !postcodes) {
      return Optional.empty();
    }
    boolean samePostcode = postcodes && a.postcode().equals(b.postcode());
    boolean sameCity = cities && a.city().equals(b.city());
    boolean similarCity =
        cities
            && !sameCity
            && Math.min(a.city().length(), b.city().length()) >= 4
            && EditDistance.of(a.city(), b.city(), 2) <= (a.city().length() >= 8 ? 2 : 1);
    boolean similarPostcode =
        postcodes
            && !samePostcode
            && Math.min(a.postcode().length(), b.postcode().length()) >= 4
            && EditDistance.of(a.postcode(), b.postcode(), 1) == 1;
    if (samePostcode && sameCity) {
      return Optional.of(Agreement.EQUAL);
    }
    if ((samePostcode && similarCity) || (similarPostcode && sameCity)) {
      return Optional.of(Agreement.SIMILAR);
    }
    if (samePostcode) {
      return Optional.of(Agreement.POSTCODE);
    }
    return Optional.of(sameCity || similarCity ? Agreement.CITY : Agreement.DIFFERENT);
  }

  /** How frequent what they agree on is; 0 if not remarkable. */
  static float frequency(Agreement agreement, Features.Address a) {
    return switch (agreement) {
      case EQUAL -> Math.min(a.cityFrequency(), a.postcodeFrequency());
      case POSTCODE -> a.postcodeFrequency();
      case CITY -> a.cityFrequency();
      default -> 0;
    };
  }
}
