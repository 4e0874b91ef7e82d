package dev.hilo.simulators.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.FakeHilo;
import dev.hilo.simulators.FakeHilo.Webhook;
import dev.hilo.simulators.World;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {

  private World world;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldLookLikeMetaWhenCustomerWrites() throws Exception {
    // when
    world.post(
        "/control/inbound",
        """
        {"from":"+573005550101","name":"Ana Peña","text":"Año nuevo / 🎉","wamid":"wamid.a",
         "timestamp":"2026-11-20T15:00:00Z"}
        """);

    // then
    Webhook webhook = world.hilo.take(1).getFirst();
    assertThat(webhook.text())
        .isEqualTo(
            "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"2000000001\","
                + "\"changes\":[{\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":"
                + "{\"display_phone_number\":\"576015550100\",\"phone_number_id\":\"1000000001\"},"
                + "\"contacts\":[{\"profile\":{\"name\":\"Ana Pe\\u00f1a\"},"
                + "\"wa_id\":\"573005550101\",\"user_id\":\"CO.810105550037512\"}],"
                + "\"messages\":[{\"from\":\"573005550101\",\"from_user_id\":"
                + "\"CO.810105550037512\",\"id\":\"wamid.a\",\"timestamp\":\"1795186800\","
                + "\"text\":{\"body\":\"A\\u00f1o nuevo \\/ \\ud83c\\udf89\"},"
                + "\"type\":\"text\"}]},\"field\":\"messages\"}]}]}");
  }

  @Test
  void shouldSignRawBytesWithAppSecret() throws Exception {
    // given: openssl dgst -sha256 -hmac demo-app-secret over {"a":"\u00f1"}

    // when
    world.post("/control/webhooks", "{\"body\":{\"a\":\"ñ\"}}");

    // then
    Webhook webhook = world.hilo.take(1).getFirst();
    assertThat(webhook.text()).isEqualTo("{\"a\":\"\\u00f1\"}");
    assertThat(webhook.signature())
        .isEqualTo("sha256=269fd636a956f61614c513339aaaf40d9740676852d61c3ec94bb5b64952b5e3");
  }

  @Test
  void shouldRetryIdenticalBodyUntilAcknowledged() throws Exception {
    // given
    world.hilo.answer(500, 503, 404);

    // when
    inbound("Hola", "wamid.retry");

    // then
    List<Webhook> attempts = world.hilo.take(4);
    assertThat(attempts.stream().map(Webhook::text).distinct()).hasSize(1);
    assertThat(attempts.stream().map(Webhook::signature).distinct()).hasSize(1);
    JsonNode log = acknowledged(1).get(0);
    assertThat(log.path("attempts").findValuesAsText("http"))
        .containsExactly("500", "503", "404", "200");
    assertThat(log.at("/attempts/0/problem").asText()).isEqualTo("{\"error\":\"told to fail\"}");
  }

  @Test
  void shouldDeliverWhenHiloComesBack() throws Exception {
    // given
    world.hilo.close();
    inbound("¿Hay alguien?", "wamid.down");
    JsonNode waiting =
        world
            .get("/control/webhooks?state=pending&attempts=1&atLeast=1&within=PT30S")
            .body()
            .get(0);

    // when
    try (FakeHilo again = FakeHilo.startAt(world.hilo.address())) {
      Webhook webhook = again.take(1).getFirst();

      // then
      assertThat(waiting.path("kind").asText()).isEqualTo("message");
      assertThat(webhook.text()).contains("wamid.down");
      assertThat(acknowledged(1).get(0).at("/attempts/0/http").asInt()).isZero();
    }
  }

  @Test
  void shouldTellPhoneWhenAcknowledged() throws Exception {
    // when
    inbound("Hola", "wamid.tick");
    acknowledged(1);

    // then
    JsonNode sent = Ticks.of(world, "+573005550101");
    assertThat(sent.path("wamid").asText()).isEqualTo("wamid.tick");
    assertThat(sent.has("deliveredAt")).isTrue();
    assertThat(sent.has("readAt")).isFalse();
  }

  @Test
  void shouldBatchAsChangesWhenAsked() throws Exception {
    // given
    world.put("/control/settings", "{\"webhooks\":{\"batchSize\":3}}");

    // when
    three();

    // then
    JsonNode body = world.hilo.take(1).getFirst().json();
    assertThat(body.path("entry")).hasSize(1);
    assertThat(body.at("/entry/0/changes")).hasSize(3);
    assertThat(body.findValuesAsText("id")).contains("wamid.1", "wamid.2", "wamid.3");
  }

  @Test
  void shouldBatchAsEntriesWhenAsked() throws Exception {
    // given
    world.put("/control/settings", "{\"webhooks\":{\"batchSize\":3,\"batchAs\":\"entries\"}}");

    // when
    three();

    // then
    assertThat(world.hilo.take(1).getFirst().json().path("entry")).hasSize(3);
  }

  @Test
  void shouldBatchAsMessagesWhenAsked() throws Exception {
    // given
    world.put("/control/settings", "{\"webhooks\":{\"batchSize\":3,\"batchAs\":\"messages\"}}");

    // when
    three();

    // then
    JsonNode value = world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value");
    assertThat(value.path("messages").findValuesAsText("id"))
        .containsExactly("wamid.1", "wamid.2", "wamid.3");
    assertThat(value.path("contacts")).hasSize(1);
  }

  @Test
  void shouldNotKeepAnUnfinishedBatchForEver() throws Exception {
    // given
    world.put("/control/settings", "{\"webhooks\":{\"batchSize\":100}}");

    // when
    three();

    // then
    assertThat(world.hilo.take(1).getFirst().json().at("/entry/0/changes")).hasSize(3);
  }

  @Test
  void shouldSendCopiesWhenAsked() throws Exception {
    // given
    world.put("/control/settings", "{\"webhooks\":{\"copies\":3}}");

    // when
    inbound("Hola", "wamid.copies");

    // then
    assertThat(world.hilo.take(3).stream().map(Webhook::text).distinct()).hasSize(1);
  }

  @Test
  void shouldShuffleTheSameWayForTheSameSeed() throws Exception {
    // given
    world.put(
        "/control/settings",
        "{\"webhooks\":{\"gather\":8,\"shuffle\":true,\"parallel\":1,\"seed\":7}}");

    // when
    for (int i = 1; i <= 8; i++) {
      inbound("Mensaje " + i, "wamid." + i);
    }
    List<String> first = ids(world.hilo.take(8));

    // then
    assertThat(first)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(1, 2, 3, 4, 5, 6, 7, 8).map(i -> "wamid." + i).toList())
        .isNotEqualTo(Stream.of(1, 2, 3, 4, 5, 6, 7, 8).map(i -> "wamid." + i).toList());
  }

  @Test
  void shouldKeepOrderWhenOneAtATime() throws Exception {
    // given
    world.put("/control/settings", "{\"webhooks\":{\"parallel\":1}}");

    // when
    for (int i = 1; i <= 20; i++) {
      inbound("Mensaje " + i, "wamid." + i);
    }

    // then
    assertThat(ids(world.hilo.take(20)))
        .isEqualTo(Stream.iterate(1, i -> i + 1).limit(20).map(i -> "wamid." + i).toList());
  }

  @Test
  void shouldHoldBackUntilReleased() throws Exception {
    // given
    world.put("/control/settings", "{\"webhooks\":{\"hold\":true}}");
    inbound("Hola", "wamid.held");

    // when
    int before = world.get("/control").body().path("gatheredUpdates").asInt();
    int released = world.post("/control/webhooks/release", "").body().path("released").asInt();

    // then
    assertThat(before).isEqualTo(1);
    assertThat(released).isEqualTo(1);
    assertThat(world.hilo.take(1).getFirst().text()).contains("wamid.held");
  }

  @Test
  void shouldRedeliverTheSameBytes() throws Exception {
    // given
    inbound("Hola", "wamid.again");
    Webhook first = world.hilo.take(1).getFirst();
    String id = acknowledged(1).get(0).path("id").asText();

    // when
    world.post("/control/webhooks/" + id + "/redeliver", "");

    // then
    Webhook second = world.hilo.take(1).getFirst();
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.signature()).isEqualTo(first.signature());
  }

  @Test
  void shouldNotRetryForgedWebhook() throws Exception {
    // given
    world.hilo.answer(401);

    // when
    world.post(
        "/control/inbound",
        "{\"from\":\"+573005550101\",\"text\":\"Falso\",\"signature\":\"bad\"}");

    // then
    assertThat(world.hilo.take(1).getFirst().signature()).isEqualTo("sha256=" + "0".repeat(64));
    JsonNode log =
        world.get("/control/webhooks?state=given_up&atLeast=1&within=PT30S").body().get(0);
    assertThat(log.path("attempts")).hasSize(1);
    assertThat(world.get("/control/users").body()).isEmpty();
  }

  @Test
  void shouldLeaveSignatureOutWhenAsked() throws Exception {
    // when
    world.post("/control/webhooks", "{\"raw\":\"{broken\",\"signature\":\"missing\"}");

    // then
    Webhook webhook = world.hilo.take(1).getFirst();
    assertThat(webhook.signature()).isEmpty();
    assertThat(webhook.text()).isEqualTo("{broken");
  }

  @Test
  void shouldGiveUpWhenTheTimeIsOver() throws Exception {
    // given
    world.put("/control/settings", "{\"webhooks\":{\"giveUpAfter\":\"PT0S\"}}");
    world.hilo.answer(500);

    // when
    inbound("Hola", "wamid.lost");

    // then
    JsonNode log =
        world.get("/control/webhooks?state=given_up&atLeast=1&within=PT30S").body().get(0);
    assertThat(log.path("attempts")).hasSize(1);
  }

  @Test
  void shouldVerifyWebhookByHandshake() throws Exception {
    // when
    JsonNode good = world.post("/control/verify", "").body();
    world.put("/control/numbers/1000000001", "{\"verifyToken\":\"another\"}");
    JsonNode bad = world.post("/control/verify", "").body();

    // then
    assertThat(good.path("1000000001").asText()).isEqualTo("verified");
    assertThat(bad.path("1000000001").asText()).startsWith("HTTP 403");
  }

  private void inbound(String text, String wamid) throws Exception {
    world.post(
        "/control/inbound",
        "{\"from\":\"+573005550101\",\"text\":\"" + text + "\",\"wamid\":\"" + wamid + "\"}");
  }

  private void three() throws Exception {
    world.post(
        "/control/inbound",
        """
        {"messages":[{"from":"+573005550101","text":"Uno","wamid":"wamid.1"},
                     {"from":"+573005550101","text":"Dos","wamid":"wamid.2"},
                     {"from":"+573005550101","text":"Tres","wamid":"wamid.3"}]}
        """);
  }

  private JsonNode acknowledged(int count) throws Exception {
    return world.get("/control/webhooks?state=acknowledged&within=PT30S&atLeast=" + count).body();
  }

  private static List<String> ids(List<Webhook> webhooks) {
    return webhooks.stream()
        .map(one -> one.json().at("/entry/0/changes/0/value/messages/0/id").asText())
        .toList();
  }
}
