package dev.hilo.simulators.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionsTest {

  private World world;

  @BeforeEach
  void startWorld() throws Exception {
    world = World.start();
    world.anaWrote();
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldAnswerWithContextWhenButtonIsTapped() throws Exception {
    // given
    String wamid = wamid(send(buttons("a", "Sí", "b", "No")));

    // when
    tap(wamid, "b");

    // then
    JsonNode reply = inbound();
    assertThat(reply.path("type").asText()).isEqualTo("interactive");
    assertThat(reply.at("/interactive/type").asText()).isEqualTo("button_reply");
    assertThat(reply.at("/interactive/button_reply/id").asText()).isEqualTo("b");
    assertThat(reply.at("/interactive/button_reply/title").asText()).isEqualTo("No");
    assertThat(reply.at("/context/id").asText()).isEqualTo(wamid);
    assertThat(reply.at("/context/from").asText()).isEqualTo("576015550100");
  }

  @Test
  void shouldAnswerWithDescriptionWhenRowIsTapped() throws Exception {
    // given
    String wamid = wamid(send(list("Ver", row("r1", "Bogotá", "Mañana"))));

    // when
    tap(wamid, "r1");

    // then
    assertThat(inbound().at("/interactive/list_reply").toString())
        .isEqualTo("{\"id\":\"r1\",\"title\":\"Bogotá\",\"description\":\"Mañana\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "21, 1,   2, 131009",
    "20, 257, 2, 131009",
    "20, 256, 4, 131009",
    "20, 256, 0, 131009",
    "0,  1,   2, 131009",
    "19, 255, 3, 0",
  })
  void shouldCheckButtons(int title, int id, int count, int code) throws Exception {
    // given
    String all =
        IntStream.range(0, count)
            .mapToObj(
                i -> button("i".repeat(id - 1) + i, title == 0 ? "" : "t".repeat(title - 1) + i))
            .collect(Collectors.joining(","));

    // when
    World.Answer answer = send(question("button", "¿Sí?", "{\"buttons\":[" + all + "]}"));

    // then
    assertThat(answer.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"a, Sí, a, No", "a, Sí, b, Sí"})
  void shouldRefuseButtonsWhenTwoAreTheSame(String id, String title, String id2, String title2)
      throws Exception {
    // when
    World.Answer answer = send(buttons(id, title, id2, title2));

    // then
    assertThat(answer.code()).isEqualTo(131009);
  }

  @ParameterizedTest
  @CsvSource({
    "24, 72, 200, 20, 10, 0",
    "25, 72, 200, 20, 10, 131009",
    "24, 73, 200, 20, 10, 131009",
    "24, 72, 201, 20, 10, 131009",
    "24, 72, 200, 21, 10, 131009",
    "24, 72, 200, 20, 11, 131009",
  })
  void shouldCheckLists(int title, int description, int id, int label, int count, int code)
      throws Exception {
    // given
    String rows =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    row(
                        "i".repeat(id - 1) + (char) ('a' + i),
                        "t".repeat(title),
                        "d".repeat(description)))
            .collect(Collectors.joining(","));

    // when
    World.Answer answer = send(list("b".repeat(label), rows));

    // then
    assertThat(answer.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                                       | 131008
          {"type":"poll"}                                                          | 100
          {"type":"flow"}                                                          | 131051
          {"type":"list","body":{"text":"a"},"action":{"button":"b","sections":[]}} | 131009
          {"type":"button","action":{"buttons":[]}}                                | 131008
          {"type":"button","body":{"text":"a"}}                                    | 131008
          {"type":"button","body":{"text":"a"},"action":{"button":"b"}}            | 100
          """)
  void shouldRefuseQuestionWhenItIsNoQuestion(String question, int code) throws Exception {
    // when
    World.Answer answer = send(question);

    // then
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void shouldRefuseQuestionWhenBodyIsTooLong() throws Exception {
    // when
    String actions = "{\"buttons\":[" + button("a", "Sí") + "]}";
    int code = send(question("button", "a".repeat(1025), actions)).code();

    // then
    assertThat(code).isEqualTo(131009);
  }

  @Test
  void shouldShowReactionOfBusinessAndTellOnlySent() throws Exception {
    // given
    world.post(
        "/control/inbound",
        "{\"from\":\"" + World.ANA + "\",\"text\":\"Ya\",\"wamid\":\"wamid.r\"}");
    world.hilo.take(1);

    // when
    World.Answer answer = react("wamid.r", "👍");

    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(status().path("status").asText()).isEqualTo("sent");
    assertThat(Ticks.chat(world, World.ANA).toString()).contains("\"businessReaction\":\"👍\"");
  }

  @Test
  void shouldFailReactionLaterWhenMessageIsUnknown() throws Exception {
    // when
    react("wamid.nothing", "👍");

    // then
    assertThat(status().at("/errors/0/code").asInt()).isEqualTo(131009);
  }

  @Test
  void shouldRefuseReactionWhenItIsNoEmoji() throws Exception {
    // when
    World.Answer answer = react("wamid.r", "ok");

    // then
    assertThat(answer.code()).isEqualTo(131009);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          location | {"latitude":"4.6","longitude":"-74.05","name":"Tienda"} | 0
          location | {"latitude":"91","longitude":"0"}                       | 131009
          location | {"latitude":"1"}                                        | 131008
          contacts | [{"name":{"formatted_name":"Ana R","first_name":"Ana"}}] | 0
          contacts | [{"name":{"formatted_name":"Ana R"}}]                   | 131008
          contacts | []                                                      | 131008
          """)
  void shouldCheckPlacesAndCards(String type, String object, int code) throws Exception {
    // when
    World.Answer answer =
        world.send(
            "{\"messaging_product\":\"whatsapp\",\"to\":\"+573005550101\",\"type\":\"%s\",\"%s\":%s}"
                .formatted(type, type, object));

    // then
    assertThat(answer.code()).isEqualTo(code);
  }

  private World.Answer react(String wamid, String emoji) throws Exception {
    return world.send(
        """
        {"messaging_product":"whatsapp","to":"+573005550101","type":"reaction",
         "reaction":{"message_id":"%s","emoji":"%s"}}
        """
            .formatted(wamid, emoji));
  }

  private World.Answer send(String interactive) throws Exception {
    return world.send(
        """
        {"messaging_product":"whatsapp","to":"+573005550101","type":"interactive",
         "interactive":%s}
        """
            .formatted(interactive));
  }

  private static String question(String type, String body, String action) {
    return "{\"type\":\"%s\",\"body\":{\"text\":\"%s\"},\"action\":%s}"
        .formatted(type, body, action);
  }

  private static String buttons(String id, String title, String id2, String title2) {
    return question(
        "button", "¿Sí?", "{\"buttons\":[" + button(id, title) + "," + button(id2, title2) + "]}");
  }

  private static String button(String id, String title) {
    return "{\"type\":\"reply\",\"reply\":{\"id\":\"%s\",\"title\":\"%s\"}}".formatted(id, title);
  }

  private static String list(String label, String rows) {
    return question(
        "list",
        "¿Cuál?",
        "{\"button\":\"%s\",\"sections\":[{\"rows\":[%s]}]}".formatted(label, rows));
  }

  private static String row(String id, String title, String description) {
    return "{\"id\":\"%s\",\"title\":\"%s\",\"description\":\"%s\"}"
        .formatted(id, title, description);
  }

  private void tap(String wamid, String id) throws Exception {
    // On its way: sent and delivered come first.
    world.hilo.take(2);
    world.post(
        "/control/actions",
        "{\"from\":\"%s\",\"action\":\"tap\",\"wamid\":\"%s\",\"id\":\"%s\"}"
            .formatted(World.ANA, wamid, id));
  }

  private static String wamid(World.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().at("/messages/0/id").asText();
  }

  private JsonNode inbound() throws Exception {
    return world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value/messages/0");
  }

  private JsonNode status() throws Exception {
    return world.hilo.take(1).getFirst().json().at("/entry/0/changes/0/value/statuses/0");
  }
}
