package dev.hilo.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * All rounds as one table, for people and for a file.
 *
 * @param redeliveries webhooks that Hilo did not take at once and that came again
 * @param pushedBack publishes of the engine alone that came again
 */
record Report(
    Instant started,
    Options options,
    Map<String, String> machine,
    List<Round> rounds,
    int redeliveries,
    int pushedBack) {

  /** The figures, in the order of the table. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    row(rows, "engine alone: instances completed", "1/s", r -> r.engine().instancesPerSecond());
    percentiles(
        rows, "engine alone: publish", r -> Percentiles.of(r.engine().published().latencies()));
    percentiles(rows, "engine alone: publish to job completed", r -> r.engine().done());
    row(rows, "new customers: conversations opened", "1/s", r -> r.fresh().handledPerSecond());
    row(
        rows,
        "new customers: messages acknowledged",
        "1/s",
        r -> r.fresh().acknowledged().perSecond());
    percentiles(rows, "new customers: acknowledge", r -> r.fresh().latency());
    row(rows, "returning: messages handled", "1/s", r -> r.returning().handledPerSecond());
    row(
        rows,
        "returning: messages acknowledged",
        "1/s",
        r -> r.returning().acknowledged().perSecond());
    percentiles(rows, "returning: acknowledge", r -> r.returning().latency());
    percentiles(
        rows, "one at a time: engine alone, publish", r -> Percentiles.of(r.singles().publish()));
    percentiles(rows, "one at a time: acknowledge", r -> Percentiles.of(r.singles().acknowledge()));
    percentiles(
        rows, "one at a time: message to task created", r -> Percentiles.of(r.singles().created()));
    percentiles(
        rows, "one at a time: message to task visible", r -> Percentiles.of(r.singles().visible()));
    rows.addAll(ratios());
    return List.copyOf(rows);
  }

  /** Hilo beside the engine alone, each round with its own. */
  List<Row> ratios() {
    List<Row> rows = new ArrayList<>();
    row(
        rows,
        "conversations opened/s : instances/s",
        "x",
        r -> r.fresh().handledPerSecond() / r.engine().instancesPerSecond());
    row(
        rows,
        "returning messages/s : instances/s",
        "x",
        r -> r.returning().handledPerSecond() / r.engine().instancesPerSecond());
    row(
        rows,
        "acknowledge p50 : publish p50",
        "x",
        r -> ratio(r.fresh().latency().p50(), published(r).p50()));
    row(
        rows,
        "acknowledge p99 : publish p99",
        "x",
        r -> ratio(r.fresh().latency().p99(), published(r).p99()));
    row(
        rows,
        "one at a time: acknowledge p50 : publish p50",
        "x",
        r ->
            ratio(
                Percentiles.of(r.singles().acknowledge()).p50(),
                Percentiles.of(r.singles().publish()).p50()));
    return List.copyOf(rows);
  }

  private static Percentiles published(Round round) {
    return Percentiles.of(round.engine().published().latencies());
  }

  /** Over all rounds, because one round has too few for a p99. */
  Percentiles visible() {
    return Percentiles.of(
        rounds.stream().flatMap(round -> round.singles().visible().stream()).toList());
  }

  private void row(List<Row> rows, String what, String unit, ToDoubleFunction<Round> figure) {
    rows.add(Row.of(what, unit, rounds, figure));
  }

  private void percentiles(List<Row> rows, String what, Function<Round, Percentiles> of) {
    row(rows, what + ", p50", "ms", r -> millis(of.apply(r).p50()));
    row(rows, what + ", p99", "ms", r -> millis(of.apply(r).p99()));
  }

  static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private static double ratio(Duration hilo, Duration engine) {
    return (double) hilo.toNanos() / engine.toNanos();
  }

  /** The table, in Markdown, ready for the README. */
  String table() {
    StringBuilder text = new StringBuilder();
    machine.forEach((name, value) -> text.append("%s: %s%n".formatted(name, value)));
    text.append(
        "%d round%s; each load %d messages, %d connections; %d single messages a round%n%n"
            .formatted(
                rounds.size(),
                rounds.size() == 1 ? "" : "s",
                options.messages(),
                options.concurrency(),
                options.singles()));
    text.append(line("", "unit", "min", "median", "max"));
    text.append("|%s|%s|%s|%s|%s|%n".formatted("---", "---", "--:", "--:", "--:"));
    for (Row row : rows()) {
      Spread spread = row.spread();
      text.append(
          line(
              row.what(),
              row.unit(),
              number(spread.min()),
              number(spread.median()),
              number(spread.max())));
    }
    Percentiles visible = visible();
    text.append(
        line(
            "message to task visible, all %d, p50 and p99".formatted(visible.count()),
            "ms",
            "",
            number(millis(visible.p50())),
            number(millis(visible.p99()))));
    text.append(
        "%nwebhooks delivered again: %d; publishes of the engine alone pushed back: %d; lost or doubled: none%n"
            .formatted(redeliveries, pushedBack));
    return text.toString();
  }

  /** The ratio, in words. */
  String headline() {
    List<Row> ratios = ratios();
    return String.format(
        Locale.ROOT,
        "Hilo opens %.2f conversations in the time in which the engine alone completes one instance (%.2f to %.2f);"
            + " at full load it acknowledges in %.1f times the time of a publish (p50; p99: %.1f times);"
            + " a task is visible %.0f ms after its message (p50; p99: %.0f ms).",
        ratios.get(0).spread().median(),
        ratios.get(0).spread().min(),
        ratios.get(0).spread().max(),
        ratios.get(2).spread().median(),
        ratios.get(3).spread().median(),
        millis(visible().p50()),
        millis(visible().p99()));
  }

  /** The same for machines, with every round. */
  ObjectNode json() {
    ObjectNode json = LocalHttp.JSON.createObjectNode();
    json.put("startedAt", started.toString());
    ObjectNode asked = json.putObject("options");
    asked.put("rounds", options.rounds());
    asked.put("messages", options.messages());
    asked.put("concurrency", options.concurrency());
    asked.put("singles", options.singles());
    asked.put("warmUp", options.warmUp());
    ObjectNode facts = json.putObject("machine");
    machine.forEach(facts::put);
    json.put("headline", headline());
    var figures = json.putArray("figures");
    for (Row row : rows()) {
      ObjectNode figure = figures.addObject();
      figure.put("what", row.what());
      figure.put("unit", row.unit());
      Spread spread = row.spread();
      figure.put("min", round(spread.min()));
      figure.put("median", round(spread.median()));
      figure.put("max", round(spread.max()));
      var each = figure.putArray("rounds");
      row.rounds().forEach(value -> each.add(round(value)));
    }
    Percentiles visible = visible();
    json.putObject("messageToTaskVisible")
        .put("count", visible.count())
        .put("p50Millis", round(millis(visible.p50())))
        .put("p99Millis", round(millis(visible.p99())));
    json.put("redeliveries", redeliveries);
    json.put("pushedBack", pushedBack);
    return json;
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  private static String line(String what, String unit, String min, String median, String max) {
    return String.format("| %-46s | %-4s | %8s | %8s | %8s |%n", what, unit, min, median, max);
  }
}
