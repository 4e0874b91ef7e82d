package dev.hilo.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged;
import dev.hilo.channel.ChannelEvent.AddressChanged;
import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelEvent.ReactionChanged;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Payloads collected from public repositories, where they lie beside this one: each must give the
 * facts that the collection's index lists. Not run when they are absent.
 */
class PublicPayloadsTest {

  private static final Path FOLDER = Path.of("..", "..", "..", "shared", "fixtures");
  private static final JsonMapper MAPPER = new JsonMapper();

  @TestFactory
  Stream<DynamicTest> shouldReadEveryPublicPayload() throws IOException {
    Path index = FOLDER.resolve("INDEX.tsv");
    assumeTrue(Files.exists(index), "no collection of public payloads here");
    return Files.readAllLines(index).stream()
        .map(line -> line.split("\t", -1))
        .filter(columns -> columns[0].startsWith("whatsapp/"))
        .map(
            columns ->
                DynamicTest.dynamicTest(
                    columns[0],
                    () ->
                        check(
                            columns[0],
                            MAPPER.readTree(Files.readAllBytes(FOLDER.resolve(columns[0]))),
                            MAPPER.readTree(columns[3]).path("events"))));
  }

  private static void check(String name, JsonNode payload, JsonNode facts) throws IOException {
    if (name.contains("api-message-response")) {
      checkAnswer(payload);
    } else if (name.contains("api-send-message")) {
      checkRequest(payload);
    } else {
      checkWebhook(payload, facts);
    }
  }

  private static void checkAnswer(JsonNode payload) {
    ScriptedHttp http = ScriptedHttp.answering(Samples.answer(200, payload.toString()));
    assertThat(Samples.channel(http).send(Samples.text("hola")))
        .isEqualTo(new SendResult.Accepted(new ExternalId(payload.at("/messages/0/id").asText())));
  }

  /** What another client sends, we send too; but never both addresses at once. */
  private static void checkRequest(JsonNode payload) throws IOException {
    ScriptedHttp http =
        ScriptedHttp.answering(Samples.answer(200, "{\"messages\":[{\"id\":\"wamid.1\"}]}"));
    ContactAddress to =
        payload.has("to")
            ? ContactAddress.phone(payload.get("to").asText())
            : ContactAddress.businessScoped(payload.get("recipient").asText());
    var unused =
        Samples.channel(http)
            .send(
                Samples.outbound(to, new OutboundContent.Text(payload.at("/text/body").asText())));
    JsonNode ours = MAPPER.readTree(http.calls().getFirst().body());
    payload
        .properties()
        .forEach(
            member -> {
              if (member.getKey().equals("text")) {
                assertThat(ours.at("/text/body")).isEqualTo(member.getValue().path("body"));
              } else if (!(member.getKey().equals("recipient") && payload.has("to"))) {
                assertThat(ours.path(member.getKey())).isEqualTo(member.getValue());
              }
            });
  }

  private static void checkWebhook(JsonNode payload, JsonNode facts) {
    // Sent to our number, whatever number it was for.
    for (JsonNode parent : payload.findParents("phone_number_id")) {
      ((ObjectNode) parent).put("phone_number_id", "1000000001");
    }
    ChannelSettings settings =
        new ChannelSettings(
            Samples.common(Map.of()),
            List.of(
                Samples.account(
                    "1000000001",
                    Map.of(
                        "business-account-id", "", "display-phone-number", ourNumber(payload)))));
    ParseResult result =
        Samples.channel(settings, ScriptedHttp.silent())
            .parse(Samples.signed(Samples.bytes(payload.toString()), Samples.APP_SECRET));
    assertThat(result).isInstanceOf(ParseResult.Events.class);
    ParseResult.Events read = (ParseResult.Events) result;
    Deque<ChannelEvent> events = new ArrayDeque<>(read.events());
    int skipped = 0;
    for (JsonNode fact : facts) {
      if (isSkipped(fact, payload.findValue("user_id") != null)) {
        skipped++;
      } else {
        assertThat(events).as("an event for %s in %s", fact, read).isNotEmpty();
        checkFact(events.removeFirst(), fact);
        // An update of a user id may bring a second one, of the parent business.
        while (fact.path("kind").asText().equals("user_id_update") && !events.isEmpty()) {
          checkFact(events.removeFirst(), fact);
        }
      }
    }
    assertThat(events).isEmpty();
    assertThat(read.skipped()).hasSize(skipped);
  }

  /** Notices name the number they are about. */
  private static String ourNumber(JsonNode payload) {
    JsonNode value = payload.at("/entry/0/changes/0/value");
    String number =
        value.path("display_phone_number").asText(value.path("phone_number").asText(""));
    return number.isEmpty() ? "+57 601 555 0100" : number;
  }

  private static boolean isSkipped(JsonNode fact, boolean contactHasUserId) {
    return switch (fact.path("kind").asText()) {
      case "message" ->
          fact.has("group_id")
              || (fact.path("type").asText().equals("system") && !namesBothAddresses(fact))
              || (fact.path("sender").isNull() && !fact.has("sender_bsuid") && !contactHasUserId);
      case "status" ->
          List.of("deleted", "in_orbit").contains(fact.path("status").asText())
              || fact.path("recipient").asText().endsWith("@g.us");
      case "error", "account_event", "user_id_update" -> false;
      default -> true;
    };
  }

  private static boolean namesBothAddresses(JsonNode fact) {
    return fact.path("text").asText().matches(".*from [A-Z]{2}\\.\\w+ to [A-Z]{2}\\.\\w+");
  }

  private static void checkFact(ChannelEvent event, JsonNode fact) {
    if (fact.path("ts").asText().matches("[0-9]+")) {
      assertThat(event.header().occurredAt())
          .isEqualTo(Instant.ofEpochSecond(fact.path("ts").asLong()));
    }
    switch (event) {
      case MessageReceived message -> {
        assertThat(message.externalId().value()).isEqualTo(fact.path("id").asText());
        // The index knows the message's own fields; ours may also come from the contact.
        if (fact.path("sender").isTextual() || fact.has("sender_bsuid")) {
          checkSender(event, fact.path("sender"), fact.path("sender_bsuid"));
        }
        if (fact.path("profile_name").isTextual()) {
          assertThat(event.header().sender().displayName())
              .contains(fact.path("profile_name").asText());
        }
        if (fact.at("/context/id").isTextual()) {
          assertThat(message.replyTo()).contains(new ExternalId(fact.at("/context/id").asText()));
        }
        if (fact.has("referral")) {
          assertThat(message.origin().orElseThrow().url())
              .contains(fact.at("/referral/source_url").asText());
        }
        checkContent(message.content(), fact);
      }
      case ReactionChanged reaction -> {
        assertThat(reaction.message().value()).isEqualTo(fact.path("reaction_to").asText());
        assertThat(reaction.emoji().orElse("")).isEqualTo(fact.path("emoji").asText(""));
      }
      case DeliveryUpdated updated -> {
        assertThat(updated.externalId().value()).isEqualTo(fact.path("id").asText());
        assertThat(updated.state()).isEqualTo(state(fact.path("status").asText()));
        checkSender(event, fact.path("recipient"), fact.path("recipient_bsuid"));
        if (updated.state() == DeliveryState.FAILED) {
          assertThat(updated.error().orElseThrow().providerCode())
              .isEqualTo(fact.at("/error_codes/0").asText());
        }
      }
      case AccountHealthChanged health -> {
        assertThat(fact.path("kind").asText()).isIn("error", "account_event");
        for (String name : List.of("event", "decision", "status", "message_template_name")) {
          assertThat(health.detail()).contains(fact.path(name).asText(""));
        }
      }
      case AddressChanged changed -> {
        String text = fact.toString();
        assertThat(text).contains(changed.previous().value()).contains(changed.current().value());
      }
      default -> throw new AssertionError("not expected: " + event);
    }
  }

  private static void checkSender(ChannelEvent event, JsonNode number, JsonNode bsuid) {
    ContactAddress address = event.header().sender().address();
    String text = number.asText("");
    if (text.matches("[0-9]{4,15}")) {
      assertThat(address).isEqualTo(ContactAddress.phone("+" + text));
    } else if (!text.isEmpty() && number.isTextual()) {
      assertThat(address).isEqualTo(ContactAddress.businessScoped(text));
    } else {
      assertThat(address).isEqualTo(ContactAddress.businessScoped(bsuid.asText()));
    }
  }

  private static DeliveryState state(String status) {
    return switch (status) {
      case "sent" -> DeliveryState.SENT;
      case "delivered" -> DeliveryState.DELIVERED;
      case "read" -> DeliveryState.READ;
      case "failed" -> DeliveryState.FAILED;
      default -> throw new AssertionError("no such status: " + status);
    };
  }

  private static void checkContent(Content content, JsonNode fact) {
    switch (content) {
      case Content.Text text -> assertThat(text.body()).isEqualTo(fact.path("text").asText());
      case Content.Media media -> {
        assertThat(media.reference()).isEqualTo(fact.path("media_id").asText());
        assertThat(media.mimeType().orElse("")).isEqualTo(fact.path("mime").asText(""));
        assertThat(media.caption().orElse("")).isEqualTo(fact.path("caption").asText(""));
        assertThat(media.fileName().orElse("")).isEqualTo(fact.path("filename").asText(""));
      }
      case Content.Location location -> {
        assertThat(location.latitude()).isEqualTo(fact.path("latitude").asDouble());
        assertThat(location.longitude()).isEqualTo(fact.path("longitude").asDouble());
        assertThat(location.name().orElse("")).isEqualTo(fact.path("name").asText(""));
        assertThat(location.address().orElse("")).isEqualTo(fact.path("address").asText(""));
      }
      case Content.ContactCard card -> {
        assertThat(card.phone().orElse("")).isEqualTo(fact.at("/phones/0").asText(""));
        for (JsonNode name : fact.path("contacts")) {
          assertThat(card.name()).contains(name.asText(""));
        }
      }
      case Content.ButtonReply reply -> {
        assertThat(reply.title())
            .isEqualTo(fact.path("reply_title").asText(fact.path("text").asText("")));
        assertThat(reply.payload().orElse(""))
            .isEqualTo(fact.path("reply_id").asText(fact.path("payload").asText("")));
      }
      case Content.Mail mail -> throw new AssertionError("not expected: " + mail);
      case Content.Several several -> throw new AssertionError("not expected: " + several);
      case Content.Shared shared -> throw new AssertionError("not expected: " + shared);
      case Content.Order order ->
          assertThat(order.items()).hasSameSizeAs(fact.path("product_items"));
      case Content.FormReply form -> {
        assertThat(form.answers()).isEqualTo(fact.path("reply_response_json").asText());
        assertThat(form.name().orElse("")).isEqualTo(fact.path("reply_name").asText(""));
        assertThat(form.title().orElse("")).isEqualTo(fact.path("reply_body").asText(""));
      }
      case Content.Unsupported unsupported ->
          assertThat(unsupported.type())
              // One payload has the word LATITUDE where the number should be, one the words
              // number-of-item.
              .isIn("unsupported", "unknown", "order", "location");
    }
  }
}
