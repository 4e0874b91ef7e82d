package dev.hilo.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.ProviderHttp.Call;
import dev.hilo.channel.ProviderHttp.Outcome;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;

/**
 * Calls of the Bot API. The token stands in the address, as the provider wants it: no address is
 * ever printed.
 *
 * <p>Source: core.telegram.org/bots/api#making-requests, by excerpts.
 */
final class BotApi {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final ProviderHttp http;
  private final URI apiUrl;

  BotApi(ProviderHttp http, URI apiUrl) {
    this.http = http;
    this.apiUrl = apiUrl;
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  Outcome call(TelegramSettings.Bot bot, String method, ObjectNode body) {
    return http.call(
        new Call(
            "POST",
            address("/bot", bot, "/" + method),
            Map.of("Content-Type", "application/json"),
            bytes(body)));
  }

  Outcome upload(TelegramSettings.Bot bot, String method, Multipart form) {
    return http.upload(
        new Call(
            "POST",
            address("/bot", bot, "/" + method),
            Map.of("Content-Type", form.contentType()),
            new byte[0]),
        form);
  }

  /** The bytes behind a {@code file_path}, which must have been checked. */
  Outcome download(TelegramSettings.Bot bot, String path, long maxBytes, OutputStream to) {
    return http.download(
        new Call("GET", address("/file/bot", bot, "/" + path), Map.of(), new byte[0]),
        maxBytes,
        to);
  }

  private URI address(String before, TelegramSettings.Bot bot, String after) {
    return URI.create(apiUrl + before + bot.token().reveal() + after);
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }
}
