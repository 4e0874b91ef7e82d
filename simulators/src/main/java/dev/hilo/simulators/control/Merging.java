package dev.hilo.simulators.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.BadRequest;

/** Changes that name only what is different. */
final class Merging {

  private Merging() {}

  /** Puts what is given into a tree; objects are merged, everything else is replaced. */
  static void merge(ObjectNode into, ObjectNode changes) {
    changes
        .properties()
        .forEach(
            field -> {
              JsonNode old = into.get(field.getKey());
              if (old instanceof ObjectNode target && field.getValue() instanceof ObjectNode part) {
                merge(target, part);
              } else {
                into.set(field.getKey(), field.getValue());
              }
            });
  }

  static ObjectNode object(JsonNode json) {
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw new BadRequest("expected a JSON object");
  }
}
