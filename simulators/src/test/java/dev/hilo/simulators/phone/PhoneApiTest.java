package dev.hilo.simulators.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import dev.hilo.simulators.whatsapp.Ticks;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PhoneApiTest {

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
  void shouldWriteAsTheCustomer() throws Exception {
    // given
    world.post("/phone/api/customers", "{\"number\":\"+57 300 555-0101\",\"name\":\"Ana\"}");

    // when
    world.post("/phone/api/customers/%2B573005550101/messages", "{\"text\":\" Hola \"}");

    // then
    JsonNode value = world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value");
    assertThat(value.at("/messages/0/text/body").asText()).isEqualTo("Hola");
    assertThat(value.at("/contacts/0/profile/name").asText()).isEqualTo("Ana");
  }

  @Test
  void shouldKeepNameWhenCustomerComesBackByNumber() throws Exception {
    // given
    world.post("/phone/api/customers", "{\"number\":\"+573005550101\",\"name\":\"Ana\"}");

    // when
    JsonNode again = world.post("/phone/api/customers", "{\"number\":\"+573005550101\"}").body();

    // then
    assertThat(again.path("name").asText()).isEqualTo("Ana");
    assertThat(world.get("/phone/api/customers").body()).hasSize(1);
  }

  @Test
  void shouldShowReadTickAndTypingWhenBusinessReads() throws Exception {
    // given
    world.post(
        "/control/inbound",
        "{\"from\":\"" + World.ANA + "\",\"text\":\"Hola\",\"wamid\":\"wamid.mine\"}");

    // when
    world.send(
        """
        {"messaging_product":"whatsapp","status":"read","message_id":"wamid.mine",
         "typing_indicator":{"type":"text"}}
        """);

    // then
    JsonNode chat = Ticks.chat(world, World.ANA);
    assertThat(chat.path("typing").asBoolean()).isTrue();
    assertThat(chat.at("/messages/0").has("readAt")).isTrue();
  }

  @Test
  void shouldNotShowWhatHasNotArrived() throws Exception {
    // given
    world.anaWrote();
    world.put("/phone/api/customers/%2B573005550101/power", "{\"on\":false}");

    // when
    world.send(World.text("¿Sigues ahí?", "out-1"));

    // then
    assertThat(Ticks.chat(world, World.ANA).path("messages")).hasSize(1);
  }

  @Test
  void shouldRefuseToWriteWhenPhoneIsOff() throws Exception {
    // given
    world.anaWrote();
    world.put("/phone/api/customers/%2B573005550101/power", "{\"on\":false}");

    // when
    World.Answer answer =
        world.post("/phone/api/customers/%2B573005550101/messages", "{\"text\":\"Hola\"}");

    // then
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body().path("error").asText()).isEqualTo("the phone is off");
  }

  @Test
  void shouldRefuseNumberWithoutCountryCode() throws Exception {
    // when
    World.Answer answer = world.post("/phone/api/customers", "{\"number\":\"300 555 0101\"}");

    // then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("error").asText()).startsWith("number: expected a plus");
  }
}
