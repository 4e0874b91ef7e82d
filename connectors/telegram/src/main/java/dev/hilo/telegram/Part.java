package dev.hilo.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One JSON object, read with tolerance: what is missing or of another type is simply not there.
 * Texts are always valid Unicode (half a surrogate pair becomes a replacement character).
 */
record Part(JsonNode node) {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final int LONGEST_ID = 200;

  /** The object in these bytes; an empty one when they are no JSON. */
  static Part of(byte[] json) {
    try {
      return new Part(MAPPER.readTree(json));
    } catch (IOException e) {
      return new Part(MissingNode.getInstance());
    }
  }

  boolean has(String name) {
    return node.has(name);
  }

  /** The object of that name; an empty one if there is none. */
  Part part(String name) {
    return new Part(node.path(name));
  }

  /** The objects in the array of that name. */
  List<Part> parts(String name) {
    List<Part> parts = new ArrayList<>();
    JsonNode array = node.path(name);
    if (array.isArray()) {
      array.forEach(element -> parts.add(new Part(element)));
    }
    return parts.stream().filter(part -> part.node().isObject()).toList();
  }

  /** A string as it was written, even if it is empty. */
  Optional<String> raw(String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? Optional.of(unicode(value.textValue())) : Optional.empty();
  }

  /** A string that is not blank, or a number as a string. */
  Optional<String> text(String name) {
    JsonNode value = node.path(name);
    Optional<String> text =
        value.isNumber() ? Optional.of(value.asText()) : raw(name).map(String::strip);
    return text.filter(it -> !it.isBlank());
  }

  /** A text fit for an id: at most 200 characters, none of them a control character. */
  Optional<String> id(String name) {
    return text(name)
        .filter(it -> it.length() <= LONGEST_ID)
        .filter(it -> it.chars().noneMatch(Character::isISOControl));
  }

  /** A whole number that is not negative. */
  OptionalLong count(String name) {
    Optional<String> number = text(name).filter(it -> INTEGER.matcher(it).matches());
    return number.isEmpty() || number.get().startsWith("-")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(number.get()));
  }

  /** Seconds since 1970. */
  Optional<Instant> time(String name) {
    return text(name)
        .filter(it -> SECONDS.matcher(it).matches())
        .map(it -> Instant.ofEpochSecond(Long.parseLong(it)))
        .filter(time -> time.isAfter(EARLIEST) && time.isBefore(LATEST));
  }

  boolean flag(String name) {
    return node.path(name).asBoolean(false);
  }

  /** The JSON type's name, lower case. */
  String type() {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  /** Without line breaks and control characters, at most {@code maxLength} UTF-16 units. */
  static String oneLine(String text, int maxLength) {
    String line = unicode(text).replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    if (line.length() <= maxLength) {
      return line;
    }
    int end = maxLength - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static String unicode(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
