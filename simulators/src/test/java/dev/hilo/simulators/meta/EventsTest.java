package dev.hilo.simulators.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.FakeHilo.Webhook;
import dev.hilo.simulators.World;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {

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
  @CsvSource({"messenger, page", "instagram, instagram"})
  void shouldLookLikeMetaWhenCustomerWrites(String provider, String object) throws Exception {
    // given
    Channel channel = Channel.of(world, provider);

    // when
    channel.inbound(
        "\"text\":\"Año nuevo / 🎉\",\"mid\":\"m_a\",\"timestamp\":\"2026-11-20T15:00:00Z\"");

    // then
    Webhook webhook = world.hilo.take(1).getFirst();
    assertThat(webhook.text())
        .contains("A\\u00f1o nuevo \\/ \\ud83c\\udf89")
        .contains("{\"object\":\"" + object + "\",\"entry\":[{\"id\":\"" + channel.account());
    assertThat(webhook.signature())
        .isEqualTo(Signature.of(webhook.body(), "demo-app-secret"))
        .startsWith("sha256=");
    JsonNode entry = webhook.json().at("/entry/0");
    assertThat(entry.path("time").asLong()).isGreaterThan(1_700_000_000_000L);
    JsonNode event = entry.at("/messaging/0");
    assertThat(event.at("/sender/id").asText()).isEqualTo(channel.ana());
    assertThat(event.at("/recipient/id").asText()).isEqualTo(channel.account());
    assertThat(event.path("timestamp").asLong()).isEqualTo(1_795_186_800_000L);
    assertThat(event.at("/message/mid").asText()).isEqualTo("m_a");
    assertThat(event.at("/message/text").asText()).isEqualTo("Año nuevo / 🎉");
  }

  @Test
  void shouldEchoDeliverAndReadOnMessenger() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    var body = Channel.message(channel.ana(), "Con gusto");
    ((ObjectNode) body.path("message")).put("metadata", "out-1");

    // when
    String mid = channel.send(body).body().path("message_id").asText();
    JsonNode echo = channel.event("message");
    JsonNode delivery = channel.event("delivery");
    channel.control("users/" + channel.ana() + "/read", "");
    JsonNode read = channel.event("read");

    // then
    assertThat(echo.at("/sender/id").asText()).isEqualTo(channel.account());
    assertThat(echo.at("/recipient/id").asText()).isEqualTo(channel.ana());
    assertThat(echo.at("/message/is_echo").asBoolean()).isTrue();
    assertThat(echo.at("/message/mid").asText()).isEqualTo(mid);
    assertThat(echo.at("/message/metadata").asText()).isEqualTo("out-1");
    assertThat(echo.at("/message/app_id").asLong()).isEqualTo(600000000000001L);
    assertThat(echo.at("/message/text").asText()).isEqualTo("Con gusto");
    assertThat(delivery.at("/sender/id").asText()).isEqualTo(channel.ana());
    assertThat(delivery.at("/delivery/mids/0").asText()).isEqualTo(mid);
    assertThat(delivery.at("/delivery/watermark").asLong())
        .isGreaterThanOrEqualTo(echo.path("timestamp").asLong());
    assertThat(read.path("read")).hasSize(1);
    assertThat(read.at("/read/watermark").asLong())
        .isGreaterThanOrEqualTo(echo.path("timestamp").asLong());
  }

  @Test
  void shouldTellOnlySeenOnInstagram() throws Exception {
    // given
    Channel channel = Channel.instagram(world);

    // when
    String mid = channel.send("Con gusto").body().path("message_id").asText();
    JsonNode echo = channel.event();
    channel.received(1);
    channel.control("users/" + channel.ana() + "/read", "");
    JsonNode next = channel.event();

    // then
    assertThat(echo.at("/message/is_echo").asBoolean()).isTrue();
    assertThat(next.at("/read/mid").asText()).isEqualTo(mid);
    assertThat(next.path("read").has("watermark")).isFalse();
    assertThat(world.hilo.hasMore()).isFalse();
  }

  @Test
  void shouldDeliverTogetherWhenThePhoneComesOn() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.control("users", "{\"id\":\"" + channel.ana() + "\",\"on\":false}");
    String first = channel.send("Uno").body().path("message_id").asText();
    String second = channel.send("Dos").body().path("message_id").asText();
    channel.event("message");
    channel.event("message");

    // when
    channel.control("users", "{\"id\":\"" + channel.ana() + "\",\"on\":true}");

    // then
    assertThat(channel.event("delivery").at("/delivery/mids"))
        .extracting(JsonNode::asText)
        .containsExactly(first, second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"messenger", "instagram"})
  void shouldTellWhatCustomersDoToMessages(String provider) throws Exception {
    // given
    Channel channel = Channel.of(world, provider);
    String mid = channel.write("Quiero la azul");
    channel.event();

    // when
    channel.act("\"action\":\"edit\",\"mid\":\"" + mid + "\",\"text\":\"Quiero la verde\"");
    JsonNode edit = channel.event();
    channel.act("\"action\":\"react\",\"mid\":\"" + mid + "\"");
    JsonNode react = channel.event();
    channel.act("\"action\":\"unreact\",\"mid\":\"" + mid + "\"");
    JsonNode unreact = channel.event();
    channel.act("\"action\":\"unsend\",\"mid\":\"" + mid + "\"");
    JsonNode gone = channel.event();

    // then
    assertThat(edit.at("/message_edit/mid").asText()).isEqualTo(mid);
    assertThat(edit.at("/message_edit/text").asText()).isEqualTo("Quiero la verde");
    assertThat(edit.at("/message_edit/num_edit").asInt()).isEqualTo(1);
    assertThat(react.at("/reaction/action").asText()).isEqualTo("react");
    assertThat(react.at("/reaction/emoji").asText()).isEqualTo("❤");
    assertThat(react.at("/reaction/mid").asText()).isEqualTo(mid);
    assertThat(unreact.at("/reaction/action").asText()).isEqualTo("unreact");
    assertThat(unreact.path("reaction").has("emoji")).isFalse();
    assertThat(gone.at("/message/mid").asText()).isEqualTo(mid);
    assertThat(gone.at("/message/is_deleted").asBoolean()).isTrue();
    assertThat(gone.path("message").has("text")).isFalse();
  }

  @Test
  void shouldTellTapsAndReferrals() throws Exception {
    // given
    Channel channel = Channel.messenger(world);

    // when
    channel.inbound("\"text\":\"Azul\",\"quickReply\":\"BLUE\"");
    JsonNode quick = channel.event();
    channel.act("\"action\":\"postback\",\"title\":\"Empezar\",\"payload\":\"GO\",\"ref\":\"r1\"");
    JsonNode postback = channel.event();
    channel.act("\"action\":\"referral\",\"ref\":\"cartel\"");
    JsonNode link = channel.event();
    channel.act("\"action\":\"referral\",\"ref\":\"ad\",\"adId\":\"6045\"");
    JsonNode ad = channel.event();

    // then
    assertThat(quick.at("/message/quick_reply/payload").asText()).isEqualTo("BLUE");
    assertThat(postback.at("/postback/payload").asText()).isEqualTo("GO");
    assertThat(postback.at("/postback/mid").asText()).startsWith("m_");
    assertThat(postback.at("/postback/referral/ref").asText()).isEqualTo("r1");
    assertThat(link.at("/referral/source").asText()).isEqualTo("SHORTLINK");
    assertThat(ad.at("/referral/source").asText()).isEqualTo("ADS");
    assertThat(ad.at("/referral/ad_id").asText()).isEqualTo("6045");
  }

  @Test
  void shouldExpireAddressesOfFiles() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.inbound("\"attachments\":[{\"type\":\"image\"}]");
    String url = channel.event().at("/message/attachments/0/payload/url").asText();

    // when
    int now = channel.status(url);
    int forged = channel.status(url.replaceAll("oe=[0-9a-f]+", "oe=ffffffff"));
    channel.advance("PT169H");
    int later = channel.status(url);

    // then
    assertThat(List.of(now, forged, later)).containsExactly(200, 403, 403);
  }

  @Test
  void shouldLoseStoriesAfterADay() throws Exception {
    // given
    Channel channel = Channel.instagram(world);
    channel.inbound("\"text\":\"¡Qué lindo!\",\"storyReply\":true");
    JsonNode reply = channel.event();
    channel.inbound("\"storyMention\":true");
    JsonNode mention = channel.event().at("/message/attachments/0");
    String story = reply.at("/message/reply_to/story/url").asText();

    // when
    int now = channel.status(story);
    int mentionNow = channel.status(mention.at("/payload/url").asText());
    channel.advance("PT24H");
    int later = channel.status(story);
    int mentionLater = channel.status(mention.at("/payload/url").asText());

    // then
    assertThat(reply.at("/message/reply_to/story/id").asText()).isNotBlank();
    assertThat(story).contains("/cdn/ig_messaging_cdn?asset_id=");
    assertThat(mention.path("type").asText()).isEqualTo("story_mention");
    assertThat(List.of(now, mentionNow, later, mentionLater)).containsExactly(200, 200, 404, 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"share", "ig_reel", "like_heart", "sticker", "ephemeral", "unsupported_type"})
  void shouldSendAnyTypeOfAttachment(String type) throws Exception {
    // given
    Channel channel = Channel.instagram(world);

    // when
    channel.inbound(
        "\"attachments\":[{\"type\":\""
            + type
            + "\",\"payload\":{\"url\":\"https://cdn.example/x\",\"sticker_id\":7}}],"
            + "\"message\":{\"is_unsupported\":true}");

    // then
    JsonNode message = channel.event().path("message");
    assertThat(message.at("/attachments/0/type").asText()).isEqualTo(type);
    assertThat(message.path("sticker_id").asInt()).isEqualTo(7);
    assertThat(message.path("is_unsupported").asBoolean()).isTrue();
  }

  @Test
  void shouldSendEventsOfUnknownKinds() throws Exception {
    // given
    Channel channel = Channel.messenger(world);

    // when
    channel.control(
        "events", "{\"from\":\"" + channel.ana() + "\",\"event\":{\"wave\":{\"high\":true}}}");

    // then
    assertThat(channel.event().at("/wave/high").asBoolean()).isTrue();
  }

  @Test
  void shouldSendBytesAsGiven() throws Exception {
    // given
    Channel channel = Channel.messenger(world);

    // when
    channel.control("webhooks", "{\"raw\":\"{\\\"object\\\": \\\"page\\\" \"}");
    channel.control("webhooks", "{\"body\":{\"object\":\"page\"},\"signature\":\"bad\"}");
    List<Webhook> webhooks = world.hilo.take(2);

    // then
    assertThat(webhooks)
        .anySatisfy(
            one -> {
              assertThat(one.text()).isEqualTo("{\"object\": \"page\" ");
              assertThat(one.signature()).isEqualTo(Signature.of(one.body(), "demo-app-secret"));
            })
        .anySatisfy(one -> assertThat(one.signature()).endsWith("0000"));
  }

  @Test
  void shouldBatchDuplicateAndShuffle() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.settings(
        "{\"webhooks\":{\"batchSize\":3,\"gather\":3,\"shuffle\":true,\"copies\":2,\"seed\":5}}");

    // when
    channel.control(
        "inbound", "{\"from\":\"" + channel.ana() + "\",\"texts\":[\"1\",\"2\",\"3\"]}");

    // then
    List<Webhook> two = world.hilo.take(2);
    assertThat(two.getFirst().text()).isEqualTo(two.getLast().text());
    assertThat(two.getFirst().json().at("/entry/0/messaging"))
        .extracting(event -> event.at("/message/text").asText())
        .containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void shouldDeliverAgainWithTheSameBytes() throws Exception {
    // given
    Channel channel = Channel.instagram(world);
    world.hilo.answer(500, 503);

    // when
    channel.write("Hola");

    // then
    List<Webhook> all = world.hilo.take(3);
    assertThat(Stream.of(0, 1, 2).map(i -> all.get(i).text()).distinct()).hasSize(1);
    assertThat(all).extracting(Webhook::answered).containsExactly(500, 503, 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"messenger", "instagram"})
  void shouldUnsubscribeWhenWebhooksFailForAnHour(String provider) throws Exception {
    // given
    Channel channel = Channel.of(world, provider);
    channel.settings(
        "{\"scale\":36000,\"webhooks\":{\"firstRetry\":\"PT360S\",\"maxRetry\":\"PT360S\"}}");
    Integer[] failures = new Integer[60];
    Arrays.fill(failures, 500);
    world.hilo.answer(failures);

    // when
    channel.write("¿Hay alguien?");
    JsonNode lost =
        channel.controlled("webhooks?state=given_up&atLeast=1&within=PT30S").body().path(0);
    JsonNode apps = channel.get(channel.account() + "/subscribed_apps").body();
    channel.write("¿Hola?");
    int told = channel.controlled("webhooks").body().size();
    String fields = "{\"subscribed_fields\":[\"messages\"]}";
    World.Answer again = channel.post(channel.account() + "/subscribed_apps", fields);
    int attempts = lost.path("attempts").size();
    // then
    assertThat(attempts).isBetween(2, 59);
    assertThat(apps.path("data")).isEmpty();
    assertThat(told).isEqualTo(2);
    assertThat(again.body().path("success").asBoolean()).isTrue();
    assertThat(channel.get("me/subscribed_apps").body().at("/data/0/subscribed_fields/0").asText())
        .isEqualTo("messages");
  }

  @Test
  void shouldGiveUpAfterThirtySixHoursOnTheScaledClock() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.settings("{\"scale\":3600000,\"disableAfter\":\"PT100H\"}");
    Integer[] failures = new Integer[3000];
    Arrays.fill(failures, 500);
    world.hilo.answer(failures);

    // when
    channel.write("Hola");
    JsonNode lost = channel.controlled("webhooks?state=given_up&atLeast=1&within=PT30S").body();

    // then
    assertThat(lost).hasSize(1);
    assertThat(channel.get("me/subscribed_apps").body().path("data")).hasSize(1);
    assertThat(channel.controlled("settings").body().at("/webhooks/giveUpAfter").asText())
        .isEqualTo("PT36H");
  }

  @Test
  void shouldTellOnlyWhatTheAppSubscribedTo() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    channel.post("me/subscribed_apps?subscribed_fields=messages,message_reads", "");

    // when
    channel.send("Hola");
    channel.received(1);
    channel.control("users/" + channel.ana() + "/read", "");

    // then
    assertThat(channel.event().has("read")).isTrue();
    assertThat(world.hilo.hasMore()).isFalse();
  }

  @Test
  void shouldTellStandbyWhileTheInboxHasTheThread() throws Exception {
    // given
    Channel channel = Channel.messenger(world);
    String user = "{\"user\":\"" + channel.ana() + "\",\"owner\":";

    // when
    channel.control("thread", user + "\"inbox\"}");
    JsonNode taken = channel.event();
    channel.write("¿Siguen ahí?");
    JsonNode entry = world.hilo.take(1).getFirst().json().at("/entry/0");
    channel.act("\"action\":\"postback\",\"title\":\"Sí\",\"payload\":\"YES\"");
    JsonNode postback = world.hilo.take(1).getFirst().json().at("/entry/0/standby/0/postback");
    World.Answer refused = channel.send("Aquí estoy");
    String owner =
        channel
            .get("me/thread_owner?recipient=" + channel.ana())
            .body()
            .at("/data/0/thread_owner/app_id")
            .asText();
    channel.post("me/take_thread_control", "{\"recipient\":{\"id\":\"" + channel.ana() + "\"}}");
    World.Answer taken2 = channel.send("Aquí estoy");

    // then
    assertThat(taken.at("/take_thread_control/new_owner_app_id").asText())
        .isEqualTo("263902037430900");
    assertThat(entry.has("messaging")).isFalse();
    assertThat(entry.at("/standby/0/message/text").asText()).isEqualTo("¿Siguen ahí?");
    assertThat(postback.has("title")).isTrue();
    assertThat(postback.has("payload")).isFalse();
    assertThat(refused.body().at("/error/error_subcode").asInt()).isEqualTo(2018300);
    assertThat(owner).isEqualTo("263902037430900");
    assertThat(taken2.status()).isEqualTo(200);
  }

  @Test
  void shouldEchoWhatPeopleAnswerInTheInbox() throws Exception {
    // given
    Channel channel = Channel.messenger(world);

    // when
    channel.control("echo", "{\"to\":\"" + channel.ana() + "\",\"text\":\"Ya vamos\"}");

    // then
    JsonNode message = channel.event().path("message");
    assertThat(message.path("app_id").asLong()).isEqualTo(263902037430900L);
    assertThat(message.has("metadata")).isFalse();
    assertThat(channel.received(1).getFirst().at("/body/text").asText()).isEqualTo("Ya vamos");
  }

  @Test
  void shouldVerifyTheWebhook() throws Exception {
    // given
    Channel channel = Channel.messenger(world);

    // when
    JsonNode good = channel.control("verify", "").body();
    channel.account("{\"verifyToken\":\"other\"}");
    JsonNode bad = channel.control("verify", "").body();

    // then
    assertThat(good.path(channel.account()).asText()).isEqualTo("verified");
    assertThat(bad.path(channel.account()).asText()).startsWith("HTTP 403");
  }
}
