package dev.hilo.bench;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param rounds times that everything is measured, in turns
 * @param messages messages of each load: so many instances of the engine alone, so many new
 *     customers, so many messages of returning ones
 * @param concurrency connections on which webhooks are sent at once
 * @param singles messages sent one at a time in each round
 * @param warmUp messages of each load before the first round, which are not counted
 * @param results folder of the result file
 */
record Options(
    int rounds,
    int messages,
    int concurrency,
    int singles,
    int warmUp,
    Path results,
    boolean help) {

  static final String HELP =
      """
      ./run --bench [options]     measure the engine alone and Hilo, in turns

        --rounds <1-20>           times that everything is measured           (5)
        --messages <10-4000>      messages of each load                       (1000)
        --concurrency <1-64>      webhook connections at once                 (16)
        --singles <1-200>         messages sent one at a time, each round     (20)
        --warm-up <1-4000>        uncounted messages before the first round   (500)
        --results <folder>        where the result file goes                  (bench/results)
        --quick                   see that the bench works: 1 round, 50 messages, 3 singles, 20 to warm up;
                                  its figures say nothing
        --help                    this text
      """;

  private static final Options DEFAULTS =
      new Options(5, 1000, 16, 20, 500, Path.of("bench", "results"), false);

  /**
   * Reads the command line; of an option given twice, the last one counts.
   *
   * @throws IllegalArgumentException naming what was wrong and what was expected
   */
  static Options parse(List<String> arguments) {
    int rounds = DEFAULTS.rounds;
    int messages = DEFAULTS.messages;
    int concurrency = DEFAULTS.concurrency;
    int singles = DEFAULTS.singles;
    int warmUp = DEFAULTS.warmUp;
    Path results = DEFAULTS.results;
    boolean help = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--rounds" -> rounds = number(option, rest, 1, 20);
        case "--messages" -> messages = number(option, rest, 10, 4000);
        case "--concurrency" -> concurrency = number(option, rest, 1, 64);
        case "--singles" -> singles = number(option, rest, 1, 200);
        case "--warm-up" -> warmUp = number(option, rest, 1, 4000);
        case "--results" -> results = Path.of(value(option, rest));
        case "--quick" -> {
          rounds = 1;
          messages = 50;
          singles = 3;
          warmUp = 20;
        }
        case "--help", "-h" -> help = true;
        default ->
            throw new IllegalArgumentException(
                "unknown option '" + option + "'; './run --bench --help' lists the options.");
      }
    }
    return new Options(rounds, messages, concurrency, singles, warmUp, results, help);
  }

  private static int number(String option, Iterator<String> rest, int least, int most) {
    String text = value(option, rest);
    String expected = "%s expects a whole number from %d to %d".formatted(option, least, most);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(expected + ", not '" + text + "'.", e);
    }
    throw new IllegalArgumentException(expected + ", not '" + text + "'.");
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " expects a value after it.");
    }
    return rest.next();
  }
}
