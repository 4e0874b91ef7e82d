package dev.hilo.channel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.hilo.channel.EventJson;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.RawDelivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A payload and what it must become, as files that are reviewed like code:
 *
 * <ul>
 *   <li>{@code <name>.request.json}, or {@code .request.eml} for a mail: the body, byte by byte;
 *   <li>{@code <name>.headers.json}: optional, {@code {"name": "value"}}, put over the headers that
 *       the contract's {@code signed} sets;
 *   <li>{@code <name>.events.json}: the events, by {@link EventJson};
 *   <li>{@code <name>.rest.txt}: what did not become an event, a line each ({@code skipped kind:
 *       reason}, {@code ignored: reason}, {@code refused REFUSAL: detail}); no file when nothing.
 * </ul>
 *
 * <p>{@code mvn verify -Dhilo.golden.update=true} writes the last two anew; the difference is then
 * read in the version control before it is committed.
 */
record GoldenPair(Path folder, String name) {

  private static final List<String> REQUESTS = List.of(".request.json", ".request.eml");

  /** All pairs of a folder by name; none when there is no such folder. */
  static List<GoldenPair> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .flatMap(
              name ->
                  REQUESTS.stream()
                      .filter(name::endsWith)
                      .map(ending -> name.substring(0, name.length() - ending.length())))
          .sorted()
          .map(name -> new GoldenPair(folder, name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] request() {
    try {
      Path json = file(REQUESTS.getFirst());
      return Files.readAllBytes(Files.exists(json) ? json : file(REQUESTS.getLast()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String events() {
    return text(".events.json");
  }

  RawDelivery delivery(RawDelivery signed) {
    String headers = text(".headers.json");
    if (headers.isEmpty()) {
      return signed;
    }
    try {
      Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      all.putAll(signed.headers());
      Payload.MAPPER
          .readValue(headers, new TypeReference<Map<String, String>>() {})
          .forEach((header, value) -> all.put(header, List.of(value)));
      return new RawDelivery(
          signed.account(), all, signed.query(), signed.body(), signed.receivedAt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void check(ParseResult result) {
    String events =
        EventJson.write(result instanceof ParseResult.Events some ? some.events() : List.of());
    String rest = rest(result);
    if (Boolean.getBoolean("hilo.golden.update")) {
      write(".events.json", events);
      write(".rest.txt", rest);
    }
    assertThat(events).isEqualTo(events().strip());
    assertThat(rest).isEqualTo(text(".rest.txt").strip());
  }

  private static String rest(ParseResult result) {
    return switch (result) {
      case ParseResult.Refused refused -> "refused " + refused.refusal() + ": " + refused.detail();
      case ParseResult.Ignored ignored -> "ignored: " + ignored.reason();
      case ParseResult.Events events ->
          events.skipped().stream()
              .map(skipped -> "skipped " + skipped.kind() + ": " + skipped.reason())
              .collect(Collectors.joining("\n"));
    };
  }

  private Path file(String ending) {
    return folder.resolve(name + ending);
  }

  private String text(String ending) {
    try {
      return Files.exists(file(ending)) ? Files.readString(file(ending)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String ending, String text) {
    try {
      if (text.isEmpty()) {
        Files.deleteIfExists(file(ending));
      } else {
        Files.writeString(file(ending), text + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
