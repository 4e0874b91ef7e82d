package dev.hilo.channel.contract;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reading of JSON payloads, apart from the channel under test. */
final class Payload {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Payload() {}

  /** Empty when the bytes are no JSON. */
  static Optional<JsonNode> read(byte[] body) {
    try {
      return Optional.ofNullable(MAPPER.readTree(body)).filter(node -> !node.isMissingNode());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  /** The JSON pointers of all values, in the order of the document, the root first. */
  static List<String> paths(JsonNode root) {
    List<String> paths = new ArrayList<>();
    collect(root, "", paths);
    return paths;
  }

  private static void collect(JsonNode node, String path, List<String> paths) {
    paths.add(path);
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), path + "/" + i, paths);
      }
    }
    node.properties()
        .forEach(member -> collect(member.getValue(), path + "/" + escape(member.getKey()), paths));
  }

  /**
   * The pointers of what must not get lost: every element that a pattern such as {@code
   * /entry/*}{@code /messages/*} leads to, and every value on the way there that has the wrong
   * type. A member that is absent is no loss.
   */
  static Set<String> elements(JsonNode root, List<String> patterns) {
    Set<String> found = new LinkedHashSet<>();
    for (String pattern : patterns) {
      String[] steps = pattern.isEmpty() ? new String[0] : pattern.substring(1).split("/", -1);
      walk(root, "", steps, 0, found);
    }
    List<String> inOrder = new ArrayList<>(paths(root));
    inOrder.retainAll(found);
    return new LinkedHashSet<>(inOrder);
  }

  private static void walk(
      JsonNode node, String path, String[] steps, int next, Set<String> found) {
    if (next == steps.length) {
      found.add(path);
      return;
    }
    String step = steps[next];
    if (step.equals("*")) {
      if (!node.isArray()) {
        found.add(path);
        return;
      }
      for (int i = 0; i < node.size(); i++) {
        walk(node.get(i), path + "/" + i, steps, next + 1, found);
      }
    } else if (!node.isObject()) {
      found.add(path);
    } else if (node.has(step)) {
      walk(node.get(step), path + "/" + escape(step), steps, next + 1, found);
    }
  }
}
