package dev.hilo.simulators.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.World;
import dev.hilo.simulators.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRequestTest {

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
  void shouldAnswerLikeGraphWhenTextIsAccepted(String provider) throws Exception {
    // given
    Channel channel = Channel.of(world, provider);

    // when
    World.Answer answer = channel.send("Sale hoy 🚚");

    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("recipient_id").asText()).isEqualTo(channel.ana());
    assertThat(answer.body().path("message_id").asText()).isNotBlank();
    assertThat(answer.raw().headers().firstValue("X-App-Usage").orElse("")).contains("call_count");
    assertThat(answer.raw().headers().firstValue("X-Business-Use-Case-Usage").orElse(""))
        .contains(channel.account(), "\"type\":\"" + provider + "\"");
    JsonNode received = channel.received(1).getFirst();
    assertThat(received.at("/body/text").asText()).isEqualTo("Sale hoy 🚚");
    assertThat(received.path("mid").asText()).isEqualTo(answer.body().path("message_id").asText());
  }

  @Test
  void shouldTakeTheTokenFromTheQueryForMe() throws Exception {
    // given
    Channel channel = Channel.instagram(world);
    HttpRequest request =
        HttpRequest.newBuilder(
                world
                    .simulators
                    .address()
                    .resolve("/graph/v25.0/me/messages?access_token=" + channel.token()))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Channel.message(channel.ana(), "Hola").toString()))
            .build();

    // when
    World.Answer answer = world.answer(request);

    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(channel.received(1)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "messenger, a, 2000, 200",
    "messenger, a, 2001, 400",
    "messenger, ñ, 2000, 200",
    "instagram, a, 1000, 200",
    "instagram, a, 1001, 400",
    "instagram, ñ, 500,  200",
    "instagram, ñ, 501,  400",
    "instagram, 👋, 250, 200",
    "instagram, 👋, 251, 400",
  })
  void shouldCountTextInItsOwnMeasure(String provider, String letter, int times, int status)
      throws Exception {
    // given
    Channel channel = Channel.of(world, provider);

    // when
    World.Answer answer = channel.send(letter.repeat(times));

    // then
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(status == 200 ? 0 : 100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"recipient":{"id":"$"},"message":{"text":"a"}}                                          | 0
          {"recipient":{"id":"$"},"messaging_type":"OTHER","message":{"text":"a"}}                 | 0
          {"recipient":{"id":"$"},"messaging_type":"MESSAGE_TAG","message":{"text":"a"}}           | 0
          {"recipient":{"id":"$"},"messaging_type":"RESPONSE","tag":"HUMAN_AGENT","message":{"text":"a"}} | 0
          {"recipient":{"id":"$"},"messaging_type":"MESSAGE_TAG","tag":"ACCOUNT_UPDATE","message":{"text":"a"}} | 0
          {"recipient":{"id":"$"},"messaging_type":"MESSAGE_TAG","tag":"CONFIRMED_EVENT_UPDATE","message":{"text":"a"}} | 0
          {"recipient":{"id":"$"},"messaging_type":"MESSAGE_TAG","tag":"POST_PURCHASE_UPDATE","message":{"text":"a"}} | 0
          {"recipient":{"id":"$"},"messaging_type":"RESPONSE","message":{}}                        | 2018034
          {"recipient":{"id":"$"},"messaging_type":"RESPONSE","message":{"text":"  "}}             | 2018034
          {"recipient":{"id":"$"},"messaging_type":"RESPONSE","message":{"text":"a","attachment":{"type":"image","payload":{"url":"http://127.0.0.1/a"}}}} | 0
          {"recipient":{"id":"$"},"messaging_type":"RESPONSE","message":{"text":"a","body":"b"}}   | 0
          {"recipient":{"id":"$"},"messaging_type":"RESPONSE","message":{"text":"a"},"to":"b"}     | 0
          {"recipient":{"user_ref":"1"},"messaging_type":"RESPONSE","message":{"text":"a"}}        | 0
          {"messaging_type":"RESPONSE","message":{"text":"a"}}                                     | 0
          {"recipient":{"id":"$"},"messaging_type":"RESPONSE"}                                     | 0
          {"recipient":{"id":"$"},"sender_action":"dance"}                                         | 0
          {"recipient":{"id":"$"},"sender_action":"react","payload":{"message_id":"m","reaction":"love"}} | 0
          {"recipient":{"id":"$"},"messaging_type":"RESPONSE","message":{"text":"a","quick_replies":[{"content_type":"text","title":"123456789012345678901","payload":"p"}]}} | 0
          {"recipient":{"id":"$"},"messaging_type":"RESPONSE","message":{"text":"a","quick_replies":[{"content_type":"text","title":"A"}]}} | 0
          {"recipient":{"id":"$"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"cat","payload":{}}}} | 0
          {"recipient":{"id":"$"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"template","payload":{"template_type":"button","text":"a","buttons":[]}}}} | 0
          """)
  void shouldRefuseWhatTheDocumentationForbids(String body, int subcode) throws Exception {
    // given
    Channel channel = Channel.messenger(world);

    // when
    World.Answer answer = channel.send(Json.MAPPER.readTree(body.replace("$", channel.ana())));

    // then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(100);
    assertThat(answer.body().at("/error/error_subcode").asInt()).isEqualTo(subcode);
    assertThat(channel.controlled("calls?kind=send").body().path("accepted").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"13, 200", "14, 400"})
  void shouldTakeThirteenQuickReplies(int count, int status) throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    ObjectNode body = Channel.message(channel.ana(), "¿Cuál?");
    ArrayNode replies = ((ObjectNode) body.path("message")).putArray("quick_replies");
    for (int i = 0; i < count; i++) {
      replies
          .addObject()
          .put("content_type", "text")
          .put("title", "Opción " + i)
          .put("payload", "o" + i);
    }

    // when
    World.Answer answer = channel.send(body);

    // then
    assertThat(answer.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"640, 3, 200", "641, 3, 400", "640, 4, 400", "640, 0, 400"})
  void shouldTakeButtonTemplates(int length, int buttons, int status) throws Exception {
    // given
    Channel channel = Channel.instagram(world);
    ObjectNode body = Channel.message(channel.ana(), "");
    ObjectNode message = body.putObject("message");
    ObjectNode payload =
        message.putObject("attachment").put("type", "template").putObject("payload");
    payload.put("template_type", "button").put("text", "a".repeat(length));
    ArrayNode all = payload.putArray("buttons");
    for (int i = 0; i < buttons; i++) {
      all.addObject().put("type", "postback").put("title", "B" + i).put("payload", "b" + i);
    }

    // when
    World.Answer answer = channel.send(body);

    // then
    assertThat(answer.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(channel.received(1).getFirst().at("/body/choices")).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"messenger, 2018001", "instagram, 2534014"})
  void shouldNotKnowStrangers(String provider, int subcode) throws Exception {
    // given
    Channel channel = Channel.of(world, provider);

    // when
    World.Answer answer = channel.send(Channel.message("7999999999999999", "Hola"));

    // then
    assertThat(answer.code()).isEqualTo(100);
    assertThat(answer.body().at("/error/error_subcode").asInt()).isEqualTo(subcode);
  }

  @Test
  void shouldNotReachWhoBlockedTheBusiness() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.control("users", "{\"id\":\"" + channel.ana() + "\",\"blocked\":true}");

    // when
    World.Answer answer = channel.send("Hola");

    // then
    assertThat(answer.code()).isEqualTo(551);
    assertThat(answer.body().at("/error/error_subcode").asInt()).isEqualTo(1545041);
  }

  @Test
  void shouldRefuseWhenTheOwnerForbidsMessages() throws Exception {
    // given
    Channel channel = Channel.instagram(world);
    channel.account("{\"messageAccess\":false}");

    // when
    World.Answer answer = channel.send("Hola");

    // then
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.body().at("/error/error_subcode").asInt()).isEqualTo(2534041);
  }

  @ParameterizedTest
  @CsvSource({"messenger, 0", "instagram, 2534040"})
  void shouldThrottle(String provider, int subcode) throws Exception {
    // given
    Channel channel = Channel.of(world, provider);
    channel.settings("{\"limits\":{\"textPerSecond\":1}}");
    channel.send("1");

    // when
    World.Answer answer = channel.send("2");

    // then
    assertThat(answer.code()).isEqualTo(613);
    assertThat(answer.body().at("/error/error_subcode").asInt()).isEqualTo(subcode);
    assertThat(answer.raw().headers().firstValue("X-App-Usage").orElse(""))
        .contains("\"call_count\":100");
    assertThat(answer.raw().headers().firstValue("X-Business-Use-Case-Usage").orElse(""))
        .contains("\"estimated_time_to_regain_access\":1");
  }

  @ParameterizedTest
  @CsvSource({
    "messenger, PT23H59M, false, 0",
    "messenger, PT24H,    false, 2018278",
    "messenger, PT167H,   true,  0",
    "messenger, PT168H,   true,  2018278",
    "instagram, PT24H,    false, 2534022",
    "instagram, PT167H,   true,  0",
    "instagram, PT168H,   true,  2534022",
  })
  void shouldKeepTheWindow(String provider, String later, boolean human, int subcode)
      throws Exception {
    // given
    Channel channel = Channel.of(world, provider);
    ObjectNode body = Channel.message(channel.ana(), "Hola otra vez");
    if (human) {
      body.put("messaging_type", "MESSAGE_TAG").put("tag", "HUMAN_AGENT");
    }

    // when
    channel.advance(later);
    World.Answer answer = channel.send(body);

    // then
    assertThat(answer.code()).isEqualTo(subcode == 0 ? 0 : 10);
    assertThat(answer.body().at("/error/error_subcode").asInt()).isEqualTo(subcode);
  }

  @Test
  void shouldNotOpenTheWindowByTheBusinessItself() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.advance("PT23H");
    channel.send("¿Sigues ahí?");

    // when
    channel.advance("PT2H");
    World.Answer answer = channel.send("¿Hola?");

    // then
    assertThat(answer.body().at("/error/error_subcode").asInt()).isEqualTo(2018278);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"action\":\"postback\",\"title\":\"Sí\",\"payload\":\"YES\"",
        "\"action\":\"referral\",\"ref\":\"cartel\"",
        "\"action\":\"react\",\"mid\":\"$\"",
      })
  void shouldOpenTheWindowWhenTheCustomerActs(String action) throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    String mid = channel.write("¿Hay en azul?");
    channel.advance("PT25H");

    // when
    channel.act(action.replace("$", mid));
    World.Answer answer = channel.send("Con gusto");

    // then
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void shouldNeedThePermissionForHumanAgents() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.account("{\"humanAgent\":false}");
    ObjectNode body = Channel.message(channel.ana(), "Hola");
    body.put("messaging_type", "MESSAGE_TAG").put("tag", "HUMAN_AGENT");

    // when
    World.Answer answer = channel.send(body);

    // then
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo(10);
  }

  @Test
  void shouldShowTypingUntilTheMessageComes() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    ObjectNode typing = Json.MAPPER.createObjectNode().put("sender_action", "typing_on");
    typing.putObject("recipient").put("id", channel.ana());

    // when
    World.Answer answer = channel.send(typing);

    // then
    assertThat(answer.body().path("recipient_id").asText()).isEqualTo(channel.ana());
    assertThat(answer.body().has("message_id")).isFalse();
    assertThat(channel.controlled("calls?kind=action").body().path("calls")).hasSize(1);
    assertThat(channel.controlled("calls?kind=send").body().path("sends").asInt()).isZero();
  }

  @Test
  void shouldPutTheBusinesssReactionOnAMessage() throws Exception {
    // given
    Channel channel = Channel.instagram(world);
    String mid = channel.write("Mira");
    ObjectNode react = Json.MAPPER.createObjectNode().put("sender_action", "react");
    react.putObject("recipient").put("id", channel.ana());
    react.putObject("payload").put("message_id", mid).put("reaction", "love");

    // when
    World.Answer answer = channel.send(react);
    World.Answer unknown =
        channel.send(
            Json.MAPPER.readTree(react.toString().replace(mid, "aWdfZAG1faXRlbToxnothere")));

    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(unknown.code()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "image, image/png,       8388608,  0",
    "image, image/png,       8388609,  2018109",
    "file,  application/pdf, 8388609,  0",
    "file,  application/pdf, 26214401, 2018109",
  })
  void shouldFetchFilesUpToTheirLimit(String type, String contentType, int size, int subcode)
      throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    try (FileHost host = FileHost.with("/a/factura.bin", contentType, new byte[size])) {
      URI url = host.address().resolve("/a/factura.bin");

      // when
      World.Answer answer = channel.send(channel.message(attachment(type, url.toString())));

      // then
      assertThat(answer.body().at("/error/error_subcode").asInt()).isEqualTo(subcode);
      assertThat(host.calls()).isEqualTo(1);
      if (subcode == 0) {
        JsonNode file = channel.received(1).getFirst().at("/body/attachments/0");
        assertThat(file.path("name").asText()).isEqualTo("factura.bin");
        assertThat(channel.status(file.at("/payload/url").asText())).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "image, image/gif,     400",
    "image, image/jpeg,    200",
    "audio, audio/mpeg,    400",
    "audio, audio/aac,     200",
    "file,  text/plain,    400",
    "file,  application/pdf, 200",
  })
  void shouldTakeOnlyWhatInstagramShows(String type, String contentType, int status)
      throws Exception {
    // given
    Channel channel = Channel.instagram(world);
    try (FileHost host = FileHost.with("/f", contentType, new byte[10])) {

      // when
      World.Answer answer =
          channel.send(channel.message(attachment(type, host.address().resolve("/f").toString())));

      // then
      assertThat(answer.status()).isEqualTo(status);
    }
  }

  @Test
  void shouldSayThatAFileCannotBeFetched() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    try (FileHost host = FileHost.with("/a", "image/png", new byte[1])) {

      // when
      World.Answer answer =
          channel.send(
              channel.message(attachment("image", host.address().resolve("/b").toString())));

      // then
      assertThat(answer.code()).isEqualTo(100);
      assertThat(answer.body().at("/error/error_subcode").asInt()).isEqualTo(2018008);
    }
  }

  @Test
  void shouldSendWhatWasUploadedBefore() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    String form =
        """
        --x
        Content-Disposition: form-data; name="message"

        {"attachment":{"type":"image","payload":{"is_reusable":true}}}
        --x
        Content-Disposition: form-data; name="filedata"; filename="luna.png"
        Content-Type: image/png

        not really a picture
        --x--
        """
            .replace("\n", "\r\n");
    HttpRequest upload =
        channel
            .request("me/message_attachments")
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();

    // when
    String id = world.answer(upload).body().path("attachment_id").asText();
    World.Answer sent =
        channel.send(
            channel.message(
                "{\"attachment\":{\"type\":\"image\",\"payload\":{\"attachment_id\":\""
                    + id
                    + "\"}}}"));
    World.Answer wrongType =
        channel.send(
            channel.message(
                "{\"attachment\":{\"type\":\"video\",\"payload\":{\"attachment_id\":\""
                    + id
                    + "\"}}}"));

    // then
    assertThat(id).isNotBlank();
    assertThat(sent.status()).isEqualTo(200);
    assertThat(channel.received(1).getFirst().at("/body/attachments/0/name").asText())
        .isEqualTo("luna.png");
    assertThat(wrongType.code()).isEqualTo(100);
  }

  @Test
  void shouldSendAFileThatComesInAForm() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    String form =
        """
        --x
        Content-Disposition: form-data; name="recipient"

        {"id":"$"}
        --x
        Content-Disposition: form-data; name="messaging_type"

        RESPONSE
        --x
        Content-Disposition: form-data; name="message"

        {"attachment":{"type":"file","payload":{}}}
        --x
        Content-Disposition: form-data; name="filedata"; filename="guia.pdf"
        Content-Type: application/pdf

        %PDF
        --x--
        """
            .replace("$", channel.ana())
            .replace("\n", "\r\n");
    HttpRequest send =
        channel
            .request("me/messages")
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();

    // when
    World.Answer answer = world.answer(send);

    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(channel.received(1).getFirst().at("/body/attachments/0/name").asText())
        .isEqualTo("guia.pdf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", ""})
  void shouldAnswerAsGraphWhenTheBodyIsUnreadable(String body) throws Exception {
    // given
    Channel channel = Channel.messenger(world);

    // when
    World.Answer answer = channel.post("me/messages", body);

    // then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(100);
  }

  @Test
  void shouldLeaveOtherIdsToWhatsapp() throws Exception {
    // given
    world.anaWrote();

    // when
    World.Answer answer = world.send(World.text("Hola", "out-1"));

    // then
    assertThat(answer.body().at("/messages/0/id").asText()).startsWith("wamid.");
  }

  private static String attachment(String type, String url) {
    return "{\"attachment\":{\"type\":\"" + type + "\",\"payload\":{\"url\":\"" + url + "\"}}}";
  }
}
