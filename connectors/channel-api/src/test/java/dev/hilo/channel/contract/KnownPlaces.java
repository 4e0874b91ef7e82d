package dev.hilo.channel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * The places in payloads where values have been damaged already. Two values are at the same place
 * when they have the same type, the same path whatever their index in an array, and the same
 * neighbours: the {@code id} of a text message is not that of a picture.
 */
final class KnownPlaces {

  private record Place(String path, JsonNodeType type, List<String> neighbours) {}

  private final Map<Place, Integer> seen = new HashMap<>();

  /** How often the place was asked for before; counts this time. */
  int seen(JsonNode root, String path) {
    String parent = path.isEmpty() ? "" : path.substring(0, path.lastIndexOf('/'));
    Iterable<String> names = () -> root.at(parent).fieldNames();
    Place place =
        new Place(
            path.replaceAll("/\\d+(?=/|$)", "/*"),
            root.at(path).getNodeType(),
            StreamSupport.stream(names.spliterator(), false).sorted().toList());
    int before = seen.getOrDefault(place, 0);
    seen.put(place, before + 1);
    return before;
  }
}
