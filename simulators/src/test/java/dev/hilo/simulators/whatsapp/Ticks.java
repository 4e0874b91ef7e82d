package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import dev.hilo.simulators.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Reads a phone's chat the way its page does. */
public final class Ticks {

  private Ticks() {}

  /** The last message of the chat. */
  public static JsonNode of(World world, String key) throws IOException, InterruptedException {
    JsonNode messages = chat(world, key).path("messages");
    return messages.get(messages.size() - 1);
  }

  /** The first event of the page's stream: the whole chat. */
  public static JsonNode chat(World world, String key) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                world
                    .simulators
                    .address()
                    .resolve(
                        "/phone/api/customers/"
                            + URLEncoder.encode(key, StandardCharsets.UTF_8)
                            + "/events"))
            .build();
    HttpResponse<InputStream> stream =
        world.client().send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("data: ")) {
        line = lines.readLine();
      }
      if (line == null) {
        throw new IOException("the stream ended without an event");
      }
      return Json.MAPPER.readTree(line.substring("data: ".length()));
    }
  }
}
