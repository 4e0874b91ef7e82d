package dev.hilo.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One object of a webhook, read with tolerance: what is missing or of another type is simply not
 * there. Texts are always valid Unicode (half a surrogate pair becomes a replacement character).
 */
record Part(JsonNode node) {

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,18})?");
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  static Part none() {
    return new Part(MissingNode.getInstance());
  }

  boolean has(String name) {
    return node.has(name);
  }

  JsonNode get(String name) {
    return node.path(name);
  }

  /** The object of that name; an empty one if there is none. */
  Part part(String name) {
    return new Part(node.path(name));
  }

  /** The objects in the array of that name. */
  List<Part> parts(String name) {
    List<Part> parts = new ArrayList<>();
    for (JsonNode element : node.path(name)) {
      if (element.isObject()) {
        parts.add(new Part(element));
      }
    }
    return parts;
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

  /** A non-blank string of at most that many characters, fit for an id. */
  Optional<String> id(String name, int maxLength) {
    return text(name)
        .filter(it -> it.length() <= maxLength)
        .filter(it -> it.chars().noneMatch(Character::isISOControl));
  }

  /** A whole number, written as a number or as a string. */
  Optional<Integer> integer(String name) {
    return text(name).filter(it -> INTEGER.matcher(it).matches()).map(Integer::valueOf);
  }

  /** A number of a size that people count in, written as a number or as a string. */
  Optional<BigDecimal> decimal(String name) {
    return text(name).filter(it -> DECIMAL.matcher(it).matches()).map(BigDecimal::new);
  }

  /**
   * Seconds since 1970, as a string or as a number; sources show both, and some write milliseconds.
   */
  Optional<Instant> time(String name) {
    try {
      return text(name)
          .map(Long::parseLong)
          .map(
              number ->
                  number > LATEST.getEpochSecond()
                      ? Instant.ofEpochMilli(number)
                      : Instant.ofEpochSecond(number))
          .filter(time -> time.isAfter(EARLIEST) && time.isBefore(LATEST));
    } catch (NumberFormatException | java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  static String typeOf(JsonNode node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  /** The text with half surrogate pairs replaced. */
  static String unicode(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
