package dev.hilo.simulators.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import dev.hilo.simulators.meta.FileHost;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTest {

  private static final byte[] BYTES = "%PDF-1.4 factura".getBytes(StandardCharsets.UTF_8);

  private World world;

  @BeforeEach
  void startWorld() throws Exception {
    world = World.start();
    world.anaWrote();
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldShowFileOnPhoneWhenSentByItsId() throws Exception {
    // given
    String id = upload("application/pdf", BYTES).body().path("id").asText();

    // when
    World.Answer answer =
        send(
            "document",
            "{\"id\":\"" + id + "\",\"caption\":\"Tu factura\",\"filename\":\"a.pdf\"}");

    // then
    assertThat(answer.status()).isEqualTo(200);
    JsonNode message = received();
    assertThat(message.path("text").asText()).isEqualTo("Tu factura");
    assertThat(message.at("/parts/file/name").asText()).isEqualTo("a.pdf");
    assertThat(shown(message)).isEqualTo(BYTES);
  }

  @ParameterizedTest
  @CsvSource({
    "application/zip, 10,        100",
    "image/gif,       10,        100",
    "image/png,       0,         131053",
    "image/png,       5242881,   131053",
    "audio/ogg,       16777217,  131053",
    "image/webp,      512001,    131053",
    "text/plain,      104857601, 131053",
  })
  void shouldRefuseUploadWhenKindOrSizeIsWrong(String type, int size, int code) throws Exception {
    // when
    World.Answer answer = upload(type, new byte[size]);

    // then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"messaging_product", "type", "file"})
  void shouldRefuseUploadWhenFieldIsMissing(String field) throws Exception {
    // when
    World.Answer answer = upload("text/plain", BYTES, field, "demo-access-token");

    // then
    assertThat(answer.code()).isEqualTo(100);
  }

  @Test
  void shouldRefuseUploadWhenTokenIsWrong() throws Exception {
    // when
    World.Answer answer = upload("text/plain", BYTES, "", "another");

    // then
    assertThat(answer.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          image    | {"id":"ID"}                               | 131053
          document | {"id":"ID","link":"http://127.0.0.1/a"}   | 100
          document | {}                                        | 100
          document | {"id":"17"}                               | 100
          document | {"link":"ftp://127.0.0.1/a"}              | 100
          document | {"id":"ID","voice":true}                  | 100
          audio    | {"id":"ID","caption":"Hola"}              | 100
          sticker  | {"id":"ID"}                               | 131053
          """)
  void shouldRefuseSendWhenFileDoesNotFit(String type, String object, int code) throws Exception {
    // given
    String id = upload("application/pdf", BYTES).body().path("id").asText();

    // when
    World.Answer answer = send(type, object.replace("ID", id));

    // then
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void shouldRefuseStickerWhenItIsStillAndLarge() throws Exception {
    // given
    String id = upload("image/webp", new byte[102_401]).body().path("id").asText();

    // when
    World.Answer answer = send("sticker", "{\"id\":\"" + id + "\"}");

    // then
    assertThat(answer.code()).isEqualTo(131053);
  }

  @Test
  void shouldFetchLinkWhenSentByAddress() throws Exception {
    try (FileHost host = FileHost.with("/a.png", "image/png", new byte[] {1, 2})) {
      // when
      World.Answer answer = send("image", "{\"link\":\"" + host.address() + "/a.png\"}");

      // then
      assertThat(answer.status()).isEqualTo(200);
      assertThat(shown(received())).containsExactly(1, 2);
    }
  }

  @Test
  void shouldFailLaterWhenLinkLeadsNowhere() throws Exception {
    try (FileHost host = FileHost.with("/a.png", "image/png", new byte[] {1, 2})) {
      // when
      World.Answer answer = send("image", "{\"link\":\"" + host.address() + "/b.png\"}");

      // then
      assertThat(answer.status()).isEqualTo(200);
      JsonNode status = webhook().at("/statuses/0");
      assertThat(status.path("status").asText()).isEqualTo("failed");
      assertThat(status.at("/errors/0/code").asInt()).isEqualTo(131053);
    }
  }

  @Test
  void shouldTellFileOfCustomerWithDigestsAndBytes() throws Exception {
    // when
    world.post(
        "/control/files",
        "{\"from\":\""
            + World.ANA
            + "\",\"mimeType\":\"application/pdf\",\"name\":\"a.pdf\",\"caption\":\"Mira\","
            + "\"size\":1000}");

    // then
    JsonNode document = webhook().at("/messages/0/document");
    assertThat(document.path("caption").asText()).isEqualTo("Mira");
    assertThat(document.path("filename").asText()).isEqualTo("a.pdf");
    JsonNode file = media(document.path("id").asText()).body();
    assertThat(file.path("file_size").asInt()).isEqualTo(1000);
    assertThat(file.path("messaging_product").asText()).isEqualTo("whatsapp");
    byte[] bytes = download(file.path("url").asText(), "demo-access-token").body();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertThat(document.path("sha256").asText())
        .isEqualTo(Base64.getEncoder().encodeToString(digest));
    assertThat(file.path("sha256").asText()).isEqualTo(HexFormat.of().formatHex(digest));
  }

  @Test
  void shouldTellVoiceNoteAsVoice() throws Exception {
    // when
    world.post("/control/files", "{\"from\":\"" + World.ANA + "\",\"voice\":true}");

    // then
    JsonNode audio = webhook().at("/messages/0/audio");
    assertThat(audio.path("voice").asBoolean()).isTrue();
    assertThat(audio.path("mime_type").asText()).isEqualTo("audio/ogg; codecs=opus");
  }

  @Test
  void shouldTellErrorWhenFileOfCustomerIsTooLarge() throws Exception {
    // when
    world.post(
        "/control/files", "{\"from\":\"" + World.ANA + "\",\"type\":\"video\",\"size\":104857601}");

    // then
    JsonNode message = webhook().at("/messages/0");
    assertThat(message.at("/errors/0/code").asInt()).isEqualTo(131052);
    assertThat(message.at("/video").has("id")).isFalse();
  }

  @Test
  void shouldGiveBytesOnlyToBearerAndForFiveMinutes() throws Exception {
    // given
    String id = upload("application/pdf", BYTES).body().path("id").asText();
    String url = media(id).body().path("url").asText();

    // when
    int stranger = download(url, "another").statusCode();
    int forged =
        download(url.replaceAll("ext=\\d+", "ext=99999999999"), "demo-access-token").statusCode();
    world.put("/control/clock", "{\"advance\":\"PT4M50S\"}");
    int soon = download(url, "demo-access-token").statusCode();
    world.put("/control/clock", "{\"advance\":\"PT11S\"}");
    int late = download(url, "demo-access-token").statusCode();

    // then
    assertThat(stranger).isEqualTo(401);
    assertThat(forged).isEqualTo(404);
    assertThat(soon).isEqualTo(200);
    assertThat(late).isEqualTo(404);
  }

  @Test
  void shouldForgetFilesInTheirTime() throws Exception {
    // given
    String own = upload("application/pdf", BYTES).body().path("id").asText();
    world.post("/control/files", "{\"from\":\"" + World.ANA + "\"}");
    String theirs = webhook().at("/messages/0/image/id").asText();

    // when
    world.put("/control/clock", "{\"advance\":\"PT167H\"}");
    int young = media(theirs).status();
    world.put("/control/clock", "{\"advance\":\"PT1H\"}");
    int old = media(theirs).code();
    int mine = media(own).status();
    world.put("/control/clock", "{\"advance\":\"PT552H\"}");

    // then
    assertThat(young).isEqualTo(200);
    assertThat(old).isEqualTo(100);
    assertThat(mine).isEqualTo(200);
    assertThat(media(own).code()).isEqualTo(100);
  }

  @Test
  void shouldForgetFileWhenDeletedOrOfAnotherNumber() throws Exception {
    // given
    String id = upload("application/pdf", BYTES).body().path("id").asText();
    world.put("/control/numbers/1000000002", "{\"accessToken\":\"second\"}");

    // when
    int other = get("second", id + "?phone_number_id=1000000002").code();
    World.Answer deleted = call("DELETE", "demo-access-token", id);

    // then
    assertThat(other).isEqualTo(100);
    assertThat(deleted.body().path("success").asBoolean()).isTrue();
    assertThat(media(id).code()).isEqualTo(100);
  }

  private World.Answer media(String id) throws Exception {
    return get("demo-access-token", id + "?phone_number_id=1000000001");
  }

  private World.Answer get(String token, String path) throws Exception {
    return call("GET", token, path);
  }

  private World.Answer call(String method, String token, String path) throws Exception {
    return world.answer(
        HttpRequest.newBuilder(world.simulators.address().resolve("/graph/v25.0/" + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private HttpResponse<byte[]> download(String url, String token) throws Exception {
    return world
        .client()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private byte[] shown(JsonNode message) throws Exception {
    URI page =
        world
            .simulators
            .address()
            .resolve("/phone/api/media/" + message.at("/parts/file/asset").asText());
    return world
        .client()
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  private JsonNode received() throws Exception {
    return world.get("/control/received?atLeast=1&within=PT30S").body().at("/0/messages/0");
  }

  private JsonNode webhook() throws Exception {
    return world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value");
  }

  private World.Answer send(String type, String object) throws Exception {
    return world.send(
        "{\"messaging_product\":\"whatsapp\",\"to\":\"+573005550101\",\"type\":\"%s\",\"%s\":%s}"
            .formatted(type, type, object));
  }

  private World.Answer upload(String type, byte[] content) throws Exception {
    return upload(type, content, "", "demo-access-token");
  }

  private World.Answer upload(String type, byte[] content, String without, String token)
      throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    field(body, without, "messaging_product", "", "whatsapp".getBytes(StandardCharsets.UTF_8));
    field(body, without, "type", "", type.getBytes(StandardCharsets.UTF_8));
    field(body, without, "file", "; filename=\"a.bin\"\r\nContent-Type: " + type, content);
    body.writeBytes("--b--\r\n".getBytes(StandardCharsets.UTF_8));
    return world.answer(
        HttpRequest.newBuilder(world.simulators.address().resolve("/graph/v25.0/1000000001/media"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
            .build());
  }

  private static void field(
      ByteArrayOutputStream body, String without, String name, String more, byte[] content) {
    if (name.equals(without)) {
      return;
    }
    String head =
        "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n";
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }
}
