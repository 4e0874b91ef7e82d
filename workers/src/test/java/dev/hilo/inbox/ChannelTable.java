package dev.hilo.inbox;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Ability;
import dev.hilo.channel.Capabilities.ChoiceLimits;
import dev.hilo.channel.Capabilities.FileLimit;
import dev.hilo.channel.Content.Media.Form;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What channels can do, as Markdown: a row each, every limit a link to where it was read. */
final class ChannelTable {

  private static final String NONE = "–";
  private static final long KILO = 1024;

  private record Column(String heading, Function<Capabilities, String> cell) {}

  private static final List<Column> WRITING =
      List.of(
          new Column("longest text", ChannelTable::text),
          new Column("free answers", can -> window(can.replyWindow()).orElse("always")),
          new Column("a person's, for longer", can -> window(can.personWindow()).orElse(NONE)),
          new Column("templates after that", can -> can.templates() ? "yes" : NONE),
          new Column(
              "answers to tap", can -> can.choices().map(ChannelTable::choices).orElse(NONE)),
          new Column("pace", ChannelTable::pace));

  private static final List<Column> FILES =
      Stream.concat(
              Stream.of(
                  new Column("customers send", can -> yes(can, Ability.FILES_IN)),
                  new Column(
                      "files a message",
                      can -> can.filesPerMessage() == 0 ? NONE : number(can.filesPerMessage()))),
              Stream.of(Form.values())
                  .map(
                      form ->
                          new Column(
                              form.name().toLowerCase(Locale.ROOT),
                              can ->
                                  Optional.ofNullable(can.files().get(form))
                                      .map(ChannelTable::file)
                                      .orElse(NONE))))
          .toList();

  private static final List<Column> AROUND =
      List.of(
          new Column("delivery states", ChannelTable::states),
          new Column("quotes", can -> both(can, Ability.QUOTES_IN, Ability.QUOTES_OUT)),
          new Column("reactions", can -> both(can, Ability.REACTIONS_IN, Ability.REACTIONS_OUT)),
          new Column("customers' edits", can -> yes(can, Ability.EDITS_IN)),
          new Column("customers' deletions", can -> yes(can, Ability.DELETIONS_IN)),
          new Column("read marks shown", can -> yes(can, Ability.READ_MARKS_OUT)),
          new Column("typing", can -> both(can, Ability.TYPING_IN, Ability.TYPING_OUT)),
          new Column("what other apps wrote", can -> yes(can, Ability.SENT_ELSEWHERE)),
          new Column("a lost answer", ChannelTable::lostAnswer));

  private ChannelTable() {}

  /** Three tables: writing, files, and what goes with a message. */
  static String of(List<Capabilities> channels) {
    return Stream.of(WRITING, FILES, AROUND)
        .map(columns -> table(channels, columns))
        .collect(Collectors.joining("\n"));
  }

  private static String table(List<Capabilities> channels, List<Column> columns) {
    List<String> lines = new ArrayList<>();
    lines.add(row("", columns.stream().map(Column::heading).toList()));
    lines.add("|" + "---|".repeat(columns.size() + 1));
    for (Capabilities can : channels) {
      lines.add(
          row(
              "**" + can.label() + "**",
              columns.stream().map(column -> column.cell().apply(can)).toList()));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String row(String first, List<String> cells) {
    return ("| " + first + " | " + String.join(" | ", cells) + " |").replace("|  |", "| |");
  }

  private static String text(Capabilities can) {
    Capabilities.Limit limit = can.maxTextLength();
    String unit = limit.unit().equals(Capabilities.UTF_8_BYTES) ? " bytes" : " characters";
    return linked(number(limit.value()) + unit, limit.source());
  }

  private static Optional<String> window(Optional<Capabilities.Window> window) {
    return window.map(it -> linked(duration(it.length()), it.source()));
  }

  private static String choices(ChoiceLimits limits) {
    return linked(limits.choices() + " of " + limits.title() + " characters", limits.source());
  }

  private static String pace(Capabilities can) {
    List<String> paces = new ArrayList<>();
    can.messagesPerSecond()
        .ifPresent(limit -> paces.add(linked(number(limit.value()) + "/s", limit.source())));
    can.recipientPace()
        .ifPresent(
            pace ->
                paces.add(
                    linked(
                        "one in " + duration(pace.interval()) + " to one customer",
                        pace.source())));
    return paces.isEmpty() ? NONE : String.join(", ", paces);
  }

  private static String file(FileLimit limit) {
    List<String> types =
        limit.mimeTypes().stream()
            .map(type -> type.endsWith("/*") ? "any " + type.replace("/*", "") : type)
            .map(type -> type.substring(type.indexOf('/') + 1).replace("x-", ""))
            .distinct()
            .toList();
    String named =
        types.isEmpty()
            ? "any"
            : types.size() > 4 ? types.size() + " types" : String.join(", ", types);
    return linked(size(limit.maxBytes()), limit.source()) + ": " + named;
  }

  private static String states(Capabilities can) {
    return can.deliveryStates().isEmpty()
        ? NONE
        : can.deliveryStates().stream()
            .map(state -> state.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
  }

  private static String lostAnswer(Capabilities can) {
    return switch (can.confirmation()) {
      case CALLBACK_WITH_OUR_ID -> "found again by our own id";
      case IDEMPOTENT -> "repeating is harmless";
      case NONE -> "an agent decides";
    };
  }

  private static String yes(Capabilities can, Ability ability) {
    return can.abilities().contains(ability) ? "yes" : NONE;
  }

  private static String both(Capabilities can, Ability in, Ability out) {
    String ways =
        Stream.of(
                can.abilities().contains(in) ? "in" : "",
                can.abilities().contains(out) ? "out" : "")
            .filter(way -> !way.isEmpty())
            .collect(Collectors.joining(", "));
    return ways.isEmpty() ? NONE : ways;
  }

  private static String linked(String text, URI source) {
    return "https".equals(source.getScheme()) ? "[" + text + "](" + source + ")" : text;
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Decimal or binary, whichever comes out even: providers mean either by MB. */
  static String size(long bytes) {
    for (long kilo : List.of(KILO, 1000L)) {
      if (bytes % (kilo * kilo) == 0) {
        return number(bytes / (kilo * kilo)) + " MB";
      }
    }
    for (long kilo : List.of(1000L, KILO)) {
      if (bytes % kilo == 0) {
        return number(bytes / kilo) + " kB";
      }
    }
    return number(bytes) + " bytes";
  }

  static String duration(Duration duration) {
    if (duration.compareTo(Duration.ofDays(2)) >= 0 && duration.toHours() % 24 == 0) {
      return duration.toDays() + " days";
    }
    if (duration.compareTo(Duration.ofHours(1)) >= 0) {
      return duration.toHours() + " h";
    }
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
