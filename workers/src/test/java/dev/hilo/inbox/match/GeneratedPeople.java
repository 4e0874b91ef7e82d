package dev.hilo.inbox.match;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Records with known truth, after the error model of FEBRL's generator: originals with values by
 * their frequency, and duplicates of them with a limited number of modifications a field and a
 * record.
 *
 * <p>Source: P. Christen, "Probabilistic Data Generation for Deduplication and Data Linkage", IDEAL
 * 2005; P. Christen and A. Pudjijono, "Accurate Synthetic Generation of Realistic Personal
 * Information", PAKDD 2009. Lists of names are our own, with Zipf frequencies and a tail of made-up
 * names; households are ours.
 */
final class GeneratedPeople {

  /** What a record has. */
  enum Part {
    GIVEN,
    FAMILY,
    NUMBER,
    STREET,
    STREET_2,
    CITY,
    POSTCODE,
    BIRTH_DATE,
    DOCUMENT,
    PHONE,
    EMAIL
  }

  /** How many duplicates an original has. */
  enum Distribution {
    UNIFORM,
    POISSON,
    ZIPF
  }

  /**
   * What to make.
   *
   * @param language es, pt or en
   * @param mostDuplicates of one original
   * @param mostInField modifications of one field
   * @param mostInRecord modifications of one record
   * @param households share of originals that live with the one before
   * @param missing share of values that an original lacks
   * @param fullNames share of records whose name is in one piece
   * @param contacts whether there are phones and mail addresses
   */
  record Order(
      long seed,
      String language,
      int originals,
      int duplicates,
      Distribution distribution,
      int mostDuplicates,
      int mostInField,
      int mostInRecord,
      double households,
      double missing,
      double fullNames,
      boolean contacts) {

    /** Of FEBRL's fields alone, with its usual severity. */
    static Order febrl(long seed, String language, int originals, int duplicates, int severity) {
      return new Order(
          seed,
          language,
          originals,
          duplicates,
          severity == 3 ? Distribution.ZIPF : Distribution.POISSON,
          duplicates <= originals && severity == 1 ? 1 : 5,
          severity,
          severity == 1 ? 2 : severity == 2 ? 4 : 10,
          0,
          0.03,
          0,
          false);
    }

    /** Of what an inbox knows: households, phones, mail addresses, some names in one piece. */
    static Order customers(long seed, String language, int originals, int duplicates) {
      return new Order(
          seed,
          language,
          originals,
          duplicates,
          Distribution.POISSON,
          4,
          2,
          5,
          0.25,
          0.15,
          0.3,
          true);
    }
  }

  /** A record and whose it is. */
  record Labelled(Person person, int entity) {}

  private static final DateTimeFormatter COMPACT = DateTimeFormatter.BASIC_ISO_DATE;
  private static final int TAIL = 4000;

  private final Order order;
  private final SplittableRandom random;
  private final Modifications modifications;
  private final Map<Part, List<String>> values = new EnumMap<>(Part.class);
  private final Set<String> emails = new HashSet<>();
  private final List<String> postcodes = new ArrayList<>();

  private GeneratedPeople(Order order) {
    this.order = order;
    this.random = new SplittableRandom(order.seed());
    this.modifications = new Modifications(random);
    for (String line : lines("people-" + order.language() + ".txt")) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      List<String> list = new ArrayList<>();
      for (String word : line.substring(colon + 1).strip().split(" ", -1)) {
        list.add(word.replace('·', ' '));
      }
      switch (line.substring(0, colon)) {
        case "given" -> values.put(Part.GIVEN, list);
        case "family" -> values.put(Part.FAMILY, tailed(list));
        case "city" -> values.put(Part.CITY, list);
        case "street" -> values.put(Part.STREET, tailed(list));
        default -> throw new IllegalStateException(line);
      }
    }
    for (int i = 0; i < 900; i++) {
      postcodes.add(String.valueOf(1000 + random.nextInt(8999)));
    }
  }

  static List<Labelled> make(Order order) {
    return new GeneratedPeople(order).make();
  }

  private List<Labelled> make() {
    List<Labelled> all = new ArrayList<>();
    List<Map<Part, String>> originals = new ArrayList<>();
    for (int i = 0; i < order.originals(); i++) {
      boolean relative = i > 0 && random.nextDouble() < order.households();
      originals.add(relative ? relative(originals.getLast()) : original());
      all.add(labelled(originals.getLast(), i, "rec-" + i + "-org"));
    }
    int made = 0;
    while (made < order.duplicates()) {
      int entity = random.nextInt(originals.size());
      int copies = Math.min(number(), order.duplicates() - made);
      for (int copy = 0; copy < copies; copy++) {
        Map<Part, String> duplicate = modifications.of(originals.get(entity), order, this);
        if (order.contacts()) {
          anotherWayToReach(duplicate);
        }
        all.add(labelled(duplicate, entity, "rec-" + entity + "-dup-" + made));
        made++;
      }
    }
    return all;
  }

  /** People come again with another phone or mail address: why else would they have two records. */
  private void anotherWayToReach(Map<Part, String> record) {
    if (random.nextDouble() < 0.4 && record.containsKey(Part.PHONE)) {
      record.put(Part.PHONE, phone());
    }
    if (random.nextDouble() < 0.35 && record.containsKey(Part.EMAIL)) {
      record.put(Part.EMAIL, email(record));
    }
  }

  /** The names of a language's lists, plain. */
  static List<String> commonNames(String language, String list) {
    return lines("people-" + language + ".txt").stream()
        .filter(line -> line.startsWith(list + ":"))
        .flatMap(line -> List.of(line.substring(list.length() + 1).strip().split(" ", -1)).stream())
        .map(PersonText::plain)
        .toList();
  }

  private int number() {
    return switch (order.distribution()) {
      case UNIFORM -> 1 + random.nextInt(order.mostDuplicates());
      case POISSON -> {
        int n = 1;
        while (n < order.mostDuplicates() && random.nextDouble() < 0.3) {
          n++;
        }
        yield n;
      }
      case ZIPF -> Math.max(1, (int) (order.mostDuplicates() * Math.pow(random.nextDouble(), 1.5)));
    };
  }

  private Map<Part, String> original() {
    Map<Part, String> record = new EnumMap<>(Part.class);
    record.put(Part.GIVEN, givenName());
    record.put(Part.FAMILY, familyName());
    record.put(Part.NUMBER, String.valueOf(1 + (int) (300 * Math.pow(random.nextDouble(), 2))));
    record.put(Part.STREET, value(Part.STREET));
    if (random.nextDouble() < 0.5) {
      record.put(Part.STREET_2, value(Part.STREET));
    }
    int city = zipf(Objects.requireNonNull(values.get(Part.CITY)).size());
    record.put(Part.CITY, Objects.requireNonNull(values.get(Part.CITY)).get(city));
    // A city's own postcodes, more of them where it is large.
    int own = Math.max(2, 60 / (city + 1));
    record.put(Part.POSTCODE, postcodes.get((city * 61 + random.nextInt(own)) % postcodes.size()));
    record.put(
        Part.BIRTH_DATE,
        LocalDate.of(1930, 1, 1).plusDays(random.nextInt(75 * 365)).format(COMPACT));
    record.put(Part.DOCUMENT, String.valueOf(1_000_000 + random.nextInt(8_999_999)));
    if (order.contacts()) {
      record.put(Part.PHONE, phone());
      record.put(Part.EMAIL, email(record));
    }
    drop(record);
    return record;
  }

  /** Somebody who lives with somebody. */
  private Map<Part, String> relative(Map<Part, String> other) {
    Map<Part, String> record = original();
    for (Part part : List.of(Part.NUMBER, Part.STREET, Part.STREET_2, Part.CITY, Part.POSTCODE)) {
      copy(part, other, record);
    }
    if (random.nextDouble() < 0.8) {
      copy(Part.FAMILY, other, record);
    }
    if (random.nextDouble() < 0.4) {
      copy(Part.PHONE, other, record);
    }
    if (random.nextDouble() < 0.1) {
      copy(Part.EMAIL, other, record);
    }
    if (random.nextDouble() < 0.03) {
      copy(Part.BIRTH_DATE, other, record);
    } else if (random.nextDouble() < 0.015) {
      copy(Part.GIVEN, other, record);
    }
    return record;
  }

  private static void copy(Part part, Map<Part, String> from, Map<Part, String> to) {
    String value = from.get(part);
    if (value == null) {
      to.remove(part);
    } else {
      to.put(part, value);
    }
  }

  private void drop(Map<Part, String> record) {
    for (Part part : Part.values()) {
      boolean rarelyAsked = order.contacts() && (part == Part.DOCUMENT || part == Part.BIRTH_DATE);
      double share = part == Part.GIVEN || part == Part.FAMILY ? 0.01 : order.missing();
      if (random.nextDouble() < (rarelyAsked ? 3 * share : share)) {
        record.remove(part);
      }
    }
  }

  private String givenName() {
    String first = value(Part.GIVEN);
    boolean two = !order.language().equals("en") && random.nextDouble() < 0.35;
    return two ? first + " " + value(Part.GIVEN) : first;
  }

  private String familyName() {
    String first = value(Part.FAMILY);
    return order.language().equals("en") ? first : first + " " + value(Part.FAMILY);
  }

  private String phone() {
    return switch (order.language()) {
      case "es" -> "+569" + (10_000_000 + random.nextInt(89_999_999));
      case "pt" -> "+55119" + (10_000_000 + random.nextInt(89_999_999));
      default -> "+614" + (10_000_000 + random.nextInt(89_999_999));
    };
  }

  private String email(Map<Part, String> record) {
    String given = PersonText.plain(record.getOrDefault(Part.GIVEN, "")).split(" ", -1)[0];
    String family = PersonText.plain(record.getOrDefault(Part.FAMILY, "")).split(" ", -1)[0];
    String initial = given.isEmpty() ? "" : given.substring(0, 1);
    String[] hosts = {"gmail.com", "hotmail.com", "yahoo.com", "outlook.com", "empresa.example"};

    String local =
        switch (random.nextInt(4)) {
          case 0 -> given + "." + family;
          case 1 -> initial + family + random.nextInt(100);
          case 2 -> given + family + random.nextInt(1000);
          default -> family + initial + (1930 + random.nextInt(75));
        };
    String email = local + "@" + hosts[zipf(hosts.length)];
    while (!emails.add(email)) {
      email = local + random.nextInt(100) + "@" + hosts[zipf(hosts.length)];
    }
    return email;
  }

  /** A value by its frequency. */
  String value(Part part) {
    List<String> list = Objects.requireNonNull(values.get(part));
    return list.get(zipf(list.size()));
  }

  boolean has(Part part) {
    return values.containsKey(part);
  }

  private int zipf(int size) {
    // Inverse of the continuous distribution with density 1 / (rank + 8).
    double x = 8 * (Math.pow((size + 8.0) / 8, random.nextDouble()) - 1);
    return Math.min(size - 1, (int) x);
  }

  private List<String> tailed(List<String> common) {
    String[] syllables = {
      "ba", "ca", "do", "fe", "gu", "li", "mo", "na", "pe", "ra", "so", "ta", "vi", "zu", "ler",
      "man", "ton", "rin", "vel", "gar", "bor", "cas", "den", "lo", "mi", "pol", "qui", "sel"
    };
    List<String> all = new ArrayList<>(common);
    for (int i = 0; i < TAIL; i++) {
      StringBuilder name = new StringBuilder();
      for (int n = 2 + random.nextInt(3); n > 0; n--) {
        name.append(syllables[random.nextInt(syllables.length)]);
      }
      all.add(name.toString());
    }
    return all;
  }

  private Labelled labelled(Map<Part, String> record, int entity, String id) {
    Person.Builder person = Person.of(id);
    String given = record.getOrDefault(Part.GIVEN, "");
    String family = record.getOrDefault(Part.FAMILY, "");
    if (random.nextDouble() < order.fullNames()) {
      // Display names leave out second names and surnames as they like.
      String shortGiven = random.nextDouble() < 0.6 ? given.split(" ", -1)[0] : given;
      String shortFamily = random.nextDouble() < 0.5 ? family.split(" ", -1)[0] : family;
      person.fullName((shortGiven + " " + shortFamily).strip());
    } else {
      person.name(given, family);
    }
    person.birthDate(record.getOrDefault(Part.BIRTH_DATE, ""));
    person.uncheckedDocument(record.getOrDefault(Part.DOCUMENT, ""));
    person.phone(record.getOrDefault(Part.PHONE, ""));
    person.email(record.getOrDefault(Part.EMAIL, ""));
    person.address(
        String.join(
                " ",
                record.getOrDefault(Part.NUMBER, ""),
                record.getOrDefault(Part.STREET, ""),
                record.getOrDefault(Part.STREET_2, ""))
            .strip(),
        record.getOrDefault(Part.CITY, ""),
        record.getOrDefault(Part.POSTCODE, ""),
        "");
    return new Labelled(person.build(), entity);
  }

  private static List<String> lines(String resource) {
    try (InputStream in =
        Objects.requireNonNull(GeneratedPeople.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
