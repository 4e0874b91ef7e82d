package dev.hilo.simulators.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendApiTest {

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

  @Test
  void shouldAnswerLikeGraphWhenTextIsAccepted() throws Exception {
    // when
    World.Answer answer = world.send(World.text("Con gusto, ¿me das el pedido?", "out-1"));

    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("messaging_product").asText()).isEqualTo("whatsapp");
    assertThat(answer.body().at("/contacts/0/input").asText()).isEqualTo("+573005550101");
    assertThat(answer.body().at("/contacts/0/wa_id").asText()).isEqualTo("573005550101");
    assertThat(answer.body().at("/messages/0/id").asText()).startsWith("wamid.");
    assertThat(answer.raw().headers().firstValue("X-App-Usage")).isPresent();
    assertThat(answer.raw().headers().firstValue("X-Business-Use-Case-Usage").orElse(""))
        .contains("2000000001", "estimated_time_to_regain_access");
  }

  @Test
  void shouldShowTextOnPhoneWhenAccepted() throws Exception {
    // when
    String wamid =
        world.send(World.text("Sale hoy 🚚", "out-2")).body().at("/messages/0/id").asText();

    // then
    JsonNode message =
        world
            .get("/control/received?number=%2B573005550101&atLeast=1&within=PT30S")
            .body()
            .at("/0/messages/0");
    assertThat(message.path("text").asText()).isEqualTo("Sale hoy 🚚");
    assertThat(message.path("wamid").asText()).isEqualTo(wamid);
    assertThat(message.path("opaque").asText()).isEqualTo("out-2");
  }

  @Test
  void shouldRefuseWhenTokenIsMissing() throws Exception {
    // when
    World.Answer answer =
        world.post("/graph/v25.0/1000000001/messages", World.text("Hola", "out-3"));

    // then
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo(190);
    assertThat(answer.body().at("/error/type").asText()).isEqualTo("OAuthException");
    assertThat(answer.body().at("/error/fbtrace_id").asText()).isNotBlank();
  }

  @Test
  void shouldRefuseWhenTokenIsWrong() throws Exception {
    // when
    World.Answer answer = world.sendAs("another", "1000000001", World.text("Hola", "out-4"));

    // then
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo(190);
  }

  @Test
  void shouldRefuseWhenTokenHasExpired() throws Exception {
    // given
    world.put("/control/numbers/1000000001", "{\"tokenExpired\":true}");

    // when
    World.Answer answer = world.send(World.text("Hola", "out-5"));

    // then
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo(190);
    assertThat(answer.body().at("/error/error_subcode").asInt()).isEqualTo(463);
  }

  @Test
  void shouldRefuseWhenPhoneNumberIdIsUnknown() throws Exception {
    // when
    World.Answer answer = world.sendAs("demo-access-token", "999", World.text("Hola", "out-6"));

    // then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(100);
    assertThat(answer.body().at("/error/error_subcode").asInt()).isEqualTo(33);
    assertThat(answer.body().at("/error/message").asText()).contains("Object with ID '999'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                                                | 100
          not json                                                                          | 100
          []                                                                                | 100
          {"messaging_product":"sms","to":"+573005550101","text":{"body":"a"}}              | 100
          {"messaging_product":"whatsapp","text":{"body":"a"}}                              | 100
          {"messaging_product":"whatsapp","to":573005550101,"text":{"body":"a"}}            | 100
          {"messaging_product":"whatsapp","to":"Ana","text":{"body":"a"}}                   | 131009
          {"messaging_product":"whatsapp","recipient":"ana","text":{"body":"a"}}            | 131009
          {"messaging_product":"whatsapp","to":"+573005550101"}                             | 131008
          {"messaging_product":"whatsapp","to":"+573005550101","text":{"body":""}}          | 131008
          {"messaging_product":"whatsapp","to":"+573005550101","text":"a"}                  | 100
          {"messaging_product":"whatsapp","to":"+573005550101","text":{"body":"a","x":1}}   | 100
          {"messaging_product":"whatsapp","to":"+573005550101","text":{"body":"a"},"x":1}   | 100
          {"messaging_product":"whatsapp","to":"+573005550101","type":"image","image":{}}   | 100
          {"messaging_product":"whatsapp","to":"+573005550101","type":"sticker"}            | 131008
          {"messaging_product":"whatsapp","to":"+573005550101","type":"hologram"}           | 131051
          {"messaging_product":"whatsapp","to":"+576015550100","text":{"body":"a"}}         | 131021
          {"messaging_product":"whatsapp","recipient_type":"group","to":"+573005550101"}    | 100
          {"messaging_product":"whatsapp","to":"+573005550101","type":"template"}           | 131008
          """)
  void shouldRefuseWhenBodyIsWrong(String body, int code) throws Exception {
    // when
    World.Answer answer = world.send(body);

    // then
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/error/message").asText()).startsWith("(#" + code + ") ");
  }

  @ParameterizedTest
  @CsvSource({"4096, 200", "4097, 400"})
  void shouldTakeTextsUpToTheLimit(int length, int status) throws Exception {
    // when
    World.Answer answer = world.send(World.text("a".repeat(length), "out-7"));

    // then
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void shouldRefuseWhenOpaqueDataIsTooLong() throws Exception {
    // when
    World.Answer answer = world.send(World.text("Hola", "x".repeat(513)));

    // then
    assertThat(answer.code()).isEqualTo(100);
  }

  @Test
  void shouldSendAstrayWhenPlusIsMissing() throws Exception {
    // when
    World.Answer answer = world.send(World.textTo("573005550101", "Hola", "out-8"));

    // then
    assertThat(answer.body().at("/contacts/0/wa_id").asText()).isEqualTo("57573005550101");
    JsonNode status =
        world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value/statuses/0");
    assertThat(status.path("status").asText()).isEqualTo("failed");
    assertThat(status.at("/errors/0/code").asInt()).isEqualTo(131026);
  }

  @Test
  void shouldFailLaterWhenNobodyHasTheNumber() throws Exception {
    // when
    World.Answer answer = world.send(World.textTo("+573009999999", "Hola", "out-9"));

    // then
    assertThat(answer.status()).isEqualTo(200);
    JsonNode status =
        world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value/statuses/0");
    assertThat(status.path("id").asText()).isEqualTo(answer.body().at("/messages/0/id").asText());
    assertThat(status.path("status").asText()).isEqualTo("failed");
    assertThat(status.path("recipient_id").asText()).isEqualTo("573009999999");
    assertThat(status.path("biz_opaque_callback_data").asText()).isEqualTo("out-9");
    assertThat(status.at("/errors/0/code").asInt()).isEqualTo(131026);
    assertThat(status.at("/errors/0/title").asText()).isEqualTo("Message undeliverable");
  }

  @Test
  void shouldMakePhoneWhenNobodyHasTheNumberAndThatWasAskedFor() throws Exception {
    // given
    world.put("/control/settings", "{\"unknownNumbers\":\"create\",\"window\":\"off\"}");

    // when
    world.send(World.textTo("+573009999999", "Hola", "out-18"));

    // then
    JsonNode received =
        world.get("/control/received?number=%2B573009999999&atLeast=1&within=PT30S").body();
    assertThat(received.at("/0/messages/0/opaque").asText()).isEqualTo("out-18");
  }

  @Test
  void shouldReachCustomerByUserId() throws Exception {
    // given
    world.post("/control/users", "{\"userId\":\"CO.77\",\"name\":\"Sin número\"}");
    world.post("/control/inbound", "{\"from\":\"CO.77\",\"text\":\"Hola\"}");
    JsonNode inbound = world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value");

    // when
    World.Answer answer =
        world.send(
            """
            {"messaging_product":"whatsapp","recipient":"CO.77","type":"text",
             "text":{"body":"Hola"}}
            """);

    // then
    assertThat(inbound.at("/messages/0").has("from")).isFalse();
    assertThat(inbound.at("/messages/0/from_user_id").asText()).isEqualTo("CO.77");
    assertThat(inbound.at("/contacts/0").has("wa_id")).isFalse();
    assertThat(answer.body().at("/contacts/0/user_id").asText()).isEqualTo("CO.77");
    assertThat(answer.body().at("/contacts/0").has("wa_id")).isFalse();
    JsonNode status =
        world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value/statuses/0");
    assertThat(status.path("recipient_user_id").asText()).isEqualTo("CO.77");
    assertThat(status.has("recipient_id")).isFalse();
  }

  @Test
  void shouldRenderTemplateOnPhone() throws Exception {
    // when
    World.Answer answer = world.send(template("follow_up", "es", "\"Ana\""));

    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().at("/messages/0/message_status").asText()).isEqualTo("accepted");
    JsonNode message =
        world.get("/control/received?atLeast=1&within=PT30S").body().at("/0/messages/0");
    assertThat(message.path("text").asText())
        .isEqualTo("Hola Ana, seguimos con tu caso. ¿Podemos continuar?");
    assertThat(message.path("template").asText()).isEqualTo("follow_up");
  }

  @ParameterizedTest
  @CsvSource({
    "APPROVED, es,    '\"Ana\",\"x\"', 400, 132000",
    "APPROVED, es,    '',              400, 132000",
    "APPROVED, pt_BR, '\"Ana\"',       404, 132001",
    "PENDING,  es,    '\"Ana\"',       404, 132001",
    "REJECTED, es,    '\"Ana\"',       404, 132001",
    "PAUSED,   es,    '\"Ana\"',       400, 132015",
    "DISABLED, es,    '\"Ana\"',       400, 132016",
    "APPROVED, es,    '\"a\\nb\"',     400, 132018",
  })
  void shouldRefuseTemplateWhenItDoesNotFit(
      String state, String language, String values, int status, int code) throws Exception {
    // given
    world.post(
        "/control/templates",
        "{\"name\":\"promo\",\"language\":\"es\",\"body\":\"Hola {{1}}\",\"status\":\""
            + state
            + "\"}");

    // when
    World.Answer answer = world.send(template("promo", language, values));

    // then
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void shouldMarkReadWhenTheMessageIsKnown() throws Exception {
    // given
    world.post(
        "/control/inbound",
        "{\"from\":\"" + World.ANA + "\",\"text\":\"¿Hola?\",\"wamid\":\"wamid.known\"}");

    // when
    World.Answer answer =
        world.send(
            """
            {"messaging_product":"whatsapp","status":"read","message_id":"wamid.known",
             "typing_indicator":{"type":"text"}}
            """);

    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().toString()).isEqualTo("{\"success\":true}");
    assertThat(world.get("/control/calls?kind=read").body().at("/calls/0/kind").asText())
        .isEqualTo("read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"wamid.none\"}",
        "{\"messaging_product\":\"whatsapp\",\"status\":\"read\"}",
        "{\"messaging_product\":\"whatsapp\",\"status\":\"seen\",\"message_id\":\"wamid.x\"}"
      })
  void shouldRefuseToMarkReadWhenTheMessageIsNotKnown(String body) throws Exception {
    // when
    World.Answer answer = world.send(body);

    // then
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void shouldThrottleWhenTooManyMessagesPerSecond() throws Exception {
    // given
    world.put("/control/settings", "{\"limits\":{\"messagesPerSecond\":1}}");
    world.send(World.text("1", "out-10"));

    // when
    World.Answer answer = world.send(World.text("2", "out-11"));

    // then
    assertThat(answer.code()).isEqualTo(130429);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.raw().headers().firstValue("X-Business-Use-Case-Usage").orElse(""))
        .contains("\"call_count\":100", "\"estimated_time_to_regain_access\":1");
  }

  @Test
  void shouldThrottlePairWhenTooManyMessagesToOneCustomer() throws Exception {
    // given
    world.put("/control/settings", "{\"limits\":{\"pairBurst\":1,\"pairEvery\":\"PT1H\"}}");
    world.send(World.text("1", "out-12"));

    // when
    World.Answer same = world.send(World.text("2", "out-13"));
    World.Answer other = world.send(World.textTo("+573005550199", "2", "out-14"));

    // then
    assertThat(same.code()).isEqualTo(131056);
    assertThat(same.status()).isEqualTo(400);
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void shouldFailLaterWhenWindowIsClosed() throws Exception {
    // given
    world.put("/control/clock", "{\"offset\":\"PT24H1M\"}");

    // when
    World.Answer answer = world.send(World.text("¿Sigues ahí?", "out-15"));

    // then
    assertThat(answer.status()).isEqualTo(200);
    JsonNode status =
        world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value/statuses/0");
    assertThat(status.path("status").asText()).isEqualTo("failed");
    assertThat(status.at("/errors/0/code").asInt()).isEqualTo(131047);
    assertThat(status.at("/errors/0/title").asText()).isEqualTo("Re-engagement message");
    assertThat(world.get("/control/received").body().at("/0/messages")).isEmpty();
  }

  @Test
  void shouldRefuseAtOnceWhenWindowIsClosedAndThatWasAskedFor() throws Exception {
    // given
    world.put("/control/settings", "{\"window\":\"error\"}");
    world.put("/control/clock", "{\"advance\":\"PT25H\"}");

    // when
    World.Answer answer = world.send(World.text("¿Sigues ahí?", "out-16"));

    // then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(131047);
  }

  @Test
  void shouldDeliverTemplateWhenWindowIsClosed() throws Exception {
    // given
    world.put("/control/clock", "{\"advance\":\"PT25H\"}");

    // when
    world.send(template("follow_up", "es", "\"Ana\""));

    // then
    JsonNode received = world.get("/control/received?atLeast=1&within=PT30S").body();
    assertThat(received.at("/0/messages")).hasSize(1);
  }

  @Test
  void shouldOpenWindowAgainWhenCustomerWrites() throws Exception {
    // given
    world.put("/control/clock", "{\"advance\":\"PT25H\"}");
    world.post("/control/inbound", "{\"from\":\"" + World.ANA + "\",\"text\":\"Volví\"}");

    // when
    world.send(World.text("¡Hola otra vez!", "out-17"));

    // then
    JsonNode received = world.get("/control/received?atLeast=1&within=PT30S").body();
    assertThat(received.at("/0/messages/0/text").asText()).isEqualTo("¡Hola otra vez!");
  }

  private static String template(String name, String language, String quotedValues) {
    StringBuilder parameters = new StringBuilder();
    for (String value : quotedValues.isEmpty() ? new String[0] : quotedValues.split(",", -1)) {
      parameters
          .append(parameters.isEmpty() ? "" : ",")
          .append("{\"type\":\"text\",\"text\":")
          .append(value)
          .append('}');
    }
    return """
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"+573005550101",
         "type":"template","template":{"name":"%s","language":{"code":"%s"},
         "components":[{"type":"body","parameters":[%s]}]}}
        """
        .formatted(name, language, parameters);
  }
}
