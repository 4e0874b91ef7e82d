package dev.hilo.inbox.visitor;

import static dev.hilo.inbox.visitor.VisitorWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.hilo.channel.ContactAddress;
import dev.hilo.inbox.contact.Proof;
import dev.hilo.inbox.visitor.VisitorMail.Letter;
import dev.hilo.inbox.visitor.VisitorWorld.Visitor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TranscriptsTest {

  private static final ContactAddress ANA = ContactAddress.email("ana@example.com");

  private final VisitorWorld world = new VisitorWorld();

  @Test
  void shouldSendTheVisitorWhatThisVisitorWroteAndGot() throws Exception {
    // given
    Visitor ana = world.somebody();
    Visitor eva = world.somebody();
    world.writes(ana, "Hello from Ana", "ana@example.com");
    world.now = world.now.plusSeconds(60);
    world.answers(ana, "out-1", "Hello Ana");
    world.stored("note-1", ana, "NOTE", Map.of("kind", "text", "body", "a note"), "");
    world.stored("out-2", ana, "OUT", Map.of("kind", "text", "body", "refused"), "FAILED");
    world.writes(eva, "Hello from Eva", "eva@example.com");
    world.answers(eva, "out-3", "Hello Eva");
    // when
    world
        .http
        .perform(json("transcript", ana, "{'email':'Ana@Example.com'}"))
        .andExpect(status().isOk());
    // then
    assertThat(world.letters.sent).hasSize(1);
    Letter letter = world.letters.sent.getFirst();
    assertThat(letter.to()).isEqualTo(ANA);
    assertThat(letter.subject()).isEqualTo("Your conversation with Aurora");
    assertThat(letter.text())
        .contains("You: Hello from Ana", "Aurora: Hello Ana", "Times: America/Bogota", "7:00")
        .doesNotContain("Eva", "a note", "refused", "what agents are shown");
    assertThat(letter.toString()).doesNotContain("Hello", "ana@");
  }

  @Test
  void shouldHoldWhatWasSaidAMomentAgo() throws Exception {
    // given
    Visitor ana = world.somebody();
    world.writes(ana, "Hello", "ana@example.com");
    world.store.freezeSearches();
    world.answers(ana, "out-1", "Hello Ana");
    // when
    world
        .http
        .perform(json("transcript", ana, "{'email':'ana@example.com'}"))
        .andExpect(status().isOk());
    // then
    assertThat(world.letters.sent.getFirst().text())
        .containsOnlyOnce("You: Hello")
        .containsOnlyOnce("Aurora: Hello Ana");
  }

  @Test
  void shouldWriteToNobodyElse() throws Exception {
    // given
    Visitor ana = world.somebody();
    world.writes(ana, "Hello", "ana@example.com");
    world.answers(ana, "out-1", "Hello Ana");
    // when
    world
        .http
        .perform(json("transcript", ana, "{'email':'victim@example.com'}"))
        .andExpect(status().isForbidden())
        .andExpect(jsonPath("$.code").value("other-email"));
    world
        .http
        .perform(json("transcript", ana, "{'email':'ana@example.com, victim@example.com'}"))
        .andExpect(status().isBadRequest());
    // then
    assertThat(world.letters.sent).isEmpty();
  }

  @Test
  void shouldSendNothingBeforeSomebodyHasAnswered() throws Exception {
    // given
    Visitor ana = world.somebody();
    world.writes(ana, "Buy now at evil.example", "victim@example.com");
    // when
    world
        .http
        .perform(json("transcript", ana, "{'email':'victim@example.com'}"))
        .andExpect(status().isConflict())
        .andExpect(jsonPath("$.code").value("nothing-yet"));
    // then
    assertThat(world.letters.sent).isEmpty();
  }

  @Test
  void shouldTakeTheAddressOfWhoGaveNoneAsAClaim() throws Exception {
    // given
    Visitor ana = world.somebody();
    world.writes(ana, "Hello", "");
    world.answers(ana, "out-1", "Hello Ana");
    // when
    world
        .http
        .perform(json("transcript", ana, "{'email':'ana@example.com'}"))
        .andExpect(status().isOk());
    world
        .http
        .perform(json("transcript", ana, "{'email':'second@example.com'}"))
        .andExpect(status().isForbidden());
    // then
    assertThat(world.contacts.find(ana.address()).orElseThrow().proofOf(ANA))
        .contains(Proof.CLAIMED);
  }

  @Test
  void shouldSendAFewADayToAVisitorAndToAnAddress() throws Exception {
    // given
    Visitor ana = world.somebody();
    world.writes(ana, "Hello", "ana@example.com");
    world.answers(ana, "out-1", "Hello Ana");
    for (int i = 0; i < 3; i++) {
      world.now = world.now.plusSeconds(1);
      world
          .http
          .perform(json("transcript", ana, "{'email':'ana@example.com'}"))
          .andExpect(status().isOk());
    }
    // when: another visitor of the same address
    Visitor again = world.somebody();
    world.now = world.now.plusSeconds(1);
    world.writes(again, "Hello again", "ana@example.com");
    world.answers(again, "out-2", "Hello again, Ana");
    // then
    for (Visitor visitor : new Visitor[] {ana, again}) {
      world
          .http
          .perform(json("transcript", visitor, "{'email':'ana@example.com'}"))
          .andExpect(status().isTooManyRequests());
    }
    assertThat(world.letters.sent).hasSize(3);
    assertThat(world.letters.sent.stream().map(Letter::id)).doesNotHaveDuplicates();
  }

  @Test
  void shouldSaySoWhenThereIsNoMail() throws Exception {
    world.letters.works = false;
    world
        .http
        .perform(json("transcript", world.somebody(), "{'email':'ana@example.com'}"))
        .andExpect(status().isNotFound())
        .andExpect(jsonPath("$.code").value("no-mail"));
  }

  @Test
  void shouldRefuseWhoShowsNoToken() throws Exception {
    world
        .http
        .perform(
            json(
                "transcript",
                new Visitor("forged", ContactAddress.visitor("x")),
                "{'email':'ana@example.com'}"))
        .andExpect(status().isUnauthorized());
  }
}
