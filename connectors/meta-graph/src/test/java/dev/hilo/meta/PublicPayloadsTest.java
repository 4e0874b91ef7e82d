package dev.hilo.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged;
import dev.hilo.channel.ChannelEvent.ControlChanged;
import dev.hilo.channel.ChannelEvent.DeliveredThrough;
import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.ChannelEvent.MessageDeleted;
import dev.hilo.channel.ChannelEvent.MessageEdited;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelEvent.MessageSentElsewhere;
import dev.hilo.channel.ChannelEvent.ReactionChanged;
import dev.hilo.channel.ChannelEvent.ReferralReceived;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.Content;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.Origin;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final String ACCOUNT = "104500000000001";
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TestFactory
  Stream<DynamicTest> shouldReadEveryPublicPayload() throws IOException {
    Path index = FOLDER.resolve("INDEX.tsv");
    assumeTrue(Files.exists(index), "no collection of public payloads here");
    return Files.readAllLines(index).stream()
        .map(line -> line.split("\t", -1))
        .filter(
            columns -> columns[0].startsWith("messenger/") || columns[0].startsWith("instagram/"))
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

  private static void check(String name, JsonNode payload, JsonNode facts) {
    for (JsonNode entry : payload.path("entry")) {
      readdress((ObjectNode) entry);
    }
    ParseResult result =
        new WebhookReader(new ChannelType(name.substring(0, name.indexOf('/'))))
            .read(
                RawDelivery.of(payload.toString().getBytes(StandardCharsets.UTF_8), Map.of(), NOW),
                List.of(
                    new MetaAccount(
                        new AccountId(ACCOUNT),
                        new Secret("demo-access-token"),
                        new Secret("demo-app-secret"),
                        Optional.empty(),
                        URI.create("http://localhost:8095/v25.0"))));
    if (facts.isEmpty()) {
      // Nothing inside, or an answer of the Graph API, which is no webhook.
      assertThat(result).isInstanceOf(ParseResult.Ignored.class);
      return;
    }
    assertThat(result).isInstanceOf(ParseResult.Events.class);
    ParseResult.Events read = (ParseResult.Events) result;
    Deque<ChannelEvent> events = new ArrayDeque<>(read.events());
    List<String> skipped = new ArrayList<>();
    for (JsonNode fact : facts) {
      if (fact.has("prior_message") || expectedEvents(fact) == 0) {
        skipped.add(fact.path("kind").asText());
      }
      for (int i = 0; i < expectedEvents(fact); i++) {
        assertThat(events).as("an event for %s in %s", fact, read).isNotEmpty();
        checkFact(events.removeFirst(), fact);
      }
    }
    assertThat(events).isEmpty();
    assertThat(read.skipped()).as("skips of %s", skipped).hasSize(skipped.size());
  }

  /** Sent to our account, whatever account it was for. */
  private static void readdress(ObjectNode entry) {
    String original = entry.path("id").asText();
    if (entry.has("id")) {
      entry.put("id", ACCOUNT);
    }
    for (JsonNode party : entry.findValues("sender")) {
      replace(party, original);
    }
    for (JsonNode party : entry.findValues("recipient")) {
      replace(party, original);
    }
  }

  private static void replace(JsonNode party, String original) {
    if (party.path("id").asText().equals(original)) {
      ((ObjectNode) party).put("id", ACCOUNT);
    }
  }

  private static int expectedEvents(JsonNode fact) {
    return switch (fact.path("kind").asText()) {
      case "message",
          "echo",
          "deleted",
          "postback",
          "referral",
          "reaction",
          "message_edit",
          "read",
          "policy-enforcement",
          "pass_thread_control",
          "take_thread_control" ->
          1;
      case "delivery" ->
          fact.at("/delivery/mids").size() + (fact.at("/delivery/watermark").isNumber() ? 1 : 0);
      default -> 0;
    };
  }

  private static void checkFact(ChannelEvent event, JsonNode fact) {
    if (fact.path("ts").asLong() > 1_000_000_000_000L) {
      assertThat(event.header().occurredAt())
          .isEqualTo(Instant.ofEpochMilli(fact.path("ts").asLong()));
    }
    String customer = event.header().sender().address().value();
    if (!fact.path("kind").asText().equals("echo") && !fact.path("sender").isNull()) {
      assertThat(customer).isEqualTo(fact.path("sender").asText());
    }
    switch (event) {
      case MessageReceived message -> checkMessage(message, fact);
      case MessageSentElsewhere echo -> {
        assertThat(echo.externalId().value()).isEqualTo(fact.path("mid").asText());
        assertThat(echo.app().orElse("")).isEqualTo(fact.path("app_id").asText(""));
        assertThat(customer).isIn(fact.path("sender").asText(), fact.path("recipient").asText());
        if (fact.path("text").isTextual()) {
          assertThat(echo.content()).isEqualTo(new Content.Text(fact.path("text").asText()));
        }
      }
      case MessageDeleted deleted ->
          assertThat(deleted.deleted().value()).isEqualTo(fact.path("mid").asText());
      case MessageEdited edited -> {
        assertThat(edited.edited().value()).isEqualTo(fact.at("/message_edit/mid").asText());
        assertThat(edited.content())
            .isEqualTo(new Content.Text(fact.at("/message_edit/text").asText()));
      }
      case ReactionChanged reaction -> {
        assertThat(reaction.message().value()).isEqualTo(fact.at("/reaction/mid").asText());
        assertThat(reaction.emoji().orElse("")).isEqualTo(fact.at("/reaction/emoji").asText(""));
      }
      case ReferralReceived referral -> checkOrigin(referral.origin(), fact.path("referral"));
      case DeliveryUpdated updated -> {
        boolean read = fact.path("kind").asText().equals("read");
        assertThat(updated.state()).isEqualTo(read ? DeliveryState.READ : DeliveryState.DELIVERED);
        assertThat(updated.externalId().value())
            .isEqualTo(fact.at(read ? "/read/mid" : "/delivery/mids/0").asText());
      }
      case DeliveredThrough through -> {
        boolean read = fact.path("kind").asText().equals("read");
        assertThat(through.state()).isEqualTo(read ? DeliveryState.READ : DeliveryState.DELIVERED);
        assertThat(through.through())
            .isEqualTo(
                Instant.ofEpochMilli(
                    fact.at(read ? "/read/watermark" : "/delivery/watermark").asLong()));
      }
      case ControlChanged control ->
          assertThat(control.ours())
              .isEqualTo(fact.path("kind").asText().equals("pass_thread_control"));
      case AccountHealthChanged health ->
          assertThat(health.level())
              .isEqualTo(
                  fact.at("/policy-enforcement/action").asText().equals("block")
                      ? AccountHealthChanged.Level.BAD
                      : AccountHealthChanged.Level.GOOD);
      default -> throw new AssertionError("not expected: " + event);
    }
  }

  private static void checkMessage(MessageReceived message, JsonNode fact) {
    if (fact.path("mid").isTextual()) {
      assertThat(message.externalId().value()).isEqualTo(fact.path("mid").asText());
    }
    if (fact.at("/reply_to/mid").isTextual()) {
      assertThat(message.replyTo().orElseThrow().value())
          .isEqualTo(fact.at("/reply_to/mid").asText());
    }
    if (fact.path("kind").asText().equals("postback")) {
      JsonNode postback = fact.path("postback");
      String title = postback.path("title").asText("");
      assertThat(message.content())
          .isEqualTo(
              new Content.ButtonReply(
                  title.isEmpty() ? postback.path("payload").asText() : title,
                  Optional.of(postback.path("payload").asText())));
      if (postback.has("referral")) {
        checkOrigin(message.origin().orElseThrow(), postback.path("referral"));
      }
      return;
    }
    List<Content> parts =
        message.content() instanceof Content.Several several
            ? several.parts()
            : List.of(message.content());
    if (fact.has("quick_reply")) {
      assertThat(parts)
          .contains(
              new Content.ButtonReply(
                  fact.path("text").asText(), Optional.of(fact.path("quick_reply").asText())));
    } else if (fact.path("text").isTextual()) {
      assertThat(parts).contains(new Content.Text(fact.path("text").asText()));
    }
    Deque<Content> rest = new ArrayDeque<>(parts);
    rest.removeIf(
        part ->
            part instanceof Content.ButtonReply
                || (part instanceof Content.Text text && !text.body().equals("❤️")));
    if (fact.at("/reply_to/story").isObject()) {
      assertThat(rest.removeFirst())
          .isInstanceOfSatisfying(
              Content.Shared.class, shared -> assertThat(shared.type()).isEqualTo("story-reply"));
    }
    if (fact.path("unsupported").asBoolean()) {
      assertThat(rest.removeFirst()).isInstanceOf(Content.Unsupported.class);
    }
    for (JsonNode attachment : fact.path("attachments")) {
      checkAttachment(rest.removeFirst(), attachment);
    }
    assertThat(rest).isEmpty();
  }

  private static void checkOrigin(Origin origin, JsonNode referral) {
    String campaign =
        Stream.of("ref", "ad_id", "source")
            .map(name -> referral.path(name).asText(""))
            .filter(text -> !text.isEmpty() && !text.equals("null"))
            .findFirst()
            .orElse("");
    assertThat(origin.campaign().orElse("")).isEqualTo(campaign);
    assertThat(origin.url().orElse("")).isEqualTo(referral.path("referer_uri").asText(""));
  }

  private static void checkAttachment(Content content, JsonNode fact) {
    String type = fact.path("type").asText();
    switch (content) {
      case Content.Media media -> {
        assertThat(media.reference()).isEqualTo(fact.path("url").asText());
        assertThat(media.form() == Content.Media.Form.STICKER).isEqualTo(fact.has("sticker_id"));
        assertThat(media.caption().isPresent())
            .isEqualTo(fact.path("sticker_id").asText().equals("369239263222822"));
      }
      case Content.Location location -> {
        assertThat(location.latitude()).isEqualTo(fact.at("/coordinates/lat").asDouble());
        assertThat(location.longitude()).isEqualTo(fact.at("/coordinates/long").asDouble());
      }
      case Content.Shared shared -> {
        assertThat(shared.type()).isEqualTo(type.replace('_', '-'));
        if (fact.path("url").isTextual()) {
          assertThat(shared.link().map(Content.LinkOnly::url).or(shared::text))
              .contains(fact.path("url").asText());
        }
      }
      case Content.Text text -> assertThat(type).isEqualTo("like_heart");
      case Content.Unsupported unsupported -> assertThat(unsupported.type()).isEqualTo(type);
      default -> throw new AssertionError("not expected: " + content);
    }
  }
}
