package dev.hilo.inbox.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.inbox.match.GeneratedPeople.Labelled;
import dev.hilo.inbox.match.GeneratedPeople.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On generated records with seeds that the standard model was not trained on. */
class BatchMatcherTest {

  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

  static Stream<Order> orders() {
    return Stream.of(
        Order.febrl(301, "en", 500, 500, 1),
        Order.febrl(302, "es", 2000, 500, 2),
        Order.febrl(303, "pt", 800, 1200, 3),
        Order.customers(304, "es", 2000, 1000));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void shouldFindTheDuplicatesAtTheDefaultThresholds(Order order) {
    // given
    List<Labelled> people = GeneratedPeople.make(order);
    Truth truth = Truth.of(people);

    // when
    List<BatchMatcher.Pair> pairs =
        BatchMatcher.trained(
                people.stream().map(Labelled::person).toList(), MatchModel.standard(), NOW)
            .match(Thresholds.DEFAULT)
            .pairs();

    // then
    List<Truth.Ids> merged = new ArrayList<>();
    List<Truth.Ids> found = new ArrayList<>();
    for (BatchMatcher.Pair pair : pairs) {
      Truth.Ids ids = new Truth.Ids(pair.first(), pair.second());
      found.add(ids);
      if (pair.verdict() == Verdict.MERGE) {
        merged.add(ids);
      }
    }
    assertThat(truth.quality(merged).precision()).isGreaterThanOrEqualTo(0.999);
    assertThat(truth.quality(merged).recall()).isGreaterThan(0.5);
    assertThat(truth.quality(found).recall()).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void shouldCompareEveryPairOfASmallBlockOnce() {
    // given
    List<Labelled> people = GeneratedPeople.make(Order.febrl(305, "es", 300, 300, 2));
    List<Features> features =
        Trainer.prepare(people.stream().map(Labelled::person).toList(), MatchModel.standard());

    // when
    List<Long> compared = new ArrayList<>();
    Blocks.of(features, Integer.MAX_VALUE)
        .forEach(
            () ->
                new Blocks.PairTask() {
                  @Override
                  public void pair(int first, int second) {
                    assertThat(first).isLessThan(second);
                    synchronized (compared) {
                      compared.add(((long) first << 32) | second);
                    }
                  }

                  @Override
                  public void done() {}
                });

    // then
    Set<Long> expected = new HashSet<>();
    List<Set<String>> keys = people.stream().map(Labelled::person).map(BlockingKeys::of).toList();
    for (int i = 0; i < keys.size(); i++) {
      for (int j = i + 1; j < keys.size(); j++) {
        if (keys.get(i).stream().anyMatch(keys.get(j)::contains)) {
          expected.add(((long) i << 32) | j);
        }
      }
    }
    assertThat(compared).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldBoundThePairsOfLargeBlocks() {
    // given a thousand people who all share every key
    List<Features> features =
        Trainer.prepare(
            java.util.stream.IntStream.range(0, 1000)
                .mapToObj(i -> Person.of("p" + i).name("Ana", "Soto").build())
                .toList(),
            MatchModel.standard());

    // when
    Blocks blocks = Blocks.of(features, 50);

    // then
    assertThat(blocks.large()).isEqualTo(blocks.count());
    assertThat(blocks.mostPairs()).isLessThan(1000L * 20 * blocks.count());
  }

  @Test
  void shouldReadTheModelThatItWrote() {
    // given
    List<Person> people =
        GeneratedPeople.make(Order.customers(306, "pt", 300, 100)).stream()
            .map(Labelled::person)
            .toList();
    MatchModel trained = Trainer.train(people, MatchModel.standard(), NOW);

    // when
    MatchModel read = MatchModel.ofJson(trained.toJson());

    // then
    assertThat(read.toJson()).isEqualTo(trained.toJson());
    assertThat(read.trainedAt()).isEqualTo(NOW);
    assertThat(read.records()).isEqualTo(400);
    assertThat(read.prior()).isEqualTo(trained.prior());
  }

  @Test
  void shouldKeepWhatItKnowsWhenThereIsNothingToLearn() {
    // given
    MatchModel standard = MatchModel.standard();

    // when
    MatchModel trained =
        Trainer.train(
            List.of(Person.of("1").fullName("Ana").build(), Person.of("2").phone("1").build()),
            standard,
            NOW);

    // then
    for (Field field : Field.values()) {
      for (int i = 0; i < field.levels().size(); i++) {
        assertThat(trained.of(field).get(i).m())
            .isCloseTo(standard.of(field).get(i).m(), org.assertj.core.data.Offset.offset(0.02));
      }
    }
  }
}
