package dev.hilo.inbox.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.visitor.VisitorWorld.Visitor;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VisitorMessagesTest {

  private final VisitorWorld world = new VisitorWorld();
  private final VisitorMessages messages = new VisitorMessages(VisitorWorld.provided(world.files));

  @Test
  void shouldShowWhatWasSaidAndNotWhatAgentsAreShown() throws Exception {
    // given
    Visitor ana = world.somebody();
    world.files.keep(
        ana.address(),
        VisitorWorld.CHANNEL,
        VisitorWorld.SHOP,
        "spot.png",
        "image/png",
        world.channel.capabilities(),
        new ByteArrayInputStream(new byte[3]));
    world.stored(
        "in-1",
        ana,
        "IN",
        Map.of(
            "kind",
            "several",
            "parts",
            List.of(
                Map.of("kind", "form-reply", "title", "Before the chat", "answers", "{\"a\":1}"),
                Map.of("kind", "text", "body", "It came like this"),
                media("up-1"),
                media("up-2"))),
        "");
    // when
    VisitorMessage shown = messages.of(stored("in-1")).orElseThrow();
    // then
    assertThat(shown.text()).isEqualTo("It came like this");
    assertThat(shown.state()).isEqualTo("sent");
    List<VisitorMessage.File> files = Objects.requireNonNull(shown.files());
    assertThat(files).hasSize(2);
    assertThat(files.get(0).url()).hasToString("https://hilo.example/media/up-1?s=1");
    assertThat(files.get(1).url()).as("not this visitor's").isNull();
  }

  @Test
  void shouldShowQuestionsWithTheirAnswers() throws Exception {
    // given
    Visitor ana = world.somebody();
    world.stored(
        "out-1",
        ana,
        "OUT",
        Map.of(
            "kind",
            "choices",
            "body",
            "Size?",
            "choices",
            List.of(Map.of("payload", "m", "title", "M", "description", "in stock"))),
        "SENT");
    // when
    VisitorMessage shown = messages.of(stored("out-1")).orElseThrow();
    // then
    assertThat(shown.text()).isEqualTo("Size?");
    assertThat(shown.choices()).containsExactly(new VisitorMessage.Choice("m", "M", "in stock"));
  }

  @Test
  void shouldShowNeitherNotesNorWhatWasNotSent() throws Exception {
    Visitor ana = world.somebody();
    Map<String, Object> text = Map.of("kind", "text", "body", "x");
    world.stored("n", ana, "NOTE", text, "");
    world.stored("q", ana, "OUT", text, "QUEUED");
    world.stored("f", ana, "OUT", text, "FAILED");
    for (String id : List.of("n", "q", "f")) {
      assertThat(messages.of(stored(id))).as(id).isEmpty();
    }
  }

  private MessageRecord stored(String id) {
    return world.threads.message(id).orElseThrow();
  }

  private static Map<String, Object> media(String id) {
    return Map.of(
        "kind", "media", "form", "IMAGE", "reference", id, "mimeType", "image/png", "fileName", id);
  }
}
