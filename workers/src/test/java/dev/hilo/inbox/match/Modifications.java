package dev.hilo.inbox.match;

import dev.hilo.inbox.match.GeneratedPeople.Order;
import dev.hilo.inbox.match.GeneratedPeople.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** The errors of FEBRL's model: typing, sound, scanning, words, values in a wrong place or lost. */
final class Modifications {

  /** Rows of a keyboard: neighbours are hit instead. */
  private static final String[] KEYBOARD = {"qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890"};

  private static final String[][] SOUNDS = {
    {"b", "v"}, {"v", "b"}, {"s", "z"}, {"z", "s"}, {"c", "s"}, {"ph", "f"}, {"f", "ph"},
    {"ll", "y"}, {"y", "i"}, {"i", "y"}, {"g", "j"}, {"j", "g"}, {"k", "c"}, {"qu", "k"},
    {"c", "k"}, {"h", ""}, {"nn", "n"}, {"n", "nn"}, {"ss", "s"}, {"tt", "t"}, {"th", "t"},
    {"ck", "k"}, {"ee", "ea"}, {"ou", "u"}, {"x", "s"}, {"lh", "li"}, {"ç", "ss"}, {"ie", "y"}
  };

  private static final String[][] SCANS = {
    {"m", "rn"}, {"rn", "m"}, {"l", "1"}, {"o", "0"}, {"0", "o"}, {"1", "l"}, {"cl", "d"},
    {"d", "cl"}, {"5", "s"}, {"e", "c"}, {"i", "l"}, {"8", "b"}, {"u", "v"}, {"h", "b"}
  };

  private final SplittableRandom random;

  Modifications(SplittableRandom random) {
    this.random = random;
  }

  /** A copy with 1 to the most modifications. */
  Map<Part, String> of(Map<Part, String> original, Order order, GeneratedPeople people) {
    Map<Part, String> copy = new EnumMap<>(original);
    Map<Part, Integer> done = new EnumMap<>(Part.class);
    int modifications = 1 + random.nextInt(order.mostInRecord());
    for (int i = 0, tries = 0; i < modifications && tries < 100; tries++) {
      Part part = part();
      if (!copy.containsKey(part) || done.getOrDefault(part, 0) >= order.mostInField()) {
        continue;
      }
      modify(part, copy, people);
      done.merge(part, 1, Integer::sum);
      i++;
    }
    return copy;
  }

  private Part part() {
    double x = random.nextDouble();
    Part[] parts = Part.values();
    double[] shares = {.14, .16, .1, .12, .08, .1, .08, .08, .06, .05, .03};
    for (int i = 0; i < parts.length; i++) {
      x -= shares[i];
      if (x < 0) {
        return parts[i];
      }
    }
    return Part.FAMILY;
  }

  private void modify(Part part, Map<Part, String> copy, GeneratedPeople people) {
    String value = Objects.requireNonNull(copy.get(part));
    boolean number =
        part == Part.NUMBER
            || part == Part.POSTCODE
            || part == Part.BIRTH_DATE
            || part == Part.DOCUMENT
            || part == Part.PHONE;
    double x = random.nextDouble();
    if (x < 0.06) {
      copy.remove(part);
    } else if (x < 0.09 && people.has(part)) {
      copy.put(part, people.value(part));
    } else if (x < 0.13 && (part == Part.GIVEN || part == Part.FAMILY)) {
      swap(copy, Part.GIVEN, Part.FAMILY);
    } else if (x < 0.13 && (part == Part.STREET || part == Part.STREET_2)) {
      swap(copy, Part.STREET, Part.STREET_2);
    } else if (x < 0.2 && part == Part.BIRTH_DATE && value.length() == 8) {
      copy.put(part, value.substring(0, 4) + value.substring(6) + value.substring(4, 6));
    } else if (x < 0.2 && value.contains(" ")) {
      copy.put(part, words(value));
    } else if (x < 0.23 && !number) {
      copy.put(part, split(value));
    } else if (x < 0.45 && !number) {
      copy.put(part, replaced(value, SOUNDS));
    } else if (x < 0.5 && !number) {
      copy.put(part, replaced(value, SCANS));
    } else {
      copy.put(part, typed(value, number, part == Part.BIRTH_DATE || part == Part.DOCUMENT));
    }
  }

  private static void swap(Map<Part, String> copy, Part a, Part b) {
    String first = copy.remove(a);
    String second = copy.remove(b);
    if (first != null) {
      copy.put(b, first);
    }
    if (second != null) {
      copy.put(a, second);
    }
  }

  /** Words exchanged, one left out, or two run together. */
  private String words(String value) {
    List<String> words = new ArrayList<>(List.of(value.split(" ", -1)));
    switch (random.nextInt(3)) {
      case 0 -> words.add(words.removeFirst());
      case 1 -> words.remove(random.nextInt(words.size()));
      default -> {
        return value.replaceFirst(" ", "");
      }
    }
    return String.join(" ", words);
  }

  private String split(String value) {
    int at = place(value.length());
    return at == 0 ? value : value.substring(0, at) + " " + value.substring(at);
  }

  private String replaced(String value, String[][] rules) {
    List<String> possible = new ArrayList<>();
    for (String[] rule : rules) {
      int at = value.indexOf(rule[0]);
      if (at >= 0) {
        possible.add(value.substring(0, at) + rule[1] + value.substring(at + rule[0].length()));
      }
    }
    return possible.isEmpty()
        ? typed(value, false, false)
        : possible.get(random.nextInt(possible.size()));
  }

  private String typed(String value, boolean number, boolean keepLength) {
    if (value.isEmpty()) {
      return value;
    }
    int at = place(value.length());
    double x = random.nextDouble();
    if (keepLength) {
      x = 0.3 + 0.7 * x;
    }
    char typed = number ? (char) ('0' + random.nextInt(10)) : near(value.charAt(at));
    if (x < 0.15) {
      return value.substring(0, at) + typed + value.substring(at);
    }
    if (x < 0.3) {
      return value.length() == 1 ? value : value.substring(0, at) + value.substring(at + 1);
    }
    if (x < 0.75 || at + 1 >= value.length()) {
      return value.substring(0, at) + typed + value.substring(at + 1);
    }
    return value.substring(0, at)
        + value.charAt(at + 1)
        + value.charAt(at)
        + value.substring(at + 2);
  }

  /** Errors are likelier in the middle and at the end. */
  private int place(int length) {
    double x = (random.nextDouble() + random.nextDouble() + random.nextDouble()) / 3;
    return Math.min(length - 1, (int) (Math.min(0.999, x + 0.1) * length));
  }

  private char near(char c) {
    for (String row : KEYBOARD) {
      int at = row.indexOf(c);
      if (at >= 0) {
        int next = at + (random.nextBoolean() ? 1 : -1);
        return row.charAt(Math.max(0, Math.min(row.length() - 1, next)));
      }
    }
    return (char) ('a' + random.nextInt(26));
  }
}
