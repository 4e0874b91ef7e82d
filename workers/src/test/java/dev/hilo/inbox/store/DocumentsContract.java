package dev.hilo.inbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.inbox.Together;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every store must do; kept by the memory and by the real one. */
interface DocumentsContract {

  record Counter(int value, Optional<String> note) {}

  Documents<Counter> documents();

  private static String fresh() {
    return UUID.randomUUID().toString();
  }

  @Test
  default void shouldCreateOnce() {
    // given
    String id = fresh();

    // when
    boolean first = documents().create(id, new Counter(1, Optional.of("ñandú")));
    boolean second = documents().create(id, new Counter(2, Optional.empty()));

    // then
    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(documents().get(id)).contains(new Counter(1, Optional.of("ñandú")));
  }

  @Test
  default void shouldReadItsOwnWriteAtOnce() {
    // given
    String id = fresh();

    // when
    documents().create(id, new Counter(7, Optional.empty()));

    // then
    assertThat(documents().get(id)).contains(new Counter(7, Optional.empty()));
    assertThat(documents().getAll(List.of(fresh(), id)))
        .containsExactly(new Counter(7, Optional.empty()));
  }

  @Test
  default void shouldFindNothingWhenThereIsNothing() {
    assertThat(documents().get(fresh())).isEmpty();
    assertThat(documents().getAll(List.of())).isEmpty();
    assertThat(documents().change(fresh(), counter -> counter)).isEmpty();
  }

  @Test
  default void shouldWriteNothingWhenTheSameInstanceComesBack() {
    // given
    String id = fresh();
    documents().create(id, new Counter(3, Optional.empty()));

    // when
    Optional<Counter> after = documents().change(id, counter -> counter);

    // then
    assertThat(after).contains(new Counter(3, Optional.empty()));
  }

  @Test
  default void shouldLoseNoChangeWhenManyChangeOneDocument() throws Exception {
    // given
    String id = fresh();
    int writers = 50;

    // when
    Together.run(
        Collections.nCopies(
            writers,
            () ->
                documents()
                    .change(
                        id,
                        counter ->
                            new Counter(
                                counter == null ? 1 : counter.value() + 1, Optional.empty()))));

    // then
    assertThat(documents().get(id)).contains(new Counter(writers, Optional.empty()));
  }

  @Test
  default void shouldFindThoseThatHaveAnyOfTheValuesRankedBy() {
    // given words that any index takes for one term
    String one = fresh().replace("-", "");
    String two = fresh().replace("-", "");
    documents().create(fresh(), new Counter(1, Optional.of(one)));
    documents().create(fresh(), new Counter(2, Optional.of(two)));
    documents().create(fresh(), new Counter(3, Optional.of(fresh().replace("-", ""))));

    // when
    StoreQuery query = StoreQuery.ofSize(10).rankedBy("note", List.of(one, two, "absent"));

    // then
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(documents().search(query))
                    .extracting(Counter::value)
                    .containsExactlyInAnyOrder(1, 2));
  }
}
