package dev.hilo.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.whatsapp.Ticks;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorsTest {

  @Test
  void shouldKeepChatsOverRestart(@TempDir Path folder) throws Exception {
    // given
    try (World before = World.start(Optional.of(folder))) {
      before.anaWrote();
      before.get("/control/webhooks?state=acknowledged&atLeast=1&within=PT30S");
    }

    // when
    try (World after = World.start(Optional.of(folder))) {
      World.Answer answer = after.send(World.text("Aquí seguimos", "out-1"));

      // then
      assertThat(answer.status()).isEqualTo(200);
      JsonNode received = after.get("/control/received?atLeast=1&within=PT30S").body();
      assertThat(received.at("/0/messages/0/text").asText()).isEqualTo("Aquí seguimos");
      assertThat(Ticks.chat(after, World.ANA).path("messages")).hasSize(2);
    }
  }

  @Test
  void shouldKeepMailOverRestart(@TempDir Path folder) throws Exception {
    // given
    String write = "{\"from\":\"ana@example.com\",\"name\":\"Ana\",\"text\":\"Hola\"}";
    String id;
    try (World before = World.start(Optional.of(folder))) {
      id = before.post("/control/mail/inbound", write).body().path("messageId").asText();
    }

    // when
    try (World after = World.start(Optional.of(folder))) {
      JsonNode shop = after.get("/control/mail/boxes/ayuda%40tienda-aurora.example").body();
      JsonNode sent = after.get("/control/mail/boxes/ana%40example.com?folder=Sent").body();

      // then
      assertThat(shop).hasSize(1);
      assertThat(shop.at("/0/messageId").asText()).isEqualTo(id);
      assertThat(sent).hasSize(1);
      assertThat(after.post("/control/mail/inbound", write).status()).isEqualTo(200);
      after.post("/control/reset", "");
    }
    try (World afterReset = World.start(Optional.of(folder))) {
      JsonNode shop = afterReset.get("/control/mail/boxes/ayuda%40tienda-aurora.example").body();
      assertThat(shop).isEmpty();
    }
  }

  @Test
  void shouldGoOnDeliveringAfterRestart(@TempDir Path folder) throws Exception {
    // given
    URI nobody;
    try (FakeHilo hilo = FakeHilo.start()) {
      nobody = hilo.address();
    }
    try (Simulators before = Simulators.start(World.settings(nobody, Optional.of(folder)))) {
      HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(before.address().resolve("/control/inbound"))
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"from\":\"+573005550101\",\"text\":\"Hola\"}"))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
    }

    // when
    try (FakeHilo hilo = FakeHilo.startAt(nobody);
        Simulators after = Simulators.start(World.settings(nobody, Optional.of(folder)))) {

      // then
      assertThat(hilo.take(1).getFirst().text()).contains("Hola");
      assertThat(after.address().getPort()).isPositive();
    }
  }

  @Test
  void shouldSayWhenPortIsTaken() throws Exception {
    // given
    try (World world = World.start()) {
      SimulatorSettings same =
          new SimulatorSettings(
              world.simulators.address().getPort(),
              world.hilo.address(),
              world.hilo.address(),
              world.hilo.address(),
              world.hilo.address(),
              Optional.empty());

      // when, then
      assertThatThrownBy(() -> Simulators.start(same))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("set HILO_SIMULATORS_PORT to a free port");
    }
  }

  @Test
  void shouldSayWhichMailPortIsTaken() throws Exception {
    // given
    try (World world = World.start()) {
      SimulatorSettings taken =
          SimulatorSettings.from(
              Map.of(
                  "HILO_SIMULATORS_PORT", "0",
                  "HILO_SIMULATORS_IMAP_PORT", Integer.toString(world.simulators.imapPort()),
                  "HILO_SIMULATORS_SMTP_PORT", "0"));

      // when, then
      assertThatThrownBy(() -> Simulators.start(taken))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("set HILO_SIMULATORS_IMAP_PORT to a free port");
    }
  }

  @Test
  void shouldHaveDefaults() {
    // when
    SimulatorSettings settings = SimulatorSettings.from(Map.of());

    // then
    assertThat(settings.address().isLoopbackAddress()).isTrue();
    assertThat(settings.port()).isEqualTo(8095);
    assertThat(settings.imapPort()).isEqualTo(3143);
    assertThat(settings.smtpPort()).isEqualTo(3025);
    assertThat(settings.hilo()).hasToString("http://127.0.0.1:8090");
    assertThat(settings.publicHilo()).hasToString("http://localhost:8090");
    assertThat(settings.tasklist()).hasToString("http://localhost:8080/tasklist");
    assertThat(settings.data()).isEmpty();
  }

  @Test
  void shouldListenWhereTold() {
    // when
    SimulatorSettings settings = SimulatorSettings.from(Map.of("HILO_ADDRESS", "0.0.0.0"));

    // then
    assertThat(settings.address().isAnyLocalAddress()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "HILO_ADDRESS,         ::x,       expected an address such as 127.0.0.1",
    "HILO_SIMULATORS_PORT, many,      expected a port from 0 to 65535",
    "HILO_SIMULATORS_PORT, 70000,     expected a port from 0 to 65535",
    "HILO_URL,             localhost, expected an address such as http://127.0.0.1:8090",
    "HILO_PUBLIC_URL,      ftp://x,   expected an address such as http://localhost:8090",
  })
  void shouldNameWrongSetting(String name, String value, String expected) {
    // when, then
    assertThatThrownBy(() -> SimulatorSettings.from(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(name + ": " + expected + ", got '" + value + "'");
  }
}
