package dev.hilo.inbox.store;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.OpType;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.GetResponse;
import co.elastic.clients.elasticsearch.core.IndexRequest;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import co.elastic.clients.util.ObjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.elasticsearch.client.ResponseException;
import org.jspecify.annotations.Nullable;

/** Documents of one index. */
final class SearchDocuments<T> implements Documents<T> {

  private static final int CONFLICT = 409;

  /**
   * Writers of one process queue here before they meet in the store, so that a burst for one
   * document does not become a storm of conflicts. Correctness rests on the store's sequence
   * numbers alone.
   */
  private static final ReentrantLock[] TURNS = new ReentrantLock[512];

  static {
    for (int i = 0; i < TURNS.length; i++) {
      TURNS[i] = new ReentrantLock();
    }
  }

  private final ElasticsearchClient client;
  private final String index;
  private final Class<T> type;

  SearchDocuments(ElasticsearchClient client, String index, Class<T> type) {
    this.client = client;
    this.index = index;
    this.type = type;
  }

  @Override
  public boolean create(String id, T document) {
    return ask(() -> index(i -> i.index(index).id(id).opType(OpType.Create).document(document)));
  }

  @Override
  public Optional<T> get(String id) {
    return ask(() -> Optional.ofNullable(read(id).source()));
  }

  @Override
  public List<T> getAll(Collection<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return ask(
        () -> {
          List<T> found = new ArrayList<>();
          for (var item : client.mget(m -> m.index(index).ids(List.copyOf(ids)), type).docs()) {
            if (item.isResult()) {
              T source = item.result().source();
              if (source != null) {
                found.add(source);
              }
            }
          }
          return found;
        });
  }

  @Override
  public Optional<T> change(String id, Function<@Nullable T, @Nullable T> change) {
    ReentrantLock turn = TURNS[Math.floorMod((index + id).hashCode(), TURNS.length)];
    turn.lock();
    try {
      return ask(() -> compareAndSet(id, change));
    } finally {
      turn.unlock();
    }
  }

  private Optional<T> compareAndSet(String id, Function<@Nullable T, @Nullable T> change)
      throws IOException {
    while (true) {
      GetResponse<T> read = read(id);
      T before = read.source();
      T after = change.apply(before);
      if (after == null || after == before) {
        return Optional.ofNullable(before);
      }
      boolean written =
          before == null
              ? index(i -> i.index(index).id(id).opType(OpType.Create).document(after))
              : index(
                  i ->
                      i.index(index)
                          .id(id)
                          .ifSeqNo(read.seqNo())
                          .ifPrimaryTerm(read.primaryTerm())
                          .document(after));
      if (written) {
        return Optional.of(after);
      }
      // Somebody else wrote in between: look again.
    }
  }

  /** Writes; false if the store has something else than the write expects. */
  private boolean index(Function<IndexRequest.Builder<T>, ObjectBuilder<IndexRequest<T>>> request)
      throws IOException {
    try {
      client.index(request);
      return true;
    } catch (ElasticsearchException e) {
      if (e.status() == CONFLICT) {
        return false;
      }
      throw e;
    } catch (ResponseException e) {
      // The low-level client does not hand every status to the typed one.
      if (status(e) == CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public List<T> search(StoreQuery query) {
    return ask(
        () ->
            client
                .search(
                    s -> {
                      s.index(index)
                          .size(query.size())
                          .trackTotalHits(t -> t.enabled(false))
                          .query(q -> q.bool(b -> conditions(b, query)));
                      query
                          .sortBy()
                          .ifPresent(
                              by ->
                                  s.sort(
                                      o ->
                                          o.field(
                                              f ->
                                                  f.field(by.field())
                                                      .order(
                                                          by.newestFirst()
                                                              ? SortOrder.Desc
                                                              : SortOrder.Asc))));
                      return s;
                    },
                    type)
                .hits()
                .hits()
                .stream()
                .map(Hit::source)
                .flatMap(source -> Optional.ofNullable(source).stream())
                .toList());
  }

  private static BoolQuery.Builder conditions(BoolQuery.Builder all, StoreQuery query) {
    all.filter(filters(query));
    query
        .ranking()
        .ifPresent(
            ranking -> {
              // Terms of their own instead of one list: the store then weighs each by its rarity.
              for (String value : ranking.values()) {
                all.should(q -> q.term(t -> t.field(ranking.field()).value(value)));
              }
              all.minimumShouldMatch("1");
            });
    return all;
  }

  private static List<Query> filters(StoreQuery query) {
    List<Query> filters = new ArrayList<>();
    for (StoreQuery.Terms terms : query.terms()) {
      List<FieldValue> values = terms.values().stream().map(FieldValue::of).toList();
      filters.add(Query.of(q -> q.terms(t -> t.field(terms.field()).terms(v -> v.value(values)))));
    }
    query
        .after()
        .ifPresent(
            bound ->
                filters.add(
                    Query.of(
                        q ->
                            q.range(
                                r ->
                                    r.untyped(
                                        u ->
                                            u.field(bound.field())
                                                .gt(JsonData.of(bound.time().toString())))))));
    query
        .before()
        .ifPresent(
            bound ->
                filters.add(
                    Query.of(
                        q ->
                            q.range(
                                r ->
                                    r.untyped(
                                        u ->
                                            u.field(bound.field())
                                                .lt(JsonData.of(bound.time().toString())))))));
    return filters;
  }

  private GetResponse<T> read(String id) throws IOException {
    return client.get(g -> g.index(index).id(id), type);
  }

  private <R> R ask(Question<R> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      if (e instanceof ResponseException refused && !passing(status(refused))) {
        throw new IllegalStateException("the store refused a request for " + index, e);
      }
      throw new StoreUnavailableException(
          "the store did not answer for " + index + ": " + e.getMessage(), e);
    } catch (ElasticsearchException e) {
      if (passing(e.status())) {
        throw new StoreUnavailableException(
            "the store is not able to serve " + index + " (" + e.status() + ")", e);
      }
      throw e;
    }
  }

  private static boolean passing(int status) {
    return status == 429 || status >= 500;
  }

  private static int status(ResponseException e) {
    return e.getResponse().getStatusLine().getStatusCode();
  }

  @FunctionalInterface
  private interface Question<R> {
    R ask() throws IOException;
  }
}
