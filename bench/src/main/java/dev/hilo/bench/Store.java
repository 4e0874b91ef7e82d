package dev.hilo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what Hilo stored, from the search store itself and not through Hilo. */
final class Store {

  /** Most documents that one search gives. */
  private static final int PAGE = 10_000;

  private final LocalHttp http;
  private final URI store;

  Store(LocalHttp http, URI store) {
    this.http = http;
    this.store = store;
  }

  /** Kind and version of the store. */
  String version() {
    JsonNode version = LocalHttp.json(http.get(store.resolve("/"))).path("version");
    return version.path("distribution").asText("elasticsearch")
        + " "
        + version.path("number").asText();
  }

  /** Whether customers with these numbers wrote before. */
  boolean knows(Customer first, Customer last) {
    return !messages(first, last).isEmpty();
  }

  /** Everything of the customers from first to last. */
  Inventory inventory(Customer first, Customer last) {
    List<StoredMessage> messages = messages(first, last);
    Set<String> contacts =
        messages.stream().map(StoredMessage::contactId).collect(Collectors.toSet());
    Map<String, List<String>> threads = new HashMap<>();
    for (JsonNode thread : search("threads", among("contactId", contacts))) {
      List<String> entries = new ArrayList<>();
      thread.path("entries").forEach(entry -> entries.add(entry.path("messageId").asText()));
      threads.put(thread.path("contactId").asText(), entries);
    }
    Map<String, List<String>> conversations = new HashMap<>();
    for (JsonNode conversation : search("conversations", among("contactId", contacts))) {
      conversations
          .computeIfAbsent(conversation.path("contactId").asText(), contact -> new ArrayList<>())
          .add(conversation.path("id").asText());
    }
    return new Inventory(
        messages,
        threads,
        conversations,
        search("contacts", among("id", contacts)).size(),
        search("aliases", among("contactId", contacts)).size());
  }

  private List<StoredMessage> messages(Customer first, Customer last) {
    ObjectNode query = LocalHttp.JSON.createObjectNode();
    query
        .putObject("range")
        .putObject("addressKey")
        .put("gte", first.addressKey())
        .put("lte", last.addressKey());
    return search("messages", query).stream()
        .map(
            message ->
                new StoredMessage(
                    message.path("id").asText(),
                    message.path("externalId").asText(),
                    message.path("contactId").asText(),
                    message.path("addressKey").asText()))
        .toList();
  }

  private static ObjectNode among(String field, Collection<String> values) {
    ObjectNode query = LocalHttp.JSON.createObjectNode();
    ArrayNode terms = query.putObject("terms").putArray(field);
    values.forEach(terms::add);
    return query;
  }

  private List<JsonNode> search(String kind, ObjectNode query) {
    ObjectNode body = LocalHttp.JSON.createObjectNode();
    http.post(store.resolve("/hilo-" + kind + "/_refresh"), body);
    body.put("size", PAGE).put("track_total_hits", true).set("query", query);
    JsonNode hits = http.post(store.resolve("/hilo-" + kind + "/_search"), body).path("hits");
    int total = hits.path("total").path("value").asInt();
    List<JsonNode> sources = new ArrayList<>();
    hits.path("hits").forEach(hit -> sources.add(hit.path("_source")));
    if (sources.size() != total) {
      throw new BenchException(
          "the store gives %d of %d %s at once; measure with fewer --messages."
              .formatted(sources.size(), total, kind));
    }
    return sources;
  }
}
