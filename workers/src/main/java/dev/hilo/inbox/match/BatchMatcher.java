package dev.hilo.inbox.match;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds all pairs of one person among many records at once, on all cores. A million records take
 * some gigabytes; {@code bench/README.md} has the figures.
 */
public final class BatchMatcher {

  private final List<Features> people;
  private final MatchModel model;
  private final Blocks blocks;

  private BatchMatcher(List<Features> people, Blocks blocks, MatchModel model) {
    this.people = people;
    this.blocks = blocks;
    this.model = model;
  }

  /**
   * A pair that is to be merged or reviewed.
   *
   * @param first its id
   * @param second its id
   */
  public record Pair(
      String first,
      String second,
      double probability,
      Verdict verdict,
      Set<Objection> objections) {}

  /**
   * What was found.
   *
   * @param pairs the most probable ones first
   * @param compared how many pairs were compared
   * @param blocks how many keys two or more records share
   * @param largeBlocks how many of them were too large for all their pairs
   */
  public record Result(List<Pair> pairs, long compared, int blocks, int largeBlocks) {}

  /** Of records and a model trained elsewhere; it counts among as many records as there are. */
  public static BatchMatcher of(Iterable<Person> people, MatchModel model) {
    List<Features> features = Trainer.prepare(people, model);
    return new BatchMatcher(features, blocks(features), model.among(features.size()));
  }

  /** Of records on which the model is trained first. */
  public static BatchMatcher trained(Iterable<Person> people, MatchModel known, Instant now) {
    MatchModel counted = Trainer.withFrequencies(people, known);
    List<Features> features = Trainer.prepare(people, counted);
    Blocks blocks = blocks(features);
    return new BatchMatcher(features, blocks, Trainer.calibrate(features, blocks, counted, now));
  }

  private static Blocks blocks(List<Features> features) {
    return Blocks.of(features, Blocks.usualSize(features.size()));
  }

  /** The model in use. */
  public MatchModel model() {
    return model;
  }

  /** Compares. */
  public Result match(Thresholds thresholds) {
    Matcher matcher = new Matcher(model);
    AtomicLong compared = new AtomicLong();
    List<Found> all = new ArrayList<>();
    blocks.forEach(
        () ->
            new Blocks.PairTask() {
              private final Comparison pair = Comparison.ofMany();
              private final double[] kinds = new double[3];
              private final List<Found> found = new ArrayList<>();
              private long count;

              @Override
              public void pair(int first, int second) {
                count++;
                pair.compare(people.get(first), people.get(second));
                matcher.weights().probabilities(pair, 0, kinds);
                if (kinds[0] >= thresholds.review()) {
                  Score score = matcher.score(pair);
                  found.add(
                      new Found(
                          first,
                          second,
                          score.probability(),
                          score.verdict(thresholds),
                          score.objections()));
                }
              }

              @Override
              public void done() {
                compared.addAndGet(count);
                synchronized (all) {
                  all.addAll(found);
                }
              }
            });
    return new Result(sorted(all), compared.get(), blocks.count(), blocks.large());
  }

  private record Found(
      int first, int second, double probability, Verdict verdict, Set<Objection> objections) {}

  /** Without those found twice, as neighbours in two large blocks. */
  private List<Pair> sorted(List<Found> all) {
    Set<Long> seen = new HashSet<>(all.size() * 2);
    List<Pair> pairs = new ArrayList<>(all.size());
    all.sort(
        Comparator.comparingDouble(Found::probability)
            .reversed()
            .thenComparingInt(Found::first)
            .thenComparingInt(Found::second));
    for (Found found : all) {
      if (seen.add(((long) found.first() << 32) | found.second())) {
        pairs.add(
            new Pair(
                people.get(found.first()).id(),
                people.get(found.second()).id(),
                found.probability(),
                found.verdict(),
                found.objections()));
      }
    }
    return pairs;
  }
}
