package dev.hilo.inbox.match;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Learns a {@link MatchModel} from records, without being told which of them are of one person.
 *
 * <p>How often strangers agree (u) comes from random pairs; how often one person's records agree
 * (m) and how many of them there are from pairs with a key in common, by expectation-maximisation:
 * guess for each pair how probable each kind is, count as if the guesses were true, guess again.
 *
 * <p>Source: A. Dempster, N. Laird, D. Rubin, "Maximum Likelihood from Incomplete Data via the EM
 * Algorithm", JRSS B 39 (1977); W. Winkler (1988), see {@link MatchModel}. As Splink does, u is not
 * learned by EM but from random pairs. Different from Splink: all blocking passes train together
 * instead of one after the other, since a pair of one person is found by many keys and no single
 * one bends the counts; random pairs count by how surely they are strangers, because in a small
 * file many are not; what was known before counts as if it had been seen in a few pairs more, so
 * that a small or odd file cannot turn the model over; and there is a third kind of pairs,
 * relatives, see {@link Weights}.
 */
public final class Trainer {

  private static final int ROUNDS = 25;
  private static final int MOST_PAIRS = 1_500_000;
  private static final int RANDOM_PAIRS = 1_000_000;
  private static final long SEED = 20_261_120;

  /** How many pairs what was known before counts as. */
  private static final double PRIOR_SAME = 60;

  private static final double PRIOR_STRANGERS = 200;
  private static final double PRIOR_RECORDS = 200;

  private static final Field[] FIELDS = Field.values();

  private Trainer() {}

  /**
   * Learns.
   *
   * @param people walked through twice
   * @param known where to start, and what stays where the records say little
   */
  public static MatchModel train(Iterable<Person> people, MatchModel known, Instant now) {
    MatchModel counted = withFrequencies(people, known);
    List<Features> features = prepare(people, counted);
    Blocks blocks = Blocks.of(features, Blocks.usualSize(features.size()));
    return calibrate(features, blocks, counted, now);
  }

  static List<Features> prepare(Iterable<Person> people, MatchModel model) {
    Preparation preparation = Preparation.ofMany(model);
    List<Features> features = new ArrayList<>();
    for (Person person : people) {
      features.add(preparation.prepare(person));
    }
    return features;
  }

  /** The model with the frequencies of the records. */
  static MatchModel withFrequencies(Iterable<Person> people, MatchModel known) {
    Map<Field, TermFrequencies.Counter> counters = new EnumMap<>(Field.class);
    for (Field field : FIELDS) {
      counters.put(field, new TermFrequencies.Counter());
    }
    FrequencyCount count = new FrequencyCount(counters, known);
    long records = 0;
    for (Person person : people) {
      count.add(person);
      records++;
    }
    Map<Field, TermFrequencies> frequencies = new EnumMap<>(Field.class);
    for (Field field : FIELDS) {
      // Ten times the rarest that is believed, and never what may be one person's records.
      double share = field == Field.PLACE ? field.rarest() : 10 * field.rarest();
      int atLeast = (int) Math.max(8, Math.ceil(records * share));
      frequencies.put(
          field,
          Objects.requireNonNull(counters.get(field)).frequent(atLeast, known.frequencies(field)));
    }
    return new MatchModel(
        MatchModel.VERSION,
        known.trainedAt(),
        records,
        known.pairs(),
        known.duplicates(),
        known.relatives(),
        known.levels(),
        frequencies);
  }

  static MatchModel calibrate(List<Features> people, Blocks blocks, MatchModel known, Instant now) {
    Sample together = new Sample(MOST_PAIRS);
    long most = blocks.mostPairs();
    long everyNth = Math.max(1, (most + MOST_PAIRS - 1) / MOST_PAIRS);
    AtomicLong seen = new AtomicLong();
    blocks.forEach(
        () ->
            new Blocks.PairTask() {
              private final Comparison pair = Comparison.ofMany();
              private long pairs;

              @Override
              public void pair(int first, int second) {
                pairs++;
                if (everyNth == 1 || Math.floorMod(mixed(first, second), everyNth) == 0) {
                  pair.compare(people.get(first), people.get(second));
                  together.add(pair);
                }
              }

              @Override
              public void done() {
                seen.addAndGet(pairs);
              }
            });
    Sample random = random(people);
    return expectationMaximisation(
        people.size(), together, everyNth, random, known, now, seen.get());
  }

  private static long mixed(int first, int second) {
    long bits = ((long) first << 32 | second) * 0x9e3779b97f4a7c15L;
    return bits ^ (bits >>> 31);
  }

  private static Sample random(List<Features> people) {
    int n = people.size();
    long all = (long) n * (n - 1) / 2;
    int size = (int) Math.min(RANDOM_PAIRS, 4 * all);
    Sample sample = new Sample(Math.max(1, size));
    SplittableRandom random = new SplittableRandom(SEED);
    Comparison pair = Comparison.ofMany();
    for (int i = 0; i < size; i++) {
      int first = random.nextInt(n);
      int second = random.nextInt(n);
      if (first != second) {
        pair.compare(people.get(first), people.get(second));
        sample.add(pair);
      }
    }
    return sample;
  }

  private static MatchModel expectationMaximisation(
      int records,
      Sample together,
      long everyNth,
      Sample random,
      MatchModel known,
      Instant now,
      long pairs) {
    double weight = everyNth;
    MatchModel model = known.among(records);
    for (int round = 0; round < ROUNDS; round++) {
      Weights weights = new Weights(model);
      Counts same = new Counts();
      Counts strangers = new Counts();
      double[] kinds = new double[3];
      double ofOne = 0;
      double ofRelatives = 0;
      for (int i = 0; i < together.size(); i++) {
        together.kinds(i, weights, kinds);
        ofOne += kinds[0];
        ofRelatives += kinds[1];
        same.add(together, i, kinds[0] * weight);
      }
      for (int i = 0; i < random.size(); i++) {
        random.kinds(i, weights, kinds);
        strangers.add(random, i, kinds[2]);
      }
      MatchModel next =
          new MatchModel(
              MatchModel.VERSION,
              now,
              records,
              pairs,
              rate(ofOne * weight, records, known.duplicates()),
              rate(ofRelatives * weight, records, known.relatives()),
              levels(same, strangers, known),
              known.frequencies());
      boolean settled = distance(model, next) < 1e-4;
      model = next;
      if (settled) {
        break;
      }
    }
    return model;
  }

  private static double rate(double pairs, int records, double known) {
    return (pairs + PRIOR_RECORDS * known) / (records + PRIOR_RECORDS);
  }

  private static Map<Field, List<MatchModel.Level>> levels(
      Counts same, Counts strangers, MatchModel known) {
    Map<Field, List<MatchModel.Level>> levels = new EnumMap<>(Field.class);
    for (Field field : FIELDS) {
      List<MatchModel.Level> next = new ArrayList<>();
      for (int i = 0; i < field.levels().size(); i++) {
        MatchModel.Level before = known.of(field).get(i);
        next.add(
            new MatchModel.Level(
                before.agreement(),
                same.share(field, i, before.m(), PRIOR_SAME),
                strangers.share(field, i, before.u(), PRIOR_STRANGERS)));
      }
      levels.put(field, List.copyOf(next));
    }
    return levels;
  }

  private static double distance(MatchModel a, MatchModel b) {
    double most = 0;
    for (Field field : FIELDS) {
      for (int i = 0; i < field.levels().size(); i++) {
        most = Math.max(most, Math.abs(a.of(field).get(i).m() - b.of(field).get(i).m()));
      }
    }
    return most;
  }

  private static final class Counts {
    private final double[][] levels = new double[FIELDS.length][];
    private final double[] sums = new double[FIELDS.length];

    Counts() {
      for (Field field : FIELDS) {
        levels[field.index()] = new double[field.levels().size()];
      }
    }

    void add(Sample sample, int pair, double weight) {
      for (int f = 0; f < FIELDS.length; f++) {
        int level = sample.level(pair, f);
        if (level != Comparison.MISSING) {
          levels[f][level] += weight;
          sums[f] += weight;
        }
      }
    }

    double share(Field field, int level, double known, double strength) {
      int f = field.index();
      return (levels[f][level] + strength * known) / (sums[f] + strength);
    }
  }

  /** Compared pairs, as small as can be. */
  private static final class Sample {
    private byte[] levels;
    private float[] frequencies;
    private final int most;
    private int size;
    private final Comparison pair = Comparison.ofMany();

    Sample(int most) {
      this.most = most;
      int first = Math.min(most, 4096) * FIELDS.length;
      this.levels = new byte[first];
      this.frequencies = new float[first];
    }

    synchronized void add(Comparison compared) {
      if (size >= most) {
        return;
      }
      int at = size * FIELDS.length;
      if (at + FIELDS.length > levels.length) {
        levels = Arrays.copyOf(levels, levels.length * 2);
        frequencies = Arrays.copyOf(frequencies, frequencies.length * 2);
      }
      for (int f = 0; f < FIELDS.length; f++) {
        levels[at + f] = (byte) compared.level(FIELDS[f]);
        frequencies[at + f] = (float) compared.frequency(FIELDS[f]);
      }
      size++;
    }

    int size() {
      return size;
    }

    int level(int index, int field) {
      return levels[index * FIELDS.length + field];
    }

    void kinds(int index, Weights weights, double[] kinds) {
      pair.restore(levels, frequencies, index * FIELDS.length);
      weights.probabilities(pair, 0, kinds);
    }
  }
}
