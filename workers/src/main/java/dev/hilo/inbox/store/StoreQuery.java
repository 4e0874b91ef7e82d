package dev.hilo.inbox.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A search, all conditions at once.
 *
 * @param terms fields that must have one of the values
 * @param after field that must hold a time after this one
 * @param before field that must hold a time before this one
 * @param ranking field that must have some of the values: the more and the rarer, the earlier the
 *     document comes
 * @param sortBy how to sort; empty: by the ranking, or any order
 * @param size most documents to return, up to 10,000
 */
public record StoreQuery(
    List<Terms> terms,
    Optional<Bound> after,
    Optional<Bound> before,
    Optional<Terms> ranking,
    Optional<Sort> sortBy,
    int size) {

  /** A field to sort by. */
  public record Sort(String field, boolean newestFirst) {}

  /** A field that must have one of the values. */
  public record Terms(String field, List<String> values) {}

  /** A time limit on a field. */
  public record Bound(String field, Instant time) {}

  public static StoreQuery ofSize(int size) {
    return new StoreQuery(
        List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), size);
  }

  /** Adds a condition: {@code field} has one of {@code values}. */
  public StoreQuery with(String field, Collection<String> values) {
    List<Terms> more = new java.util.ArrayList<>(terms);
    more.add(new Terms(field, List.copyOf(values)));
    return new StoreQuery(List.copyOf(more), after, before, ranking, sortBy, size);
  }

  public StoreQuery after(String field, Instant time) {
    return new StoreQuery(
        terms, Optional.of(new Bound(field, time)), before, ranking, sortBy, size);
  }

  public StoreQuery before(String field, Instant time) {
    return new StoreQuery(terms, after, Optional.of(new Bound(field, time)), ranking, sortBy, size);
  }

  public StoreQuery sortedBy(String field) {
    return new StoreQuery(terms, after, before, ranking, Optional.of(new Sort(field, false)), size);
  }

  public StoreQuery newestFirst(String field) {
    return new StoreQuery(terms, after, before, ranking, Optional.of(new Sort(field, true)), size);
  }

  /** Finds those with any of the values; the more of them and the rarer, the earlier. */
  public StoreQuery rankedBy(String field, Collection<String> values) {
    return new StoreQuery(
        terms, after, before, Optional.of(new Terms(field, List.copyOf(values))), sortBy, size);
  }
}
