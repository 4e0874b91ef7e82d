package dev.hilo.inbox.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What others would do without a model. */
final class Baselines {

  private Baselines() {}

  /** All who have the same name and birth date, accents and case aside; both must be there. */
  static List<Truth.Ids> exact(List<Features> people) {
    Map<String, List<String>> groups = new HashMap<>();
    for (Features person : people) {
      if (!person.names().isEmpty() && !person.birthDates().isEmpty()) {
        groups
            .computeIfAbsent(
                name(person) + "/" + person.birthDates().getFirst().text(),
                key -> new ArrayList<>())
            .add(person.id());
      }
    }
    List<Truth.Ids> pairs = new ArrayList<>();
    for (List<String> group : groups.values()) {
      for (int i = 0; i < group.size(); i++) {
        for (int j = i + 1; j < group.size(); j++) {
          pairs.add(new Truth.Ids(group.get(i), group.get(j)));
        }
      }
    }
    return pairs;
  }

  /** A pair and how alike its fields are on the average. */
  record Alike(Truth.Ids ids, double similarity) {}

  /** The mean of Jaro and Winkler's similarity of all fields that both have, of the same blocks. */
  static List<Alike> jaroWinkler(List<Features> people) {
    List<Alike> all = new ArrayList<>();
    Blocks.of(people, Blocks.usualSize(people.size()))
        .forEach(
            () ->
                new Blocks.PairTask() {
                  private final List<Alike> found = new ArrayList<>();

                  @Override
                  public void pair(int first, int second) {
                    Features a = people.get(first);
                    Features b = people.get(second);
                    double similarity = similarity(a, b);
                    if (similarity >= 0.6) {
                      found.add(new Alike(new Truth.Ids(a.id(), b.id()), similarity));
                    }
                  }

                  @Override
                  public void done() {
                    synchronized (all) {
                      all.addAll(found);
                    }
                  }
                });
    all.sort(Comparator.comparingDouble(Alike::similarity).reversed());
    return all;
  }

  private static double similarity(Features a, Features b) {
    List<String> one = fields(a);
    List<String> other = fields(b);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).isEmpty() && !other.get(i).isEmpty()) {
        sum += Similarity.of(one.get(i), other.get(i));
        count++;
      }
    }
    return count < 2 ? 0 : sum / count;
  }

  private static List<String> fields(Features person) {
    Features.Address none =
        new Features.Address(new String[0], new String[0], "", 0, "", 0, "", true);
    Features.Address address = person.addresses().isEmpty() ? none : person.addresses().getFirst();
    return List.of(
        name(person),
        person.birthDates().isEmpty() ? "" : person.birthDates().getFirst().text(),
        person.phones().isEmpty() ? "" : person.phones().getFirst().text(),
        person.emails().isEmpty() ? "" : person.emails().getFirst().text(),
        person.documents().isEmpty() ? "" : person.documents().getFirst().number(),
        String.join(" ", address.numbers()) + " " + String.join(" ", address.words()),
        address.city(),
        address.postcode());
  }

  private static String name(Features person) {
    StringBuilder name = new StringBuilder();
    if (!person.names().isEmpty()) {
      for (Word word : person.names().getFirst().full()) {
        name.append(name.isEmpty() ? "" : " ").append(word.text());
      }
    }
    return name.toString();
  }
}
