package dev.hilo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the engine alone and Hilo, in turns, on a platform that is up.
 *
 * <p>Exit codes: 0 measured; 1 a message was lost or doubled, or nothing could be measured; 2 the
 * command line or the environment is wrong.
 */
public final class Bench {

  private static final DateTimeFormatter FILE_NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Bench() {}

  /** See {@link Options#HELP}. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    Options options;
    Endpoints endpoints;
    try {
      options = Options.parse(List.of(arguments));
      endpoints = Endpoints.from(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(Options.HELP);
      return;
    }
    try {
      measure(options, endpoints);
      System.exit(0);
    } catch (LossException e) {
      System.err.println("bench: LOST OR DOUBLED: " + e.getMessage());
      System.exit(1);
    } catch (BenchException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void measure(Options options, Endpoints endpoints) {
    Instant started = Instant.now();
    try (LocalHttp http = new LocalHttp()) {
      http.get(endpoints.hilo().resolve("/actuator/health"));
      Store store = new Store(http, endpoints.store());
      WebApps webApps = new WebApps(http, endpoints.webApps());
      webApps.logIn();
      Provider provider = new Provider(http, endpoints.hilo());
      try (EngineAlone engine = new EngineAlone(endpoints, Long.toString(started.toEpochMilli()))) {
        Map<String, String> machine = Machine.facts(engine.client(), http, store, endpoints);
        Measurement measurement =
            new Measurement(options, endpoints, engine, http, provider, store, webApps, started);
        System.out.printf("warming up with %d messages of each load%n", options.warmUp());
        measurement.warmUp();
        int redelivered = provider.redeliveries();
        int pushedBack = engine.pushedBack();
        List<Round> rounds = new ArrayList<>();
        for (int number = 1; number <= options.rounds(); number++) {
          Round round = measurement.round();
          rounds.add(round);
          System.out.printf(
              Locale.ROOT,
              "round %d of %d: engine alone %.0f/s; Hilo %.0f new and %.0f returning customers/s; task visible after %.0f ms (p50)%n",
              number,
              options.rounds(),
              round.engine().instancesPerSecond(),
              round.fresh().handledPerSecond(),
              round.returning().handledPerSecond(),
              Report.millis(Percentiles.of(round.singles().visible()).p50()));
        }
        engine.remove();
        Report report =
            new Report(
                started,
                options,
                machine,
                List.copyOf(rounds),
                provider.redeliveries() - redelivered,
                engine.pushedBack() - pushedBack);
        System.out.printf("%n%s%n%s%n", report.table(), report.headline());
        System.out.println("written to " + write(report, options.results()));
      }
    }
  }

  private static Path write(Report report, Path folder) {
    Path file = folder.resolve(FILE_NAME.format(report.started()) + ".json");
    try {
      Files.createDirectories(folder);
      Files.writeString(
          file,
          LocalHttp.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report.json()) + "\n");
      return file;
    } catch (IOException e) {
      throw new BenchException("the results could not be written to %s: %s".formatted(file, e), e);
    }
  }
}
