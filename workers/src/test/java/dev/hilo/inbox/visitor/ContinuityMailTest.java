package dev.hilo.inbox.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ContactAddress;
import dev.hilo.inbox.visitor.VisitorMail.Letter;
import dev.hilo.inbox.visitor.VisitorWorld.Visitor;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContinuityMailTest {

  private final VisitorWorld world = new VisitorWorld();
  private Visitor ana;

  @BeforeEach
  void someoneWrote() throws Exception {
    ana = world.somebody();
    world.writes(ana, "Hello", "ana@example.com");
  }

  @Test
  void shouldMailAnAnswerOnceWhenItDidNotReachTheBrowser() {
    // given
    world.answers(ana, "out-1", "Yes, we have it.");
    // when
    world.now = world.now.plusSeconds(599);
    world.continuity.look();
    // then
    assertThat(world.letters.sent).isEmpty();
    // when
    world.now = world.now.plusSeconds(1);
    world.continuity.look();
    world.continuity.look();
    // then
    assertThat(world.letters.sent).hasSize(1);
    Letter letter = world.letters.sent.getFirst();
    assertThat(letter.to()).isEqualTo(ContactAddress.email("ana@example.com"));
    assertThat(letter.subject()).isEqualTo("Answer from Aurora");
    assertThat(letter.text())
        .contains("Yes, we have it.")
        .endsWith("Go on in the chat: https://shop.example/shoes?a=1#hilo-chat");
  }

  @Test
  void shouldPutAnswersOfTheSameTimeIntoOneLetter() {
    // given
    world.answers(ana, "out-1", "Yes.");
    world.now = world.now.plusSeconds(5);
    world.answers(ana, "out-2", "In crimson too.");
    // when
    world.now = world.now.plusSeconds(600);
    world.continuity.look();
    // then
    assertThat(world.letters.sent)
        .singleElement()
        .satisfies(letter -> assertThat(letter.text()).contains("Yes.\n\nIn crimson too."));
    // when: another one later
    world.answers(ana, "out-3", "And in blue.");
    world.now = world.now.plusSeconds(600);
    world.continuity.look();
    // then
    assertThat(world.letters.sent).hasSize(2);
    assertThat(world.letters.sent.getLast().text()).contains("blue").doesNotContain("crimson");
  }

  @Test
  void shouldSendTheSameLetterAgainWhenItWasNotTaken() {
    // given
    world.answers(ana, "out-1", "Yes.");
    world.letters.failures = 1;
    world.now = world.now.plusSeconds(600);
    world.continuity.look();
    assertThat(world.letters.sent).isEmpty();
    // when: meanwhile there is one more
    world.answers(ana, "out-2", "In crimson too.");
    world.now = world.now.plusSeconds(600);
    world.continuity.look();
    // then
    assertThat(world.letters.sent)
        .extracting(Letter::id)
        .containsExactly("continuity-out-1", "continuity-out-2");
  }

  @Test
  void shouldNotMailWhatArrivedOrNobodyKnowsAnAddressFor() throws Exception {
    // given
    world.stored("out-1", ana, "OUT", Map.of("kind", "text", "body", "Seen"), "DELIVERED");
    world.stored("out-2", ana, "OUT", Map.of("kind", "text", "body", "Refused"), "FAILED");
    Visitor nobody = world.somebody();
    world.now = world.now.plusSeconds(1);
    world.writes(nobody, "Hi", "");
    world.answers(nobody, "out-3", "Hello stranger");
    // when
    world.now = world.now.plusSeconds(600);
    world.continuity.look();
    // then
    assertThat(world.letters.sent).isEmpty();
  }

  @Test
  void shouldNotMailWhatIsNoNewsAnyMore() {
    world.answers(ana, "out-1", "Yes.");
    world.now = world.now.plusSeconds(25 * 3600);
    world.continuity.look();
    assertThat(world.letters.sent).isEmpty();
  }
}
