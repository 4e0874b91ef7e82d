package dev.hilo.inbox.match;

import dev.hilo.inbox.match.GeneratedPeople.Labelled;
import dev.hilo.inbox.match.GeneratedPeople.Order;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Precision and recall on labelled records, and what a large batch costs. {@code
 * bench/identity/run} starts it; {@code --help} says how.
 */
final class IdentityBench {

  private static final String HELP =
      """
      run FILE.csv... [--map CONTENT=COLUMN+COLUMN,...] [--standard]
          Precision and recall on labelled files, in FEBRL's layout or a mapped one. Contents: id,
          truth, name, given, middle, family, birth, phone, email, document, street, city, postcode,
          country. The model is trained on the file itself, without its truth; --standard: not.
      run --generated [SEED]
          The same on generated records of several kinds and languages.
      run --batch RECORDS [SEED]
          Time, memory and pairs of a batch of so many generated records.
      """;

  private static final double[] CURVE = {
    0.01, 0.05, 0.1, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9998, 0.99999
  };

  private final PrintStream out;

  private IdentityBench(PrintStream out) {
    this.out = out;
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    IdentityBench bench = new IdentityBench(System.out);
    if (arguments.length == 0 || arguments[0].equals("--help")) {
      System.out.print(HELP);
    } else if (arguments[0].equals("--generated")) {
      bench.generated(arguments.length > 1 ? Long.parseLong(arguments[1]) : 500);
    } else if (arguments[0].equals("--batch")) {
      bench.batch(
          Integer.parseInt(arguments[1]),
          arguments.length > 2 ? Long.parseLong(arguments[2]) : 600);
    } else {
      bench.files(List.of(arguments));
    }
  }

  private void files(List<String> arguments) throws IOException {
    List<Path> files = new ArrayList<>();
    Map<LabelledCsv.Content, List<String>> mapping = new EnumMap<>(LabelledCsv.Content.class);
    boolean standard = false;
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--standard" -> standard = true;
        case "--map" -> {
          i++;
          for (String part : arguments.get(i).split(",", -1)) {
            int equals = part.indexOf('=');
            mapping.put(
                LabelledCsv.Content.valueOf(part.substring(0, equals).toUpperCase(Locale.ROOT)),
                List.of(part.substring(equals + 1).split("\\+", -1)));
          }
        }
        default -> files.add(Path.of(arguments.get(i)));
      }
    }
    LabelledCsv.People read = LabelledCsv.read(files, mapping);
    quality(
        String.join(" + ", files.stream().map(file -> file.getFileName().toString()).toList()),
        read.people(),
        Truth.of(read.entities()),
        standard);
  }

  private void generated(long seed) {
    for (String language : List.of("en", "es", "pt")) {
      for (Order order :
          List.of(
              Order.febrl(seed, language, 500, 500, 1),
              Order.febrl(seed + 1, language, 4000, 1000, 2),
              Order.febrl(seed + 2, language, 2000, 3000, 3),
              Order.febrl(seed + 3, language, 5000, 5000, 1),
              Order.customers(seed + 4, language, 10_000, 5000))) {
        List<Labelled> people = GeneratedPeople.make(order);
        quality(
            language
                + (order.contacts() ? ", customers" : ", FEBRL's model")
                + ", at most "
                + order.mostInRecord()
                + " errors",
            people.stream().map(Labelled::person).toList(),
            Truth.of(people),
            false);
      }
    }
  }

  private void quality(String name, List<Person> people, Truth truth, boolean standard) {
    BatchMatcher batch =
        standard
            ? BatchMatcher.of(people, MatchModel.standard())
            : BatchMatcher.trained(people, MatchModel.standard(), Instant.EPOCH);
    Thresholds defaults = Thresholds.DEFAULT;
    BatchMatcher.Result result = batch.match(new Thresholds(defaults.merge(), CURVE[0]));
    long all = (long) people.size() * (people.size() - 1) / 2;
    out.printf(
        Locale.ROOT,
        "%n## %s%n%n%,d records, %,d pairs of one person; %,d pairs compared of %,d%n%n",
        name,
        people.size(),
        truth.pairs(),
        result.compared(),
        all);
    out.printf(Locale.ROOT, "| | precision | recall | F1 | wrong pairs |%n|---|--:|--:|--:|--:|%n");
    List<Truth.Ids> merged =
        ids(result.pairs().stream().filter(pair -> pair.verdict() == Verdict.MERGE));
    List<Truth.Ids> found = above(result, defaults.review());
    row("**merged by machine**", truth.quality(merged));
    row("**merged or reviewed**", truth.quality(found));
    row("merged or reviewed, as groups", truth.qualityOfGroups(found));
    for (double threshold : CURVE) {
      row("probability from " + threshold, truth.quality(above(result, threshold)));
    }
    List<Features> features = Trainer.prepare(people, MatchModel.standard());
    row("baseline: same name and birth date", truth.quality(Baselines.exact(features)));
    List<Baselines.Alike> alike = Baselines.jaroWinkler(features);
    double best = 1;
    double bestF1 = -1;
    for (int percent = 99; percent >= 60; percent--) {
      double f1 = truth.quality(alike(alike, percent / 100.0)).f1();
      if (f1 > bestF1) {
        bestF1 = f1;
        best = percent / 100.0;
      }
    }
    row("baseline: Jaro-Winkler from 0.9", truth.quality(alike(alike, 0.9)));
    row(
        "baseline: Jaro-Winkler from " + best + ", the best for this file",
        truth.quality(alike(alike, best)));
  }

  private static List<Truth.Ids> above(BatchMatcher.Result result, double threshold) {
    return ids(result.pairs().stream().filter(pair -> pair.probability() >= threshold));
  }

  private static List<Truth.Ids> ids(Stream<BatchMatcher.Pair> pairs) {
    return pairs.map(pair -> new Truth.Ids(pair.first(), pair.second())).toList();
  }

  private static List<Truth.Ids> alike(Collection<Baselines.Alike> alike, double threshold) {
    return alike.stream()
        .filter(pair -> pair.similarity() >= threshold)
        .map(Baselines.Alike::ids)
        .toList();
  }

  private void row(String name, Truth.Quality quality) {
    out.printf(
        Locale.ROOT,
        "| %s | %.5f | %.4f | %.4f | %,d |%n",
        name,
        quality.precision(),
        quality.recall(),
        quality.f1(),
        quality.wrong());
  }

  private void batch(int records, long seed) {
    List<Labelled> people =
        GeneratedPeople.make(Order.customers(seed, "es", records * 4 / 5, records / 5));
    Truth truth = Truth.of(people);
    List<Person> persons = people.stream().map(Labelled::person).toList();
    System.gc();
    long before = used();
    long start = System.nanoTime();
    BatchMatcher batch = BatchMatcher.trained(persons, MatchModel.standard(), Instant.EPOCH);
    double training = (System.nanoTime() - start) / 1e9;
    BatchMatcher.Result result = batch.match(Thresholds.DEFAULT);
    double total = (System.nanoTime() - start) / 1e9;
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    out.printf(Locale.ROOT, "| | |%n|---|--:|%n");
    out.printf(Locale.ROOT, "| records | %,d |%n", people.size());
    out.printf(
        Locale.ROOT,
        "| keys shared, too large of them | %,d, %,d |%n",
        result.blocks(),
        result.largeBlocks());
    out.printf(Locale.ROOT, "| pairs compared | %,d |%n", result.compared());
    out.printf(Locale.ROOT, "| training, s | %.1f |%n", training);
    out.printf(Locale.ROOT, "| in all, s | %.1f |%n", total);
    out.printf(
        Locale.ROOT,
        "| pairs/s while matching | %,.0f |%n",
        result.compared() / (total - training));
    out.printf(Locale.ROOT, "| heap before (the records), MiB | %,d |%n", before >> 20);
    out.printf(Locale.ROOT, "| heap, most, MiB | %,d |%n", peak >> 20);
    out.printf(
        Locale.ROOT,
        "| merged, to review | %,d, %,d |%n",
        count(result, true),
        count(result, false));
    Truth.Quality merged =
        truth.quality(ids(result.pairs().stream().filter(pair -> pair.verdict() == Verdict.MERGE)));
    Truth.Quality found = truth.quality(above(result, Thresholds.DEFAULT.review()));
    out.printf(Locale.ROOT, "| precision of merges | %.5f |%n", merged.precision());
    out.printf(Locale.ROOT, "| recall of merges and reviews | %.4f |%n", found.recall());
    out.printf(Locale.ROOT, "| precision of merges and reviews | %.4f |%n", found.precision());
  }

  private static long count(BatchMatcher.Result result, boolean merged) {
    return result.pairs().stream().filter(p -> (p.verdict() == Verdict.MERGE) == merged).count();
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
