package dev.hilo.inbox.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Shows the shape of a payload and nothing of what people wrote in it: member names and words of
 * the provider's own vocabulary stay, every other letter becomes x and every digit 0.
 */
final class PayloadMask {

  /** More than this of a payload is not shown. */
  static final int LONGEST = 16_384;

  private static final int LONGEST_VALUE = 80;

  /** Members whose values are the provider's words, where they look like such. */
  private static final Set<String> VOCABULARY =
      Set.of(
          "object",
          "field",
          "type",
          "status",
          "event",
          "kind",
          "messaging_product",
          "action",
          "decision",
          "category",
          "source",
          "mime_type");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PayloadMask() {}

  /** The masked payload; of what is no JSON only the first lines' shape. */
  static String of(byte[] body) {
    String text;
    try {
      JsonNode node = MAPPER.readTree(body);
      text =
          node == null || node.isMissingNode()
              ? ""
              : MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(masked("", node));
    } catch (JsonProcessingException e) {
      text = mask(new String(body, 0, Math.min(body.length, LONGEST), StandardCharsets.UTF_8));
    } catch (IOException e) {
      text = "";
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static JsonNode masked(String name, JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = MAPPER.createObjectNode();
      node.properties()
          .forEach(
              member ->
                  object.set(
                      memberName(member.getKey()), masked(member.getKey(), member.getValue())));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = MAPPER.createArrayNode();
      node.forEach(element -> array.add(masked(name, element)));
      return array;
    }
    if (node.isBoolean()) {
      return BooleanNode.valueOf(node.booleanValue());
    }
    if (node.isNull()) {
      return NullNode.instance;
    }
    String value = node.asText();
    if (VOCABULARY.contains(name) && value.matches("[a-z_/-]{1,40}")) {
      return TextNode.valueOf(value);
    }
    return TextNode.valueOf(mask(value));
  }

  /** A name with digits or of great length may be somebody's id. */
  private static String memberName(String name) {
    return name.matches("[A-Za-z_.-]{1,60}") ? name : mask(name);
  }

  private static String mask(String value) {
    String shown =
        value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    return shown.replaceAll("\\p{L}", "x").replaceAll("\\p{N}", "0");
  }
}
