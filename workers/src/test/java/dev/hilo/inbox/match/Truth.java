package dev.hilo.inbox.match;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which records are of one person, and how well a result keeps to it.
 *
 * @param entities whose each record is, by its id
 * @param pairs how many pairs of one person there are
 */
record Truth(Map<String, String> entities, long pairs) {

  static Truth of(Map<String, String> entities) {
    Map<String, Long> sizes = new HashMap<>();
    entities.values().forEach(entity -> sizes.merge(entity, 1L, Long::sum));
    return new Truth(
        entities, sizes.values().stream().mapToLong(size -> size * (size - 1) / 2).sum());
  }

  static Truth of(List<GeneratedPeople.Labelled> people) {
    Map<String, String> entities = new HashMap<>();
    people.forEach(it -> entities.put(it.person().id(), String.valueOf(it.entity())));
    return of(entities);
  }

  boolean same(String first, String second) {
    String entity = entities.get(first);
    return entity != null && entity.equals(entities.get(second));
  }

  /** Two ids. */
  record Ids(String first, String second) {}

  /**
   * How good an answer is.
   *
   * @param right pairs of one person
   * @param wrong pairs of two
   * @param all pairs of one person that there are
   */
  record Quality(long right, long wrong, long all) {

    double precision() {
      return right + wrong == 0 ? 1 : (double) right / (right + wrong);
    }

    double recall() {
      return all == 0 ? 1 : (double) right / all;
    }

    double f1() {
      double sum = precision() + recall();
      return sum == 0 ? 0 : 2 * precision() * recall() / sum;
    }
  }

  Quality quality(Collection<Ids> answer) {
    long right = answer.stream().filter(ids -> same(ids.first(), ids.second())).count();
    return new Quality(right, answer.size() - right, pairs);
  }

  /** Of an answer whose pairs make groups: who is one with one is one with all of its group. */
  Quality qualityOfGroups(Collection<Ids> answer) {
    Map<String, String> parents = new HashMap<>();
    for (Ids ids : answer) {
      parents.put(root(parents, ids.first()), root(parents, ids.second()));
    }
    Map<String, List<String>> groups = new HashMap<>();
    for (Ids ids : answer) {
      for (String id : List.of(ids.first(), ids.second())) {
        groups.computeIfAbsent(root(parents, id), root -> new ArrayList<>()).add(id);
      }
    }
    long right = 0;
    long said = 0;
    for (List<String> group : groups.values()) {
      List<String> members = group.stream().distinct().toList();
      said += (long) members.size() * (members.size() - 1) / 2;
      Map<String, Long> sizes = new HashMap<>();
      members.forEach(id -> sizes.merge(entities.getOrDefault(id, id), 1L, Long::sum));
      right += sizes.values().stream().mapToLong(size -> size * (size - 1) / 2).sum();
    }
    return new Quality(right, said - right, pairs);
  }

  private static String root(Map<String, String> parents, String id) {
    String at = id;
    String next = parents.get(at);
    while (next != null && !next.equals(at)) {
      at = next;
      next = parents.get(at);
    }
    return at;
  }
}
