package dev.hilo.channel.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A payload that was damaged on purpose.
 *
 * @param what what was done, for the failure's message
 * @param path the JSON pointer of the damaged value; empty when the damage is not at one value
 */
record Mutation(String what, String path, byte[] body) {

  private static final int CUTS_OF_LARGE_PAYLOADS = 512;
  private static final int LARGE_PAYLOAD = 4096;

  /** How often a place must come again until all odd values were tried there once more. */
  private static final int TURNS = 5;

  /** Raw JSON, so that values are possible that no JSON library would write. */
  private static final List<Map.Entry<String, String>> REPLACEMENTS = replacements();

  private static List<Map.Entry<String, String>> replacements() {
    Map<String, String> raw = new LinkedHashMap<>();
    raw.put("null", "null");
    raw.put("an integer", "7");
    raw.put("a negative fraction", "-1.5e3");
    raw.put("true", "true");
    raw.put("an empty string", "\"\"");
    raw.put("a blank string", "\" \\t\"");
    raw.put("a string", "\"x\"");
    raw.put("lines and NUL", "\"a\\r\\nb\\u2028c\\u0000\"");
    raw.put("a lone surrogate", "\"a\\ud83d\"");
    raw.put("a long string", "\"" + "n".repeat(5000) + "\"");
    raw.put("an empty array", "[]");
    raw.put("an array of null", "[null]");
    raw.put("an array of array", "[[]]");
    raw.put("an empty object", "{}");
    raw.put("an object of objects", "{\"id\":{},\"type\":{\"a\":[]}}");
    raw.put("more than a double", "1e400");
    raw.put("more than a long", "9".repeat(400));
    raw.put("more than a library's number", "9".repeat(5000));
    raw.put("nested 200 deep", "[".repeat(200) + "]".repeat(200));
    raw.put("nested 5000 deep", "{\"a\":".repeat(5000) + "1" + "}".repeat(5000));
    return List.copyOf(raw.entrySet());
  }

  /** Each value in turn replaced by each of the odd ones. */
  static Stream<Mutation> replacedValues(byte[] body) {
    JsonNode root = Payload.read(body).orElseThrow();
    return Payload.paths(root).stream().flatMap(path -> replacedAt(root, path, value -> true));
  }

  /**
   * The same for one of many payloads: at a place that an earlier payload had as well, only every
   * fifth odd value, in turn. So all of them are tried at every place, and again at those that come
   * often, without trying all in each payload's envelope.
   */
  static Stream<Mutation> replacedValues(byte[] body, KnownPlaces known) {
    JsonNode root = Payload.read(body).orElseThrow();
    return Payload.paths(root).stream()
        .flatMap(
            path -> {
              int seen = known.seen(root, path);
              return replacedAt(root, path, value -> seen == 0 || value % TURNS == seen % TURNS);
            });
  }

  private static Stream<Mutation> replacedAt(JsonNode root, String path, IntPredicate chosen) {
    return IntStream.range(0, REPLACEMENTS.size())
        .filter(chosen)
        .mapToObj(REPLACEMENTS::get)
        .map(
            value ->
                new Mutation(
                    "value replaced by " + value.getKey(),
                    path,
                    write(root, path, Edit.REPLACE, value.getValue())));
  }

  /** Each object member and array element in turn left out. */
  static Stream<Mutation> removedValues(byte[] body) {
    JsonNode root = Payload.read(body).orElseThrow();
    return Payload.paths(root).stream()
        .filter(path -> !path.isEmpty())
        .map(path -> new Mutation("value removed", path, write(root, path, Edit.REMOVE, "")));
  }

  /** Each object member in turn written twice, with an odd value before and after the true one. */
  static Stream<Mutation> duplicatedKeys(byte[] body) {
    JsonNode root = Payload.read(body).orElseThrow();
    return Payload.paths(root).stream()
        .filter(path -> !path.isEmpty())
        .filter(path -> root.at(path.substring(0, path.lastIndexOf('/'))).isObject())
        .flatMap(
            path ->
                Stream.of("null", "[]", "{}", "\"x\"")
                    .flatMap(
                        other ->
                            Stream.of(
                                new Mutation(
                                    "key doubled, last is " + other,
                                    path,
                                    write(root, path, Edit.DOUBLE_AFTER, other)),
                                new Mutation(
                                    "key doubled, first is " + other,
                                    path,
                                    write(root, path, Edit.DOUBLE_BEFORE, other)))));
  }

  /** Cut at every position; large payloads at many. */
  static Stream<Mutation> cut(byte[] body) {
    IntStream lengths =
        body.length <= LARGE_PAYLOAD
            ? IntStream.range(0, body.length)
            : new Random(body.length).ints(CUTS_OF_LARGE_PAYLOADS, 0, body.length);
    return lengths.mapToObj(
        length -> new Mutation("cut after " + length + " bytes", "", Arrays.copyOf(body, length)));
  }

  /** One to four bytes changed at random places, the same ones in every run. */
  static Stream<Mutation> flippedBytes(byte[] body, int count) {
    Random random = new Random(body.length);
    List<Mutation> mutations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] changed = body.clone();
      int flips = 1 + random.nextInt(4);
      for (int flip = 0; flip < flips; flip++) {
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      }
      mutations.add(new Mutation("bytes flipped, run " + i, "", changed));
    }
    return mutations.stream();
  }

  /** The same text in other encodings, and with a byte order mark. */
  static Stream<Mutation> otherCharsets(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    Stream<Mutation> encoded =
        Stream.of("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32", "ISO-8859-1", "windows-1252")
            .map(name -> new Mutation("encoded as " + name, "", bytes(text, name)));
    byte[] marked = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
    return Stream.concat(encoded, Stream.of(new Mutation("with a byte order mark", "", marked)));
  }

  private static byte[] bytes(String text, String charset) {
    return text.getBytes(Charset.forName(charset));
  }

  /** The payload with only one of the elements, as a redelivery may be composed. */
  static byte[] only(JsonNode root, String element, List<String> elements) {
    JsonNode copy = root.deepCopy();
    for (int i = elements.size() - 1; i >= 0; i--) {
      String other = elements.get(i);
      if (!other.equals(element)) {
        int slash = other.lastIndexOf('/');
        if (copy.at(other.substring(0, slash))
            instanceof com.fasterxml.jackson.databind.node.ArrayNode array) {
          array.remove(Integer.parseInt(other.substring(slash + 1)));
        }
      }
    }
    return write(copy, "", Edit.NONE, "");
  }

  private enum Edit {
    NONE,
    REPLACE,
    REMOVE,
    DOUBLE_BEFORE,
    DOUBLE_AFTER
  }

  private static byte[] write(JsonNode root, String target, Edit edit, String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Payload.MAPPER.createGenerator(bytes)) {
      write(json, root, "", target, edit, raw);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(
      JsonGenerator json, JsonNode node, String path, String target, Edit edit, String raw)
      throws IOException {
    if (edit == Edit.REPLACE && path.equals(target)) {
      json.writeRawValue(raw);
    } else if (node.isObject()) {
      json.writeStartObject();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        String at = path + "/" + Payload.escape(member.getKey());
        boolean here = at.equals(target);
        if (here && edit == Edit.REMOVE) {
          continue;
        }
        if (here && edit == Edit.DOUBLE_BEFORE) {
          json.writeFieldName(member.getKey());
          json.writeRawValue(raw);
        }
        json.writeFieldName(member.getKey());
        write(json, member.getValue(), at, target, edit, raw);
        if (here && edit == Edit.DOUBLE_AFTER) {
          json.writeFieldName(member.getKey());
          json.writeRawValue(raw);
        }
      }
      json.writeEndObject();
    } else if (node.isArray()) {
      json.writeStartArray();
      for (int i = 0; i < node.size(); i++) {
        String at = path + "/" + i;
        if (!(edit == Edit.REMOVE && at.equals(target))) {
          write(json, node.get(i), at, target, edit, raw);
        }
      }
      json.writeEndArray();
    } else {
      Payload.MAPPER.writeTree(json, node);
    }
  }

  @Override
  public String toString() {
    String text = new String(body, StandardCharsets.UTF_8);
    return what
        + (path.isEmpty() ? "" : " at " + path)
        + ": "
        + (text.length() > 2000 ? text.substring(0, 2000) + "..." : text);
  }
}
