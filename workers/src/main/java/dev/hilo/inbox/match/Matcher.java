package dev.hilo.inbox.match;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Says how probable it is that two records are of one person, and why. Values that one side lacks
 * say nothing. May be used by many threads.
 */
public final class Matcher {

  private static final double LOG_2 = Math.log(2);
  private static final double CLAIMS_ASIDE = 0.95;

  private final Weights weights;
  private final Preparation preparation;

  public Matcher(MatchModel model) {
    this.weights = new Weights(model);
    this.preparation = Preparation.ofFew(model);
  }

  /** Compares two records; which one comes first does not matter. */
  public Score compare(Person first, Person second) {
    Comparison pair = Comparison.explaining();
    pair.compare(preparation.prepare(first), preparation.prepare(second));
    return score(pair);
  }

  /** Compares one record with several, in their order. */
  public List<Score> compare(Person one, List<Person> others) {
    Features features = preparation.prepare(one);
    Comparison pair = Comparison.explaining();
    List<Score> scores = new ArrayList<>(others.size());
    for (Person other : others) {
      pair.compare(features, preparation.prepare(other));
      scores.add(score(pair));
    }
    return scores;
  }

  Score score(Comparison pair) {
    double[] kinds = new double[3];
    weights.probabilities(pair, 0, kinds);
    List<Evidence> evidence = new ArrayList<>();
    int claims = 0;
    for (Field field : Field.values()) {
      int level = pair.level(field);
      if (level == Comparison.MISSING) {
        continue;
      }
      double weight = weights.of(pair, field);
      evidence.add(
          new Evidence(
              field,
              field.levels().get(level),
              weight,
              pair.similarity(field),
              pair.proven(field)));
      if (weight > 0 && !pair.proven(field)) {
        claims |= 1 << field.index();
      }
    }
    double odds = kinds[0] / Math.max(kinds[1] + kinds[2], 1e-300);
    return new Score(
        kinds[0],
        Math.log(Math.max(odds, 1e-300)) / LOG_2,
        kinds[1],
        evidence,
        objections(pair, evidence, claims));
  }

  private Set<Objection> objections(Comparison pair, List<Evidence> evidence, int claims) {
    EnumSet<Objection> objections = EnumSet.noneOf(Objection.class);
    if (pair.conflictingDocument()) {
      objections.add(Objection.CONFLICTING_DOCUMENT);
    }
    if (pair.conflictingExternalId()) {
      objections.add(Objection.CONFLICTING_EXTERNAL_ID);
    }
    int kinds = 0;
    int provenKinds = 0;
    boolean sameName = false;
    boolean provenName = false;
    boolean givenName = false;
    boolean ofThePerson = false;
    for (Evidence item : evidence) {
      if (item.field() == Field.GIVEN_NAME && item.agreement() == Agreement.DIFFERENT) {
        objections.add(Objection.OTHER_GIVEN_NAME);
      }
      if (item.field() == Field.FULL_NAME
          && (item.agreement() == Agreement.DIFFERENT || item.agreement() == Agreement.FAINT)) {
        objections.add(Objection.OTHER_GIVEN_NAME);
      }
      if (item.field() == Field.BIRTH_DATE && item.agreement() == Agreement.DIFFERENT) {
        objections.add(Objection.OTHER_BIRTH_DATE);
      }
      givenName |= item.field() == Field.GIVEN_NAME || item.field() == Field.FULL_NAME;
      if (!isTelling(item)) {
        continue;
      }
      ofThePerson |= item.field() == Field.DOCUMENT || item.field() == Field.BIRTH_DATE;
      boolean name = isName(item.field());
      kinds += name && sameName ? 0 : 1;
      sameName |= name;
      if (item.proven()) {
        provenKinds += name && provenName ? 0 : 1;
        provenName |= name;
      }
    }
    if (!givenName && !ofThePerson) {
      objections.add(Objection.UNKNOWN_GIVEN_NAME);
    }
    if (kinds < 2) {
      objections.add(Objection.ONE_KIND_OF_EVIDENCE);
    } else if (provenKinds < 2 || withoutClaims(pair, claims) < CLAIMS_ASIDE) {
      objections.add(Objection.ONLY_CLAIMED);
    }
    return objections;
  }

  /** The probability if nothing counted that was only claimed and speaks for one person. */
  private double withoutClaims(Comparison pair, int claims) {
    double[] kinds = new double[3];
    weights.probabilities(pair, claims, kinds);
    return kinds[0];
  }

  private static boolean isName(Field field) {
    return field == Field.GIVEN_NAME || field == Field.FAMILY_NAME || field == Field.FULL_NAME;
  }

  /** Agreements that are about a person: living in one town is not. */
  private static boolean isTelling(Evidence item) {
    return item.weight() > 3
        && switch (item.field()) {
          case GIVEN_NAME, FAMILY_NAME, FULL_NAME ->
              item.agreement().compareTo(Agreement.SWAPPED) <= 0;
          case DOCUMENT, BIRTH_DATE, PHONE -> item.agreement() != Agreement.DIFFERENT;
          case EMAIL ->
              item.agreement() == Agreement.EQUAL || item.agreement() == Agreement.SIMILAR;
          case STREET ->
              item.agreement() == Agreement.EQUAL || item.agreement() == Agreement.SIMILAR;
          case PLACE, COUNTRY -> false;
        };
  }

  Weights weights() {
    return weights;
  }
}
