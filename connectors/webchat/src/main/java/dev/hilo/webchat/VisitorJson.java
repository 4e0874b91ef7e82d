package dev.hilo.webchat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a browser sent, which may be anything. */
final class VisitorJson {

  /** Largest body of a visitor's call, in bytes. */
  static final int MAX_BYTES = 64 * 1024;

  static final String TOO_LARGE = "the body is too large: at most 64 KiB are allowed";

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");
  private static final Pattern LANGUAGE_TAG =
      Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private VisitorJson() {}

  /** The body, when it is a JSON object and nothing else. */
  static Optional<JsonNode> read(byte[] body) {
    try {
      return Optional.of(MAPPER.readTree(body)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * A string with anything in it but half characters: a lone surrogate (a text cut in the middle of
   * an emoji) cannot be stored as UTF-8, so it is shown as U+FFFD.
   */
  static Optional<String> string(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isTextual() ? Optional.of(wellFormed(value.textValue())) : Optional.empty();
  }

  /** A string that is not blank, trimmed. */
  static Optional<String> word(JsonNode node, String field) {
    return string(node, field).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** A word in one line, at most {@code units} long. */
  static Optional<String> line(JsonNode node, String field, int units) {
    return string(node, field).flatMap(text -> line(text, units));
  }

  /** The text in one line, at most {@code units} long; nothing when it is blank. */
  static Optional<String> line(String text, int units) {
    return Optional.of(cut(CONTROLS.matcher(text).replaceAll(" ").strip(), units).strip())
        .filter(line -> !line.isEmpty());
  }

  /** A BCP 47 tag, or nothing. */
  static Optional<String> language(JsonNode node) {
    return word(node, "language").filter(tag -> LANGUAGE_TAG.matcher(tag).matches());
  }

  /** The first {@code units} UTF-16 units, never half a character. */
  static String cut(String text, int units) {
    if (text.length() <= units) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(units - 1)) ? units - 1 : units);
  }

  private static String wellFormed(String text) {
    StringBuilder fixed = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point ->
                fixed.appendCodePoint(
                    point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? 0xFFFD
                        : point));
    return fixed.toString();
  }
}
