package dev.hilo.bench.parse;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link ParseBenchmark} for every channel and prints a table. */
public final class ParseBench {

  private ParseBench() {}

  /** Arguments: channels; all of them when there are none. */
  public static void main(String[] arguments) throws IOException, RunnerException {
    List<String> channels = arguments.length == 0 ? GoldenPayloads.channels() : List.of(arguments);
    Options options =
        new OptionsBuilder()
            .include(ParseBenchmark.class.getSimpleName())
            .param("channel", channels.toArray(String[]::new))
            .forks(1)
            .warmupIterations(5)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .build();
    print(new Runner(options).run(), channels, System.out);
    // A contract's test may have started a server.
    System.exit(0);
  }

  private static void print(Iterable<RunResult> results, List<String> channels, PrintStream to)
      throws IOException {
    Map<String, Double> rates = new TreeMap<>();
    for (RunResult result : results) {
      rates.put(
          result.getParams().getParam("channel") + " " + result.getPrimaryResult().getLabel(),
          result.getPrimaryResult().getScore());
    }
    to.println(
        "| channel | golden payloads | events, payloads/s | format only, payloads/s | ratio |");
    to.println("|---|--:|--:|--:|--:|");
    for (String channel : channels) {
      int payloads = GoldenPayloads.of(channel).deliveries().size();
      double events = rates.getOrDefault(channel + " parse", 0.0) * payloads;
      double format = rates.getOrDefault(channel + " format", 0.0) * payloads;
      to.printf(
          Locale.ROOT,
          "| %s | %d | %,.0f | %,.0f | %.2f |%n",
          channel,
          payloads,
          events,
          format,
          events / format);
    }
  }
}
