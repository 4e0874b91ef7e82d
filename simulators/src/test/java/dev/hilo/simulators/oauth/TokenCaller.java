package dev.hilo.simulators.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.mail.MailWorld;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the token service as the demo's application does. */
public final class TokenCaller {

  private static final String MICROSOFT = "/oauth/aurora/oauth2/v2.0/token";

  private final World world;

  public TokenCaller(World world) {
    this.world = world;
  }

  /** An answer with its JSON. */
  public record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {}

  public String accessToken() throws IOException, InterruptedException {
    return refresh(MailWorld.REFRESH_TOKEN).body().path("access_token").asText();
  }

  public Answer refresh(String token) throws IOException, InterruptedException {
    return token(MICROSOFT, Map.of("grant_type", "refresh_token", "refresh_token", token));
  }

  Answer token(String path, Map<String, String> fields) throws IOException, InterruptedException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("client_id", MailWorld.CLIENT_ID);
    all.put("client_secret", MailWorld.CLIENT_SECRET);
    all.putAll(fields);
    HttpResponse<byte[]> raw = post(path, all);
    return new Answer(raw.statusCode(), Json.MAPPER.readTree(raw.body()), raw);
  }

  HttpResponse<byte[]> post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    String form =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(world.simulators.address().resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return world.client().send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
