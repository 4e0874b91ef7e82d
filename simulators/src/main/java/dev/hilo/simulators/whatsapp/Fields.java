package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** Reads the fields of a send; what is wrong with one is the platform's error. */
final class Fields {

  private Fields() {}

  static Optional<String> text(JsonNode parent, String field) {
    JsonNode value = parent.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new GraphRefusal(GraphError.parameter("Param " + field + " must be a string."));
    }
    return Optional.of(value.textValue());
  }

  /** A text that must be there and not be blank. */
  static String required(JsonNode parent, String field, String where) {
    return text(parent, field).filter(value -> !value.isBlank()).orElseThrow(() -> absent(where));
  }

  static JsonNode object(JsonNode parent, String field) {
    JsonNode value = parent.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return MissingNode.getInstance();
    }
    if (!value.isObject()) {
      throw new GraphRefusal(GraphError.parameter("Param " + field + " must be a JSON object."));
    }
    return value;
  }

  static JsonNode requiredObject(JsonNode parent, String field, String where) {
    JsonNode value = object(parent, field);
    if (value.isMissingNode()) {
      throw absent(where);
    }
    return value;
  }

  /** A list; an absent one is empty. */
  static JsonNode array(JsonNode parent, String field, String where) {
    JsonNode value = parent.path(field);
    if (!value.isMissingNode() && !value.isArray()) {
      throw new GraphRefusal(GraphError.parameter("Param " + where + " must be an array."));
    }
    return value;
  }

  static void onlyKnown(JsonNode node, String where, Set<String> known) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new GraphRefusal(
            GraphError.parameter("Unexpected key \"" + name + "\" on param \"" + where + "\"."));
      }
    }
  }

  static void atMost(String param, String value, int longest) {
    if (value.length() > longest) {
      throw new GraphRefusal(
          GraphError.parameter(
              "Param " + param + " must be at most " + longest + " characters long."));
    }
  }

  /** Source: error texts of interactive messages, as integrators repeat them. */
  static void length(String what, String value, int longest) {
    if (value.isBlank() || value.length() > longest) {
      throw notValid(what + " length invalid. Min length: 1, Max length: " + longest);
    }
  }

  static GraphRefusal notValid(String details) {
    return new GraphRefusal(GraphError.of(131009, details));
  }

  static GraphRefusal missing(String parameter) {
    return new GraphRefusal(GraphError.parameter("The parameter " + parameter + " is required."));
  }

  static GraphRefusal absent(String parameter) {
    return new GraphRefusal(GraphError.of(131008, "Parameter '" + parameter + "' is mandatory"));
  }
}
