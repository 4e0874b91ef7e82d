package dev.hilo.inbox.match;

import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Jaro and Winkler's similarity of short texts (Winkler 1990), 0 to 1. */
final class Similarity {

  private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();

  private Similarity() {}

  static double of(String a, String b) {
    return a.equals(b) ? 1 : JARO_WINKLER.apply(a, b);
  }
}
