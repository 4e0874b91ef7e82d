package dev.hilo.meta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.Secret;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;

/**
 * Calls of the Graph API, with the access token in a header: addresses get into logs.
 *
 * @param http how the provider is called
 * @param tokens the access token of an account as it is now
 */
public record GraphCalls(ProviderHttp http, Function<MetaAccount, Secret> tokens) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** An object to fill and to post. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The JSON of an object. */
  public static byte[] bytes(ObjectNode object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always writable", e);
    }
  }

  /** Asks. */
  public Outcome get(MetaAccount account, URI uri) {
    return http.call(
        new ProviderHttp.Call(
            "GET", uri, Map.of("Authorization", authorization(account)), new byte[0]));
  }

  /** Posts JSON. */
  public Outcome post(MetaAccount account, URI uri, ObjectNode body) {
    Map<String, String> headers =
        Map.of("Authorization", authorization(account), "Content-Type", "application/json");
    return http.call(new ProviderHttp.Call("POST", uri, headers, bytes(body)));
  }

  /** Posts a file. */
  public Outcome upload(MetaAccount account, URI uri, Multipart form) {
    Map<String, String> headers =
        Map.of("Authorization", authorization(account), "Content-Type", form.contentType());
    return http.upload(new ProviderHttp.Call("POST", uri, headers, new byte[0]), form);
  }

  private String authorization(MetaAccount account) {
    return "Bearer " + tokens.apply(account).reveal();
  }

  @Override
  public String toString() {
    return "GraphCalls";
  }
}
