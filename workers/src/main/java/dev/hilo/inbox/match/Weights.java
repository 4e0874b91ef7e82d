package dev.hilo.inbox.match;

import java.util.List;

/**
 * A model as sums of logarithms. Beside Fellegi and Sunter's two kinds of pairs (one person;
 * strangers) there is a third one, people of one household: they agree on family name, address and
 * phone as one person does, and on given name, birth date, document as strangers do. Without it a
 * model of independent fields takes four things that a family shares for four proofs.
 */
final class Weights {

  private static final double LOG_2 = Math.log(2);
  private static final Field[] FIELDS = Field.values();

  /**
   * How often two people of one household have a mail address, or twins a birth date, in common.
   */
  private static final double SHARED_EMAIL = 0.1;

  private static final double TWINS = 0.03;

  /** How often they have their whole name in common: parent and child. */
  private static final double NAMESAKES = 0.01;

  /** Full names of a household: one part agrees, the other one does not. */
  private static final double HALF_A_NAME = 0.75;

  private final double[][] same = new double[FIELDS.length][];
  private final double[][] strangers = new double[FIELDS.length][];
  private final double[][] kin = new double[FIELDS.length][];
  private final double[][] namesakes = new double[FIELDS.length][];
  private final double priorOfSame;
  private final double priorOfStrangers;
  private final double priorOfRelatives;

  Weights(MatchModel model) {
    for (Field field : FIELDS) {
      List<MatchModel.Level> levels = model.of(field);
      int f = field.index();
      same[f] = new double[levels.size()];
      strangers[f] = new double[levels.size()];
      kin[f] = new double[levels.size()];
      namesakes[f] = new double[levels.size()];
      for (int i = 0; i < levels.size(); i++) {
        double m = Math.max(levels.get(i).m(), 1e-4);
        double u = Math.max(levels.get(i).u(), field.rarest());
        same[f][i] = log2(m);
        strangers[f][i] = log2(u);
        kin[f][i] = log2(ofKin(field, levels.get(i).agreement(), m, u));
        namesakes[f][i] = log2(ofNamesakes(field, m, u));
      }
    }
    priorOfSame = log2(model.prior());
    priorOfRelatives = log2(model.priorOfRelatives());
    priorOfStrangers = log2(1 - model.prior() - model.priorOfRelatives());
  }

  /** Of two people of one household with names of their own, who may be twins. */
  private static double ofKin(Field field, Agreement agreement, double m, double u) {
    return switch (field) {
      case FAMILY_NAME, PHONE, STREET, PLACE, COUNTRY -> m;
      case EMAIL -> SHARED_EMAIL * m + (1 - SHARED_EMAIL) * u;
      case BIRTH_DATE -> TWINS * m + (1 - TWINS) * u;
      case FULL_NAME -> (agreement == Agreement.FAINT ? HALF_A_NAME : 0) + (1 - HALF_A_NAME) * u;
      case GIVEN_NAME, DOCUMENT -> u;
    };
  }

  /** Of parent and child with one name: never born on one day. */
  private static double ofNamesakes(Field field, double m, double u) {
    return switch (field) {
      case GIVEN_NAME, FAMILY_NAME, FULL_NAME, PHONE, STREET, PLACE, COUNTRY -> m;
      case EMAIL -> SHARED_EMAIL * m + (1 - SHARED_EMAIL) * u;
      case BIRTH_DATE, DOCUMENT -> u;
    };
  }

  /** log2 of m over u, with the frequency of the value: what the field says. */
  double of(Comparison pair, Field field) {
    int level = pair.level(field);
    return same[field.index()][level] - ofStrangers(field, level, pair.frequency(field));
  }

  /**
   * How probable what the pair shows is for each kind of pair, summed up to odds.
   *
   * @param kinds gets the probabilities of one person, relatives, strangers
   * @param skipped fields that do not count, a bit each
   */
  void probabilities(Comparison pair, int skipped, double[] kinds) {
    double ofSame = priorOfSame;
    double ofKin = priorOfRelatives + log2(1 - NAMESAKES);
    double ofNamesakes = priorOfRelatives + log2(NAMESAKES);
    double ofStrangers = priorOfStrangers;
    for (int f = 0; f < FIELDS.length; f++) {
      int level = pair.level(FIELDS[f]);
      if (level == Comparison.MISSING || (skipped & (1 << f)) != 0) {
        continue;
      }
      double frequency = pair.frequency(FIELDS[f]);
      double stranger = ofStrangers(FIELDS[f], level, frequency);
      ofSame += same[f][level];
      ofStrangers += stranger;
      ofKin += kin[f][level];
      ofNamesakes += namesakes[f][level];
    }
    normalise(ofSame, ofKin, ofNamesakes, ofStrangers, kinds);
  }

  private static void normalise(
      double same, double kin, double namesakes, double strangers, double[] kinds) {
    double most = Math.max(Math.max(same, kin), Math.max(namesakes, strangers));
    double one = Math.exp((same - most) * LOG_2);
    double two = Math.exp((kin - most) * LOG_2) + Math.exp((namesakes - most) * LOG_2);
    double three = Math.exp((strangers - most) * LOG_2);
    double sum = one + two + three;
    kinds[0] = one / sum;
    kinds[1] = two / sum;
    kinds[2] = three / sum;
  }

  /** log2 of u: how often strangers agree so, on a value of this frequency. */
  private double ofStrangers(Field field, int level, double frequency) {
    double usual = strangers[field.index()][level];
    if (Double.isNaN(frequency)) {
      return usual;
    }
    Agreement agreement = field.levels().get(level);
    double more =
        switch (field) {
          case GIVEN_NAME, FAMILY_NAME ->
              switch (agreement) {
                case EQUAL -> within(frequency - usual, -4, 8);
                // A slip in a common name: its true share is not known as well.
                case SIMILAR, PART, ALIKE, SWAPPED ->
                    within(frequency - strangers[field.index()][0], 0, 6);
                default -> 0;
              };
          case FULL_NAME ->
              agreement == Agreement.FAINT || agreement == Agreement.DIFFERENT
                  ? 0
                  : within(frequency - usual, -4, 12);
          case PLACE ->
              agreement == Agreement.SIMILAR || agreement == Agreement.DIFFERENT
                  ? 0
                  : within(frequency - usual, -3, 8);
          case DOCUMENT, BIRTH_DATE, PHONE, EMAIL ->
              agreement == Agreement.EQUAL ? within(frequency - usual, 0, 20) : 0;
          case STREET, COUNTRY -> 0;
        };
    return Math.min(usual + more, -0.01);
  }

  private static double within(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }

  private static double log2(double value) {
    return Math.log(value) / LOG_2;
  }
}
