package dev.hilo.email;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far each folder of a mailbox was read. */
record ImapCursor(Map<String, Place> folders) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  ImapCursor {
    folders = Collections.unmodifiableMap(new TreeMap<>(folders));
  }

  /**
   * A place in a folder. Source: RFC 3501 §2.3.1.1.
   *
   * @param validity UIDVALIDITY: UIDs are compared only under the same
   * @param last every mail up to this UID was taken or set aside, but for {@code pending}
   * @param takenAt when the last of them was taken
   * @param pending UIDs during whose fetch the connection broke, with how often
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Place(
      long validity, long last, Optional<Instant> takenAt, SortedMap<Long, Integer> pending) {

    Place {
      pending =
          pending == null
              ? Collections.emptySortedMap()
              : Collections.unmodifiableSortedMap(new TreeMap<>(pending));
    }

    static Place before(long validity, long first) {
      return new Place(validity, first - 1, Optional.empty(), Collections.emptySortedMap());
    }

    /** Everything up to this one was dealt with. */
    Place past(long uid) {
      return new Place(validity, Math.max(last, uid), takenAt, without(uid));
    }

    Place takenAt(Instant now) {
      return new Place(validity, last, Optional.of(now), pending);
    }

    /** The connection broke while these were fetched: each must be fetched alone. */
    Place suspecting(Collection<Long> uids) {
      TreeMap<Long, Integer> more = new TreeMap<>(pending);
      uids.forEach(uid -> more.merge(uid, 1, Integer::sum));
      return new Place(validity, Math.max(last, Collections.max(uids)), takenAt, more);
    }

    private SortedMap<Long, Integer> without(long uid) {
      TreeMap<Long, Integer> fewer = new TreeMap<>(pending);
      fewer.remove(uid);
      return fewer;
    }
  }

  /** What was kept; nothing when it cannot be read: the folders are then read as at first. */
  static ImapCursor of(Optional<String> kept) {
    try {
      return kept.isPresent()
          ? MAPPER.readValue(kept.get(), ImapCursor.class)
          : new ImapCursor(Map.of());
    } catch (JsonProcessingException e) {
      return new ImapCursor(Map.of());
    }
  }

  Optional<Place> place(String folder) {
    return Optional.ofNullable(folders.get(folder));
  }

  ImapCursor with(String folder, Place place) {
    TreeMap<String, Place> more = new TreeMap<>(folders);
    more.put(folder, place);
    return new ImapCursor(more);
  }

  String text() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and times are always writable", e);
    }
  }
}
