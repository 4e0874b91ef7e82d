package dev.hilo.simulators.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerActsTest {

  private static final String PHONE = "/phone/api/customers/%2B573005550101";

  private World world;

  @BeforeEach
  void startWorld() throws Exception {
    world = World.start();
    world.post("/control/users", "{\"number\":\"" + World.ANA + "\",\"name\":\"Ana\"}");
    world.post(
        "/control/inbound",
        "{\"from\":\"" + World.ANA + "\",\"text\":\"Hola\",\"wamid\":\"wamid.a\"}");
    world.hilo.take(1);
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldTellEditAndShowIt() throws Exception {
    // when
    world.put(PHONE + "/messages/wamid.a", "{\"text\":\"Hola, buenas\"}");

    // then
    JsonNode edit = inbound();
    assertThat(edit.path("type").asText()).isEqualTo("edit");
    assertThat(edit.at("/edit/original_message_id").asText()).isEqualTo("wamid.a");
    assertThat(edit.at("/edit/message/text/body").asText()).isEqualTo("Hola, buenas");
    assertThat(shown().path("text").asText()).isEqualTo("Hola, buenas");
    assertThat(shown().path("marks").has("editedAt")).isTrue();
  }

  @Test
  void shouldTellCaptionWithFileWhenCaptionIsEdited() throws Exception {
    // given
    world.post("/control/files", "{\"from\":\"" + World.ANA + "\",\"caption\":\"Uno\"}");
    JsonNode image = inbound();

    // when
    act("\"action\":\"edit\",\"text\":\"Dos\",\"wamid\":\"" + image.path("id").asText() + "\"");

    // then
    JsonNode edited = inbound().at("/edit/message/image");
    assertThat(edited.path("caption").asText()).isEqualTo("Dos");
    assertThat(edited.path("sha256")).isEqualTo(image.at("/image/sha256"));
  }

  @Test
  void shouldTellRevokeAndHideTheText() throws Exception {
    // when
    world.delete(PHONE + "/messages/wamid.a");

    // then
    assertThat(inbound().at("/revoke/original_message_id").asText()).isEqualTo("wamid.a");
    assertThat(shown().path("text").asText()).isEmpty();
    assertThat(shown().path("marks").has("deletedAt")).isTrue();
  }

  @Test
  void shouldNotEditWhatTheBusinessWrote() throws Exception {
    // given
    String wamid = world.send(World.text("Hola", "o")).body().at("/messages/0/id").asText();

    // when
    World.Answer answer = act("\"action\":\"edit\",\"text\":\"x\",\"wamid\":\"" + wamid + "\"");

    // then
    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void shouldTellReactionAndItsEnd() throws Exception {
    // when: one after the other, two webhooks at once may overtake each other
    world.put(PHONE + "/messages/wamid.a/reaction", "{\"emoji\":\"❤️\"}");
    JsonNode set = inbound().at("/reaction");
    world.put(PHONE + "/messages/wamid.a/reaction", "{}");
    JsonNode ended = inbound().at("/reaction");

    // then
    assertThat(set.toString()).isEqualTo("{\"message_id\":\"wamid.a\",\"emoji\":\"❤️\"}");
    assertThat(ended.toString()).isEqualTo("{\"message_id\":\"wamid.a\"}");
  }

  @Test
  void shouldTellPlaceAndCard() throws Exception {
    // when
    world.post(PHONE + "/location", "{\"latitude\":4.6,\"longitude\":-74.05,\"name\":\"Tienda\"}");
    JsonNode place = inbound();
    world.post(PHONE + "/contact", "{\"name\":\"Luz Mar\",\"number\":\"+57 300 555 0199\"}");
    JsonNode card = inbound();

    // then
    assertThat(place.at("/location/latitude").isNumber()).isTrue();
    assertThat(place.at("/location/name").asText()).isEqualTo("Tienda");
    assertThat(card.at("/contacts/0/phones/0/wa_id").asText()).isEqualTo("573005550199");
  }

  @Test
  void shouldTellFileOfThePage() throws Exception {
    // when
    world.answer(
        HttpRequest.newBuilder(
                world.simulators.address().resolve(PHONE + "/files?name=a.webp&type=sticker"))
            .header("Content-Type", "image/webp")
            .POST(HttpRequest.BodyPublishers.ofString("RIFF"))
            .build());

    // then
    JsonNode sticker = inbound().path("sticker");
    assertThat(sticker.path("mime_type").asText()).isEqualTo("image/webp");
    assertThat(sticker.path("animated").isBoolean()).isTrue();
  }

  @Test
  void shouldQuoteMessage() throws Exception {
    // when
    world.post(PHONE + "/messages", "{\"text\":\"Eso\",\"replyTo\":\"wamid.a\"}");

    // then
    assertThat(inbound().at("/context").toString())
        .isEqualTo("{\"from\":\"573005550101\",\"id\":\"wamid.a\"}");
  }

  @Test
  void shouldReadAllBeforeWhenBusinessReadsTheLast() throws Exception {
    // given
    world.post(
        "/control/inbound",
        "{\"from\":\"" + World.ANA + "\",\"text\":\"Dos\",\"wamid\":\"wamid.b\"}");

    // when
    world.send(
        "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"wamid.b\"}");

    // then
    assertThat(shown().has("readAt")).isTrue();
  }

  private World.Answer act(String fields) throws Exception {
    return world.post("/control/actions", "{\"from\":\"" + World.ANA + "\"," + fields + "}");
  }

  private JsonNode shown() throws Exception {
    return Ticks.chat(world, World.ANA).at("/messages/0");
  }

  private JsonNode inbound() throws Exception {
    return world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value/messages/0");
  }
}
