package dev.hilo.simulators.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

  private World world;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
    world.anaWrote();
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "130429, 429",
    "131047, 400",
    "131026, 400",
    "131056, 400",
    "190,    401",
    "368,    403",
    "131000, 500",
    "4242,   400",
  })
  void shouldAnswerErrorWhenAsked(int code, int status) throws Exception {
    // given
    world.post("/control/faults", "{\"fault\":\"error\",\"code\":" + code + "}");

    // when
    World.Answer answer = world.send(World.text("Hola", "out-1"));

    // then
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(world.get("/control/calls").body().path("accepted").asInt()).isZero();
  }

  @Test
  void shouldFailOnlyTheNextCalls() throws Exception {
    // given
    world.post("/control/faults", "{\"next\":2,\"fault\":\"http-503\"}");

    // when
    int first = world.send(World.text("Hola", "out-2")).status();
    int second = world.send(World.text("Hola", "out-2")).status();
    int third = world.send(World.text("Hola", "out-2")).status();

    // then
    assertThat(first).isEqualTo(503);
    assertThat(second).isEqualTo(503);
    assertThat(third).isEqualTo(200);
  }

  @Test
  void shouldAcceptThenDropConnection() throws Exception {
    // given
    world.post("/control/faults", "{\"fault\":\"drop-after-accept\"}");

    // when
    assertThatThrownBy(() -> sendRaw("out-3")).isInstanceOf(IOException.class);

    // then
    JsonNode calls = world.get("/control/calls").body();
    assertThat(calls.at("/acceptedByOpaque/out-3").asInt()).isEqualTo(1);
    assertThat(calls.at("/calls/0/http").asInt()).isZero();
    assertThat(calls.at("/calls/0/fault").asText()).isEqualTo("drop-after-accept");
    JsonNode received = world.get("/control/received?atLeast=1&within=PT30S").body();
    assertThat(received.at("/0/messages/0/opaque").asText()).isEqualTo("out-3");
  }

  @Test
  void shouldDropWithoutAccepting() throws Exception {
    // given
    world.post("/control/faults", "{\"fault\":\"drop\"}");

    // when
    assertThatThrownBy(() -> sendRaw("out-4")).isInstanceOf(IOException.class);

    // then
    assertThat(world.get("/control/calls").body().path("accepted").asInt()).isZero();
  }

  @Test
  void shouldHangWhenTimeoutIsAsked() throws Exception {
    // given
    world.post("/control/faults", "{\"fault\":\"timeout-after-accept\"}");

    // when
    assertThatThrownBy(
            () ->
                world
                    .client()
                    .send(
                        HttpRequest.newBuilder(
                                world.sendRequest(
                                    "demo-access-token", "1000000001", World.text("Hola", "out-5")),
                                (name, value) -> true)
                            .timeout(Duration.ofMillis(300))
                            .build(),
                        BodyHandlers.discarding()))
        .isInstanceOf(HttpTimeoutException.class);

    // then
    world.until("it was accepted", "/control/calls", "/acceptedByOpaque/out-5", 1);
  }

  @Test
  void shouldAnswerSomethingElseThanJson() throws Exception {
    // given
    world.post("/control/faults", "{\"fault\":\"http-502-html\"}");

    // when
    var answer = sendRaw("out-6");

    // then
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).startsWith("<html>");
  }

  @Test
  void shouldFailLaterWhenFailedStatusIsAsked() throws Exception {
    // given
    world.post("/control/faults", "{\"fault\":\"failed-status\",\"code\":131049}");

    // when
    World.Answer answer = world.send(World.text("Hola", "out-7"));

    // then
    assertThat(answer.status()).isEqualTo(200);
    JsonNode status =
        world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value/statuses/0");
    assertThat(status.path("status").asText()).isEqualTo("failed");
    assertThat(status.at("/errors/0/code").asInt()).isEqualTo(131049);
  }

  @Test
  void shouldLeaveOtherCallsAlone() throws Exception {
    // given
    world.post("/control/faults", "{\"fault\":\"http-500\",\"on\":\"read\"}");

    // when
    int status = world.send(World.text("Hola", "out-8")).status();

    // then
    assertThat(status).isEqualTo(200);
    assertThat(world.get("/control/faults").body()).hasSize(1);
  }

  private HttpResponse<String> sendRaw(String opaque) throws Exception {
    return world
        .client()
        .send(
            world.sendRequest("demo-access-token", "1000000001", World.text("Hola", opaque)),
            BodyHandlers.ofString());
  }
}
