package dev.hilo.simulators.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import dev.hilo.simulators.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatApiTest {

  private World world;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"messenger", "instagram"})
  void shouldWriteAsTheCustomer(String provider) throws Exception {
    // given
    String ana = join(provider, "Ana Ruiz");

    // when
    world.post(person(provider, ana) + "/messages", "{\"text\":\" Hola \"}");

    // then
    JsonNode event = event();
    assertThat(event.at("/sender/id").asText()).isEqualTo(ana);
    assertThat(event.at("/message/text").asText()).isEqualTo("Hola");
  }

  @Test
  void shouldBeTheSameCustomerUnderTheSameName() throws Exception {
    // given
    String ana = join("instagram", "Ana Ruiz");

    // when
    String again = join("instagram", "Ana Ruiz");
    String other = join("instagram", "Luis");

    // then
    assertThat(again).isEqualTo(ana);
    assertThat(other).isNotEqualTo(ana);
    assertThat(world.get("/instagram/api/people").body()).hasSize(2);
    assertThat(world.get("/messenger/api/people").body()).isEmpty();
  }

  @Test
  void shouldSendAFile() throws Exception {
    // given
    String ana = join("messenger", "Ana");
    HttpRequest upload =
        HttpRequest.newBuilder(
                world
                    .simulators
                    .address()
                    .resolve(person("messenger", ana) + "/files?name=mi%20foto.png"))
            .header("Content-Type", "image/png")
            .POST(HttpRequest.BodyPublishers.ofString("pixels"))
            .build();

    // when
    JsonNode kept = world.answer(upload).body();
    world.post(person("messenger", ana) + "/messages", "{\"files\":[" + kept + "]}");
    JsonNode attachment = event().at("/message/attachments/0");

    // then
    assertThat(attachment.path("type").asText()).isEqualTo("image");
    HttpRequest fetch =
        HttpRequest.newBuilder(URI.create(attachment.at("/payload/url").asText())).build();
    HttpResponse<String> file = world.client().send(fetch, BodyHandlers.ofString());
    assertThat(file.body()).isEqualTo("pixels");
    assertThat(file.headers().firstValue("Content-Type")).contains("image/png");
  }

  @Test
  void shouldTapReactEditAndUnsend() throws Exception {
    // given
    String ana = join("instagram", "Ana");
    String base = person("instagram", ana);
    String mid =
        world
            .post(base + "/messages", "{\"text\":\"Azul\",\"quickReply\":\"BLUE\"}")
            .body()
            .path("mid")
            .asText();
    JsonNode quick = event();

    // when
    world.put(base + "/messages/" + mid + "/reaction", "{\"emoji\":\"❤\",\"reaction\":\"love\"}");
    JsonNode reaction = event();
    world.put(base + "/messages/" + mid, "{\"text\":\"Verde\"}");
    JsonNode edit = event();
    world.delete(base + "/messages/" + mid);
    JsonNode gone = event();
    world.post(base + "/postbacks", "{\"title\":\"Comprar\",\"payload\":\"BUY\"}");
    JsonNode tap = event();

    // then
    assertThat(quick.at("/message/quick_reply/payload").asText()).isEqualTo("BLUE");
    assertThat(reaction.at("/reaction/reaction").asText()).isEqualTo("love");
    assertThat(edit.at("/message_edit/text").asText()).isEqualTo("Verde");
    assertThat(gone.at("/message/is_deleted").asBoolean()).isTrue();
    assertThat(tap.at("/postback/payload").asText()).isEqualTo("BUY");
  }

  @Test
  void shouldNotChangeWhatTheBusinessWrote() throws Exception {
    // given
    String ana = join("messenger", "Ana");
    world.post(
        "/control/messenger/echo", "{\"to\":\"" + ana + "\",\"text\":\"Hola, ¿te ayudamos?\"}");
    JsonNode received =
        world.get("/control/messenger/received?atLeast=1&within=PT30S").body().at("/0/messages/0");
    String mid = received.path("mid").asText();

    // when
    World.Answer edit =
        world.put(person("messenger", ana) + "/messages/" + mid, "{\"text\":\"No\"}");
    World.Answer unsend = world.delete(person("messenger", ana) + "/messages/" + mid);

    // then
    assertThat(mid).isNotBlank();
    assertThat(edit.status()).isEqualTo(404);
    assertThat(unsend.status()).isEqualTo(404);
  }

  @Test
  void shouldShowAnswersTypingAndSeenAtOnce() throws Exception {
    // given
    String ana = join("messenger", "Ana");
    world.post(person("messenger", ana) + "/messages", "{\"text\":\"Hola\"}");
    world.hilo.take(1);

    // when
    graph("{\"recipient\":{\"id\":\"" + ana + "\"},\"sender_action\":\"mark_seen\"}");
    graph("{\"recipient\":{\"id\":\"" + ana + "\"},\"sender_action\":\"typing_on\"}");
    JsonNode typing = chat("messenger", ana);
    graph(
        "{\"recipient\":{\"id\":\""
            + ana
            + "\"},\"messaging_type\":\"RESPONSE\",\"message\":{\"text\":\"Dime\"}}");
    world.get("/control/messenger/received?atLeast=1&within=PT30S");
    JsonNode answered = chat("messenger", ana);

    // then
    assertThat(typing.path("typing").asBoolean()).isTrue();
    assertThat(typing.at("/messages/0/marks/readAt").asText()).isNotBlank();
    assertThat(answered.path("typing").asBoolean()).isFalse();
    assertThat(answered.at("/messages/1/body/text").asText()).isEqualTo("Dime");
  }

  @Test
  void shouldNotWriteWhenThePhoneIsOff() throws Exception {
    // given
    String ana = join("instagram", "Ana");
    world.put(person("instagram", ana) + "/power", "{\"on\":false}");

    // when
    World.Answer answer = world.post(person("instagram", ana) + "/messages", "{\"text\":\"Hola\"}");

    // then
    assertThat(answer.status()).isEqualTo(409);
    assertThat(world.hilo.hasMore()).isFalse();
  }

  @Test
  void shouldKeepChatsOverRestart(@TempDir Path folder) throws Exception {
    // given
    String ana;
    try (World before = World.start(Optional.of(folder))) {
      ana = before.post("/messenger/api/people", "{\"name\":\"Ana\"}").body().path("key").asText();
      before.post(person("messenger", ana) + "/messages", "{\"text\":\"Hola\"}");
      before.hilo.take(1);
    }

    // when
    try (World after = World.start(Optional.of(folder))) {
      JsonNode received =
          after
              .post(
                  "/control/messenger/echo", "{\"to\":\"" + ana + "\",\"text\":\"Aquí seguimos\"}")
              .body();
      JsonNode people = after.get("/messenger/api/people").body();

      // then
      assertThat(received.path("mid").asText()).startsWith("m_");
      assertThat(people.at("/0/last").asText()).isEqualTo("Hola");
    }
  }

  private String join(String provider, String name) throws Exception {
    return world
        .post("/" + provider + "/api/people", "{\"name\":\"" + name + "\"}")
        .body()
        .path("key")
        .asText();
  }

  private static String person(String provider, String id) {
    return "/" + provider + "/api/people/" + id;
  }

  private JsonNode event() throws InterruptedException {
    return world.hilo.take(1).getFirst().json().at("/entry/0/messaging/0");
  }

  private void graph(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                world
                    .simulators
                    .address()
                    .resolve("/graph/v25.0/me/messages?access_token=demo-page-access-token"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(world.answer(request).status()).isEqualTo(200);
  }

  /** The whole chat, as the page gets it first. */
  private JsonNode chat(String provider, String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(world.simulators.address().resolve(person(provider, id) + "/events"))
            .build();
    HttpResponse<Stream<String>> answer = world.client().send(request, BodyHandlers.ofLines());
    try (Stream<String> lines = answer.body()) {
      List<String> first = lines.limit(2).toList();
      assertThat(first.getFirst()).isEqualTo("event: chat");
      return Json.MAPPER.readTree(first.getLast().substring("data: ".length()));
    }
  }
}
