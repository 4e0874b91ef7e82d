package dev.hilo.inbox.match;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How frequent the frequent values of a field are, as shares of all its values. Kept by a 64-bit
 * hash, so that a stored model holds no phone number or birth date.
 */
public final class TermFrequencies {

  /** Nothing is known to be frequent. */
  public static final TermFrequencies NONE = new TermFrequencies(Map.of());

  private final Map<Long, Float> shares;

  private TermFrequencies(Map<Long, Float> shares) {
    this.shares = shares;
  }

  /** Reads what {@link #json} wrote. */
  @JsonCreator
  public static TermFrequencies of(Map<String, Float> json) {
    Map<Long, Float> shares = new HashMap<>();
    json.forEach((hash, share) -> shares.put(Long.parseUnsignedLong(hash, 16), share));
    return new TermFrequencies(shares);
  }

  /** Shares by hexadecimal hash. */
  @JsonValue
  public Map<String, Float> json() {
    Map<String, Float> json = new TreeMap<>();
    shares.forEach((hash, share) -> json.put(Long.toHexString(hash), share));
    return json;
  }

  /** The share of a value; 0 if it is not among the frequent ones. */
  public float of(String term) {
    return shares.getOrDefault(hash(term), 0f);
  }

  /** These terms alone, as far as they are known. */
  TermFrequencies only(Collection<String> terms) {
    Map<Long, Float> kept = new HashMap<>();
    for (String term : terms) {
      Float share = shares.get(hash(term));
      if (share != null) {
        kept.put(hash(term), share);
      }
    }
    return new TermFrequencies(kept);
  }

  static long hash(String term) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < term.length(); i++) {
      hash = (hash ^ term.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** Spreads the bits, of which the upper ones alone are used elsewhere. */
  private static long mix(long hash) {
    long mixed = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
    return mixed ^ (mixed >>> 29);
  }

  /** Counts values. */
  static final class Counter {
    private final Map<Long, Integer> counts = new HashMap<>();
    private long all;

    void add(String term) {
      counts.merge(hash(term), 1, Integer::sum);
      all++;
    }

    /**
     * The values seen at least so often; those of {@code base} stay where nothing better is known.
     */
    TermFrequencies frequent(int atLeast, TermFrequencies base) {
      Map<Long, Float> shares = new HashMap<>();
      base.shares.forEach(
          (term, share) -> {
            int seen = counts.getOrDefault(term, 0);
            // The base counts as much as a thousand values of the tenant's own.
            shares.put(term, (float) ((seen + 1000.0 * share) / (all + 1000.0)));
          });
      counts.forEach(
          (term, count) -> {
            if (count >= atLeast && !shares.containsKey(term)) {
              shares.put(term, (float) (count / (all + 1000.0)));
            }
          });
      return new TermFrequencies(shares);
    }
  }
}
