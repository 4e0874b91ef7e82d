package dev.hilo.simulators.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.FakeHilo.Webhook;
import dev.hilo.simulators.World;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusesTest {

  private World world;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
    world.put("/control/settings", "{\"webhooks\":{\"parallel\":1}}");
    world.anaWrote();
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldReportSentThenDelivered() throws Exception {
    // when
    String wamid = send("out-1");

    // then
    List<JsonNode> statuses = statuses(2);
    assertThat(statuses).extracting(one -> one.path("id").asText()).containsOnly(wamid);
    assertThat(words(statuses)).containsExactly("sent", "delivered");
    JsonNode sent = statuses.getFirst();
    assertThat(sent.path("recipient_id").asText()).isEqualTo("573005550101");
    assertThat(sent.path("biz_opaque_callback_data").asText()).isEqualTo("out-1");
    assertThat(sent.path("timestamp").isTextual()).isTrue();
    assertThat(sent.path("pricing").toString())
        .isEqualTo(
            "{\"billable\":false,\"pricing_model\":\"PMP\","
                + "\"type\":\"free_customer_service\",\"category\":\"service\"}");
  }

  @Test
  void shouldReportReadWhenPhoneShowsIt() throws Exception {
    // given
    send("out-2");
    statuses(2);

    // when
    int read =
        world.post("/phone/api/customers/%2B573005550101/read", "").body().path("read").asInt();

    // then
    assertThat(read).isEqualTo(1);
    assertThat(words(statuses(1))).containsExactly("read");
  }

  @Test
  void shouldReportReadByItselfWhenAsked() throws Exception {
    // given
    world.put("/control/settings", "{\"statuses\":{\"autoRead\":true}}");

    // when
    send("out-3");

    // then
    assertThat(words(statuses(3))).containsExactly("sent", "delivered", "read");
  }

  @Test
  void shouldDeliverOnlyWhenPhoneIsOn() throws Exception {
    // given
    world.put("/phone/api/customers/%2B573005550101/power", "{\"on\":false}");
    send("out-4");
    send("out-5");
    assertThat(words(statuses(2))).containsExactly("sent", "sent");
    JsonNode whileOff = world.get("/control/received").body().at("/0/messages");

    // when
    world.put("/phone/api/customers/%2B573005550101/power", "{\"on\":true}");

    // then
    assertThat(whileOff).isEmpty();
    assertThat(statuses(2))
        .extracting(one -> one.path("biz_opaque_callback_data").asText())
        .containsExactly("out-4", "out-5");
  }

  @Test
  void shouldReverseOrderWhenAsked() throws Exception {
    // given
    world.put("/control/settings", "{\"statuses\":{\"order\":\"reversed\",\"autoRead\":true}}");

    // when
    send("out-6");

    // then
    assertThat(words(statuses(3))).containsExactly("read", "delivered", "sent");
  }

  @Test
  void shouldRepeatStatusesWhenAsked() throws Exception {
    // given
    world.put("/control/settings", "{\"statuses\":{\"copies\":2}}");

    // when
    send("out-7");

    // then
    assertThat(words(statuses(4))).containsExactly("sent", "sent", "delivered", "delivered");
  }

  @Test
  void shouldHoldBackUntilReleased() throws Exception {
    // given
    world.put("/control/settings", "{\"statuses\":{\"hold\":true}}");
    send("out-8");
    world.get("/control/received?atLeast=1&within=PT30S");

    // when
    world.put("/control/settings", "{\"statuses\":{\"hold\":false}}");
    int released = world.post("/control/statuses/release", "").body().path("released").asInt();

    // then
    assertThat(released).isBetween(1, 2);
    assertThat(words(statuses(2))).containsExactlyInAnyOrder("sent", "delivered");
  }

  private String send(String opaque) throws Exception {
    return world.send(World.text("Hola", opaque)).body().at("/messages/0/id").asText();
  }

  private List<JsonNode> statuses(int count) throws Exception {
    return world.hilo.take(count).stream()
        .map(Webhook::json)
        .map(body -> body.at("/entry/0/changes/0/value/statuses/0"))
        .toList();
  }

  private static List<String> words(List<JsonNode> statuses) {
    return statuses.stream().map(one -> one.path("status").asText()).toList();
  }
}
