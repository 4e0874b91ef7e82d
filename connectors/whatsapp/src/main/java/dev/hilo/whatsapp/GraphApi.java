package dev.hilo.whatsapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.ProviderHttp.Call;
import dev.hilo.channel.ProviderHttp.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Calls of the Graph API with an account's access token. The token goes to addresses that this
 * class makes itself, and to no other.
 *
 * @param root the API with its version, without a slash at the end
 */
record GraphApi(URI root, ProviderHttp http) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** The provider answers some clients without a name with a page instead of the file. */
  private static final String USER_AGENT = "Hilo";

  /** Writes an object. */
  Outcome post(WhatsAppSettings.Account account, String id, String edge, ObjectNode body) {
    try {
      Map<String, String> headers = headers(account, Map.of("Content-Type", "application/json"));
      return http.call(
          new Call("POST", uri(id, edge, Map.of()), headers, MAPPER.writeValueAsBytes(body)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always writable", e);
    }
  }

  /**
   * Reads an object or one of its edges.
   *
   * @param edge empty for the object itself
   */
  Outcome get(WhatsAppSettings.Account account, String id, String edge, Map<String, String> query) {
    return http.call(
        new Call("GET", uri(id, edge, query), headers(account, Map.of()), new byte[0]));
  }

  /** Headers with the account's token. */
  static Map<String, String> headers(WhatsAppSettings.Account account, Map<String, String> others) {
    Map<String, String> headers = new java.util.HashMap<>(others);
    headers.put("Authorization", "Bearer " + account.accessToken().reveal());
    headers.put("User-Agent", USER_AGENT);
    return headers;
  }

  /** The address of an object or one of its edges. */
  URI uri(String id, String edge, Map<String, String> query) {
    String path = root + "/" + encoded(id) + (edge.isEmpty() ? "" : "/" + edge);
    return URI.create(
        query.isEmpty()
            ? path
            : path
                + query.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                    .collect(Collectors.joining("&", "?", "")));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The object of an answer; an empty one if it holds none. */
  static Part body(Outcome.Answered answered) {
    try {
      return new Part(MAPPER.readTree(answered.body()));
    } catch (IOException e) {
      return Part.none();
    }
  }
}
