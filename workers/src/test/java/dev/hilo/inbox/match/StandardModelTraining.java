package dev.hilo.inbox.match;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the model that comes with Hilo: {@code main(path)}. */
final class StandardModelTraining {

  private static final Instant WHEN = Instant.parse("2026-11-20T00:00:00Z");

  private StandardModelTraining() {}

  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), model(12_000).toJson() + "\n");
  }

  /** Seeds below 100 are for training, those above for tests and benches. */
  static MatchModel model(int originals) {
    List<Person> people = new ArrayList<>();
    int seed = 1;
    for (String language : List.of("es", "pt", "en")) {
      List<GeneratedPeople.Labelled> all = new ArrayList<>();
      all.addAll(
          GeneratedPeople.make(
              GeneratedPeople.Order.customers(seed++, language, originals, originals / 2)));
      all.addAll(
          GeneratedPeople.make(
              GeneratedPeople.Order.febrl(seed++, language, originals / 2, originals / 4, 2)));
      all.forEach(it -> people.add(it.person()));
    }
    MatchModel trained = Trainer.train(people, FirstGuess.model(), WHEN);
    // How many duplicates others have is not known from here.
    return new MatchModel(
        trained.version(),
        trained.trainedAt(),
        trained.records(),
        trained.pairs(),
        0.15,
        0.1,
        trained.levels(),
        // Made-up places and phones are nobody's.
        Map.of(
            Field.GIVEN_NAME, trained.frequencies(Field.GIVEN_NAME).only(names("given")),
            Field.FAMILY_NAME, trained.frequencies(Field.FAMILY_NAME).only(names("family"))));
  }

  private static List<String> names(String list) {
    return List.of("es", "pt", "en").stream()
        .flatMap(language -> GeneratedPeople.commonNames(language, list).stream())
        .toList();
  }
}
