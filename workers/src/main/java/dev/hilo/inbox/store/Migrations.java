package dev.hilo.inbox.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the store to the newest version: a versioned index template for each kind of document, a
 * first index {@code <prefix>-<kind>-000001} and the alias {@code <prefix>-<kind>} that everybody
 * uses. Several nodes may do so at once; every step may be repeated.
 *
 * <p>Raw JSON through the low-level client, because templates are the one place where the typed
 * clients of Elasticsearch and OpenSearch differ.
 */
public final class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final RestClient rest;
  private final String prefix;
  private final int replicas;

  public Migrations(RestClient rest, String prefix, int replicas) {
    this.rest = rest;
    this.prefix = prefix;
    this.replicas = replicas;
  }

  /**
   * Applies what is missing.
   *
   * @throws IOException if the store does not answer
   */
  public void apply() throws IOException {
    JsonNode kinds = read();
    int version = kinds.path("version").asInt();
    for (Map.Entry<String, JsonNode> kind : kinds.path("indexes").properties()) {
      template(kind.getKey(), kind.getValue(), version);
      firstIndex(kind.getKey());
    }
  }

  private void template(String kind, JsonNode properties, int version) throws IOException {
    String path = "/_index_template/" + prefix + "-" + kind;
    if (installedVersion(path) >= version) {
      return;
    }
    ObjectNode template = JSON.createObjectNode();
    template.putArray("index_patterns").add(prefix + "-" + kind + "-*");
    template.put("version", version);
    template.put("priority", 200);
    ObjectNode body = template.putObject("template");
    ObjectNode settings = body.putObject("settings");
    settings.put("number_of_shards", 1);
    settings.put("number_of_replicas", replicas);
    ObjectNode mappings = mappings(properties);
    body.set("mappings", mappings);
    put(path, template);
    // Indexes made from an older version learn the new fields; old ones cannot change their kind.
    if (exists("/" + prefix + "-" + kind)) {
      put("/" + prefix + "-" + kind + "/_mapping", mappings);
    }
    LOG.info("store template {}-{} is at version {}", prefix, kind, version);
  }

  private static ObjectNode mappings(JsonNode properties) {
    ObjectNode mappings = JSON.createObjectNode();
    // Fields that nobody searches by are kept in the source and not indexed.
    mappings.put("dynamic", false);
    mappings.set("properties", properties);
    return mappings;
  }

  private void firstIndex(String kind) throws IOException {
    String alias = prefix + "-" + kind;
    if (exists("/" + alias)) {
      return;
    }
    ObjectNode index = JSON.createObjectNode();
    index.putObject("aliases").putObject(alias).put("is_write_index", true);
    try {
      put("/" + alias + "-000001", index);
    } catch (ResponseException e) {
      if (e.getResponse().getStatusLine().getStatusCode() != 400 || !exists("/" + alias)) {
        throw e;
      }
      // Another node was faster.
    }
  }

  private int installedVersion(String path) throws IOException {
    try {
      Response response = rest.performRequest(new Request("GET", path));
      JsonNode body = JSON.readTree(response.getEntity().getContent());
      return body.path("index_templates").path(0).path("index_template").path("version").asInt();
    } catch (ResponseException e) {
      if (e.getResponse().getStatusLine().getStatusCode() == 404) {
        return 0;
      }
      throw e;
    }
  }

  private boolean exists(String path) throws IOException {
    return rest.performRequest(new Request("HEAD", path)).getStatusLine().getStatusCode() == 200;
  }

  private void put(String path, JsonNode body) throws IOException {
    Request request = new Request("PUT", path);
    request.setJsonEntity(body.toString());
    rest.performRequest(request);
  }

  private static JsonNode read() {
    try (InputStream in = Migrations.class.getResourceAsStream("/store/indexes.json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
