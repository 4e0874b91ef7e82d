package dev.hilo.inbox.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of some things must be done one after the other: those that have a key in common, directly
 * or over others. Different lanes may go side by side.
 */
final class Lanes {

  private Lanes() {}

  /**
   * Parts things into lanes.
   *
   * @param keys of each thing, in their order
   * @return the places of the things of each lane, ascending; lanes in the order of their first
   */
  static List<List<Integer>> of(List<? extends Collection<String>> keys) {
    int[] before = new int[keys.size()];
    Arrays.setAll(before, i -> i);
    Map<String, Integer> firstWith = new HashMap<>();
    for (int i = 0; i < before.length; i++) {
      for (String key : keys.get(i)) {
        Integer other = firstWith.putIfAbsent(key, i);
        if (other != null) {
          join(before, i, other);
        }
      }
    }
    Map<Integer, List<Integer>> lanes = new LinkedHashMap<>();
    for (int i = 0; i < before.length; i++) {
      lanes.computeIfAbsent(first(before, i), first -> new ArrayList<>()).add(i);
    }
    return List.copyOf(lanes.values());
  }

  private static void join(int[] before, int one, int other) {
    int first = first(before, one);
    int second = first(before, other);
    before[Math.max(first, second)] = Math.min(first, second);
  }

  private static int first(int[] before, int of) {
    int at = of;
    while (before[at] != at) {
      before[at] = before[before[at]];
      at = before[at];
    }
    return at;
  }
}
