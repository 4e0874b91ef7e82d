package dev.hilo.simulators.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.simulators.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlApiTest {

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
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          POST | users     | {"name":"Ana"}                       | expected a number
          POST | users     | {"number":"3005550101"}              | number: expected a plus
          POST | users     | {"number":"+573005550101","nam":"A"} | nam
          POST | users     | {"userId":"ana"}                     | userId: expected
          POST | inbound   | {"text":"Hola"}                      | from: is missing
          POST | inbound   | {"from":"+573005550101"}             | text: is missing
          POST | inbound   | {"from":"+573005550101","text":"a","business":"9"} | business: there is none '9'
          POST | inbound   | {"from":"+573005550101","text":"a","signature":"x"} | signature: one of valid, bad, missing
          POST | inbound   | [1]                                  | Cannot deserialize
          POST | inbound   | {                                    | the body is not JSON
          POST | faults    | {}                                   | fault: is missing
          POST | faults    | {"fault":"fire"}                     | fault: one of [timeout
          POST | faults    | {"fault":"error"}                    | code: the fault 'error' needs
          POST | faults    | {"fault":"drop","next":0}            | next: at least 1
          PUT  | settings  | {"webhooks":{"batchSize":0}}         | webhooks.batchSize: at least 1
          PUT  | settings  | {"webhooks":{"timeout":"PT0S"}}      | webhooks.timeout: more than zero
          PUT  | settings  | {"wndow":"off"}                      | wndow
          PUT  | clock     | {}                                   | expected {"offset"
          POST | webhooks  | {}                                   | body: is missing
          POST | templates | {"name":"a"}                         | language: is missing
          POST | demo      | {"speed":0}                          | speed: more than 0
          """)
  void shouldNameWhatIsWrong(String method, String path, String body, String message)
      throws Exception {
    // when
    World.Answer answer =
        method.equals("PUT")
            ? world.put("/control/" + path, body)
            : world.post("/control/" + path, body);

    // then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("error").asText()).contains(message).doesNotContain("\n");
  }

  @Test
  void shouldChangeOnlyGivenSettings() throws Exception {
    // when
    world.put("/control/settings", "{\"statuses\":{\"copies\":2}}");

    // then
    var settings = world.get("/control/settings").body();
    assertThat(settings.at("/statuses/copies").asInt()).isEqualTo(2);
    assertThat(settings.at("/statuses/order").asText()).isEqualTo("natural");
    assertThat(settings.at("/limits/messagesPerSecond").asInt()).isEqualTo(80);
    assertThat(settings.at("/webhooks/giveUpAfter").asText()).isEqualTo("PT168H");
  }

  @Test
  void shouldForgetEverythingWhenReset() throws Exception {
    // given
    world.anaWrote();
    world.send(World.text("Hola", "out-1"));
    world.post("/control/faults", "{\"fault\":\"drop\"}");
    world.put("/control/clock", "{\"offset\":\"PT25H\"}");
    world.put("/control/settings", "{\"window\":\"off\"}");

    // when
    var state = world.post("/control/reset", "").body();

    // then
    assertThat(state.path("users").asInt()).isZero();
    assertThat(state.path("calls").asInt()).isZero();
    assertThat(state.path("faults").asInt()).isZero();
    assertThat(state.at("/webhooks/acknowledged").asInt()).isZero();
    assertThat(world.get("/control/clock").body().path("offset").asText()).isEqualTo("PT0S");
    assertThat(world.get("/control/settings").body().path("window").asText()).isEqualTo("status");
  }

  @Test
  void shouldAnswerWithWhatThereIsWhenWaitingIsOver() throws Exception {
    // when
    World.Answer answer = world.get("/control/received?atLeast=5&within=PT0.05S");

    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void shouldSendAnyMessageType() throws Exception {
    // when
    world.post(
        "/control/inbound",
        """
        {"from":"+573005550101","message":{"type":"location",
         "location":{"latitude":4.65,"longitude":-74.06}}}
        """);

    // then
    var message = world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value/messages/0");
    assertThat(message.path("type").asText()).isEqualTo("location");
    assertThat(message.at("/location/latitude").asDouble()).isEqualTo(4.65);
    assertThat(message.has("text")).isFalse();
  }

  @Test
  void shouldNotObeyPagesOfOtherOrigins() throws Exception {
    // given
    URI reset = world.simulators.address().resolve("/control/reset");
    HttpRequest request =
        HttpRequest.newBuilder(reset)
            .header("Origin", "https://shop.example")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();

    // when
    var answer = world.client().send(request, BodyHandlers.ofString());

    // then
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void shouldSayWhatIsNotThere() throws Exception {
    // when
    World.Answer unknown = world.get("/control/nothing");
    World.Answer wrongMethod = world.delete("/control/reset");

    // then
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().path("error").asText()).isEqualTo("there is no GET /control/nothing");
    assertThat(wrongMethod.status()).isEqualTo(405);
  }
}
