package dev.hilo.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One JSON object, read with tolerance: what is missing or of another type is simply not there.
 * Texts are always valid Unicode (half a surrogate pair becomes a replacement character).
 */
public record Part(JsonNode node) {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  /** Times from this number on are milliseconds; before it, seconds. */
  private static final long FIRST_MILLISECOND = 100_000_000_000L;

  private static final DateTimeFormatter ISO_WITHOUT_COLON =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS]xx", Locale.ROOT);

  private static final int LONGEST_ID = 512;

  /** An object with nothing in it. */
  public static Part none() {
    return new Part(MissingNode.getInstance());
  }

  /** The object in these bytes; an empty one when they are no JSON. */
  public static Part of(byte[] json) {
    try {
      return new Part(MAPPER.readTree(json));
    } catch (IOException e) {
      return none();
    }
  }

  /** Whether there is a member of that name, whatever its type. */
  public boolean has(String name) {
    return node.has(name);
  }

  /** The member of that name; a missing node if there is none. */
  public JsonNode get(String name) {
    return node.path(name);
  }

  /** The object of that name; an empty one if there is none. */
  public Part part(String name) {
    return new Part(node.path(name));
  }

  /** The objects in the array of that name. */
  public List<Part> parts(String name) {
    List<Part> parts = new ArrayList<>();
    for (JsonNode element : node.path(name)) {
      if (element.isObject()) {
        parts.add(new Part(element));
      }
    }
    return parts;
  }

  /** A string as it was written, even if it is empty. */
  public Optional<String> raw(String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? Optional.of(unicode(value.textValue())) : Optional.empty();
  }

  /** A string that is not blank, or a number as a string. */
  public Optional<String> text(String name) {
    JsonNode value = node.path(name);
    Optional<String> text =
        value.isNumber() ? Optional.of(value.asText()) : raw(name).map(String::strip);
    return text.filter(it -> !it.isBlank());
  }

  /** A text fit for an id: at most 512 characters, none of them a control character. */
  public Optional<String> id(String name) {
    return text(name)
        .filter(it -> it.length() <= LONGEST_ID)
        .filter(it -> it.chars().noneMatch(Character::isISOControl));
  }

  /** As {@link #id(String)}, of an element of an array. */
  static Optional<String> idOf(JsonNode element) {
    return new Part(MAPPER.createObjectNode().set("id", element)).id("id");
  }

  /** Whether the member is true, or says so. */
  public boolean flag(String name) {
    return node.path(name).asBoolean(false);
  }

  /** Seconds or milliseconds since 1970, as a number or a string, or an ISO 8601 time. */
  public Optional<Instant> time(String name) {
    return text(name)
        .flatMap(Part::instant)
        .filter(time -> time.isAfter(EARLIEST) && time.isBefore(LATEST));
  }

  private static Optional<Instant> instant(String text) {
    try {
      if (text.matches("[0-9]{1,15}")) {
        long number = Long.parseLong(text);
        return Optional.of(
            number < FIRST_MILLISECOND
                ? Instant.ofEpochSecond(number)
                : Instant.ofEpochMilli(number));
      }
      return Optional.of(
          text.matches(".*[+-][0-9]{4}")
              ? OffsetDateTime.parse(text, ISO_WITHOUT_COLON).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The JSON type's name, lower case. */
  public static String typeOf(JsonNode node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  /** The text with half surrogate pairs replaced. */
  static String unicode(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
