package dev.hilo.inbox.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The store in memory, passing the same contract as the real one. Documents go through JSON as they
 * do there, so that what cannot be written or read back is found here.
 */
public final class MemoryStore implements Store {

  private final Map<String, MemoryDocuments<?>> indexes = new ConcurrentHashMap<>();

  /** From now on searches see nothing new, as real ones do for about a second. */
  public void freezeSearches() {
    indexes.values().forEach(MemoryDocuments::freeze);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> Documents<T> documents(String index, Class<T> type) {
    return (Documents<T>) indexes.computeIfAbsent(index, i -> new MemoryDocuments<>(type));
  }

  private static final class MemoryDocuments<T> implements Documents<T> {
    private final Class<T> type;
    private final Map<String, String> documents = new HashMap<>();
    private Optional<Map<String, String>> frozen = Optional.empty();

    private MemoryDocuments(Class<T> type) {
      this.type = type;
    }

    private void freeze() {
      synchronized (documents) {
        frozen = Optional.of(Map.copyOf(documents));
      }
    }

    @Override
    public boolean create(String id, T document) {
      synchronized (documents) {
        return documents.putIfAbsent(id, write(document)) == null;
      }
    }

    @Override
    public Optional<T> get(String id) {
      synchronized (documents) {
        return Optional.ofNullable(documents.get(id)).map(this::read);
      }
    }

    @Override
    public List<T> getAll(Collection<String> ids) {
      return ids.stream().flatMap(id -> get(id).stream()).toList();
    }

    @Override
    public Optional<T> change(String id, Function<@Nullable T, @Nullable T> change) {
      while (true) {
        String before;
        synchronized (documents) {
          before = documents.get(id);
        }
        T read = before == null ? null : read(before);
        T after = change.apply(read);
        if (after == null || after == read) {
          return Optional.ofNullable(read);
        }
        synchronized (documents) {
          if (java.util.Objects.equals(documents.get(id), before)) {
            documents.put(id, write(after));
            return Optional.of(after);
          }
        }
      }
    }

    @Override
    public List<T> search(StoreQuery query) {
      List<T> all = new ArrayList<>();
      synchronized (documents) {
        frozen.orElse(documents).values().forEach(json -> all.add(read(json)));
      }
      query.ranking().ifPresent(ranking -> rank(all, ranking));
      return all.subList(0, Math.min(all.size(), query.size()));
    }

    /** By the number of values alone; the real store minds how rare they are as well. */
    private void rank(List<T> all, StoreQuery.Terms ranking) {
      IdentityHashMap<T, Integer> hits = new IdentityHashMap<>();
      all.forEach(document -> hits.put(document, hits(document, ranking)));
      all.removeIf(document -> hits.getOrDefault(document, 0) == 0);
      all.sort(Comparator.comparing((T document) -> hits.getOrDefault(document, 0)).reversed());
    }

    private int hits(T document, StoreQuery.Terms ranking) {
      try {
        JsonNode field =
            StoreConfiguration.storeMapper().readTree(write(document)).path(ranking.field());
        int hits = 0;
        for (JsonNode value : field.isArray() ? field : List.of(field)) {
          hits += ranking.values().contains(value.asText()) ? 1 : 0;
        }
        return hits;
      } catch (java.io.IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private String write(T document) {
      try {
        return StoreConfiguration.storeMapper().writeValueAsString(document);
      } catch (java.io.IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private T read(String json) {
      try {
        return StoreConfiguration.storeMapper().readValue(json, type);
      } catch (java.io.IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
