package dev.hilo.inbox.merge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.hilo.inbox.contact.IdentityChange;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Every merge and every split, for ever. Entries are numbered without a gap and each holds the
 * digest of the one before it, so that one that was changed or taken out later is found by {@link
 * #verify}.
 */
@Component
public class MergeLog {

  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .configure(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, true)
          .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
          .configure(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, false)
          .build();

  private static final String HEAD = "head";
  private static final int MOST = 10_000;

  private final Documents<Entry> entries;
  private final Documents<Place> places;

  public MergeLog(Store store) {
    this.entries = store.documents(Indexes.MERGE_LOG, Entry.class);
    this.places = store.documents(Indexes.MERGE_PLACES, Place.class);
  }

  /**
   * One entry.
   *
   * @param number from 1, without a gap
   * @param previous digest of the entry before, empty for the first
   * @param digest SHA-256 of the number, {@code previous} and the change
   * @param at of the change, {@code loser}, {@code winner} and {@code kind} too: for the store to
   *     find it by
   */
  public record Entry(
      long number,
      String previous,
      String digest,
      IdentityChange change,
      Instant at,
      String kind,
      String loser,
      String winner) {}

  /** Where a change stands in the log, or is about to; for {@code head} where the log ends. */
  record Place(long number) {}

  /** Appends a change once. May be repeated, also after a stop at any point. */
  public Entry append(IdentityChange change) {
    long number =
        places
            .get(change.id())
            .map(Place::number)
            .orElseGet(() -> places.get(HEAD).map(Place::number).orElse(0L) + 1);
    while (true) {
      Optional<Entry> there = entries.get(id(number));
      if (there.isPresent()) {
        if (there.get().change().id().equals(change.id())) {
          return there.get();
        }
        number++;
        continue;
      }
      // Written before the entry, so that a repeated call looks at this number first.
      long mine = number;
      places.change(change.id(), place -> new Place(mine));
      Entry entry = entry(mine, change);
      if (entries.create(id(mine), entry)) {
        places.change(HEAD, head -> head == null || head.number() < mine ? new Place(mine) : head);
        return entry;
      }
    }
  }

  /** The change with this id, if it is in the log. */
  public Optional<IdentityChange> find(String changeId) {
    return places
        .get(changeId)
        .flatMap(place -> entries.get(id(place.number())))
        .map(Entry::change)
        .filter(change -> change.id().equals(changeId));
  }

  private Entry entry(long number, IdentityChange change) {
    String previous =
        number == 1
            ? ""
            : entries
                .get(id(number - 1))
                .orElseThrow(() -> new IllegalStateException("the log has a gap before " + number))
                .digest();
    return new Entry(
        number,
        previous,
        digest(number, previous, change),
        change,
        change.at(),
        change.kind().name(),
        change.loser(),
        change.winner());
  }

  /**
   * Entries about some contacts, newest first; sees a new one after about a second.
   *
   * @param contactIds as they are by themselves
   */
  public List<Entry> of(Collection<String> contactIds) {
    Map<Long, Entry> found = new LinkedHashMap<>();
    for (String side : List.of("loser", "winner")) {
      entries
          .search(StoreQuery.ofSize(MOST).with(side, contactIds))
          .forEach(entry -> found.put(entry.number(), entry));
    }
    return found.values().stream()
        .sorted(Comparator.comparingLong(Entry::number).reversed())
        .toList();
  }

  /** Entries after a time, oldest first; sees a new one after about a second. */
  public List<Entry> since(Instant after) {
    return entries.search(StoreQuery.ofSize(MOST).after("at", after).sortedBy("at"));
  }

  /**
   * Reads the whole log and computes every digest again.
   *
   * @return numbers of entries that are not what was written, or are missing
   */
  public List<Long> verify() {
    List<Long> wrong = new ArrayList<>();
    String previous = "";
    long last = places.get(HEAD).map(Place::number).orElse(0L);
    for (long number = 1; ; number++) {
      Optional<Entry> there = entries.get(id(number));
      if (there.isEmpty()) {
        if (number > last) {
          return wrong;
        }
        wrong.add(number);
        continue;
      }
      Entry entry = there.get();
      String expected = digest(number, entry.previous(), entry.change());
      if (!entry.previous().equals(previous) || !entry.digest().equals(expected)) {
        wrong.add(number);
      }
      previous = entry.digest();
    }
  }

  private static String id(long number) {
    return String.format(Locale.ROOT, "%012d", number);
  }

  private static String digest(long number, String previous, IdentityChange change) {
    try {
      String text = number + "\n" + previous + "\n" + CANONICAL.writeValueAsString(change);
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
