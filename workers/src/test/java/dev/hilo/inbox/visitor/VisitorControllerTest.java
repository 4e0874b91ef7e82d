package dev.hilo.inbox.visitor;

import static dev.hilo.inbox.visitor.VisitorWorld.ORIGIN;
import static dev.hilo.inbox.visitor.VisitorWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.hilo.channel.ContactAddress;
import dev.hilo.inbox.visitor.VisitorWorld.Visitor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisitorControllerTest {

  private final VisitorWorld world = new VisitorWorld();

  @Test
  void shouldTellWhetherSomebodyIsOn() throws Exception {
    // given: Friday, 07:00 in Bogotá
    world
        .http
        .perform(session())
        .andExpect(jsonPath("$.availability.open").value(false))
        .andExpect(jsonPath("$.availability.mail").value(true))
        .andExpect(
            result ->
                assertThat(opensAt(result.getResponse().getContentAsString()))
                    .isEqualTo(Instant.parse("2026-11-20T13:00:00Z")));
    // when
    world.now = Instant.parse("2026-11-20T13:00:00Z");
    world.letters.works = false;
    // then
    world
        .http
        .perform(session())
        .andExpect(jsonPath("$.availability.open").value(true))
        .andExpect(jsonPath("$.availability.mail").value(false))
        .andExpect(jsonPath("$.availability.opensAt").doesNotExist());
  }

  @Test
  void shouldSayWhyAMessageIsRefused() throws Exception {
    Visitor ana = world.somebody();
    world
        .http
        .perform(
            json(
                "messages",
                ana,
                "{'kind':'message','clientId':'client-1','text':'" + "a".repeat(4001) + "'}"))
        .andExpect(status().isPayloadTooLarge())
        .andExpect(jsonPath("$.code").value("too-large"));
  }

  @Test
  void shouldTakeOnlyAnswersThatThisVisitorWasOffered() throws Exception {
    // given
    Visitor ana = world.somebody();
    Visitor eva = world.somebody();
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
            List.of(Map.of("payload", "m", "title", "M"), Map.of("payload", "l", "title", "L"))),
        "SENT");
    for (String[] odd :
        new String[][] {{"out-1", "x", "M"}, {"out-1", "m", "L"}, {"out-9", "m", "M"}}) {
      world
          .http
          .perform(json("messages", ana, choice(odd[0], odd[1], odd[2])))
          .andExpect(status().isGone())
          .andExpect(jsonPath("$.code").value("choice-gone"));
    }
    world
        .http
        .perform(json("messages", eva, choice("out-1", "m", "M")))
        .andExpect(status().isGone());
    verify(world.intake, never()).receive(any(), any());
    // when
    world
        .http
        .perform(json("messages", ana, choice("out-1", "m", "M")))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.messages[0].clientId").value("choice-out-1"));
  }

  @Test
  void shouldNoteTheVisitorsOwnAddressesOnly() throws Exception {
    // given
    Visitor ana = world.somebody();
    // when
    world.writes(ana, "Hello", " Ana@Example.com ");
    // then
    VisitorRecord record = world.visitors.find(ana.address()).orElseThrow();
    assertThat(record.email()).contains(ContactAddress.email("ana@example.com"));
    assertThat(record.language()).contains("en");
    assertThat(record.page()).contains(ORIGIN + "/shoes?a=1#top");
    assertThat(world.visitors.find(world.somebody().address())).isEmpty();
  }

  private Instant opensAt(String body) throws Exception {
    return world.json.treeToValue(
        world.json.readTree(body).path("availability").path("opensAt"), Instant.class);
  }

  private static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder
      session() {
    return post("/visitors/" + VisitorWorld.CHANNEL + "/shop/session")
        .header("Origin", ORIGIN)
        .contentType("application/json")
        .content("{}");
  }

  private static String choice(String to, String payload, String title) {
    return "{'kind':'choice','clientId':'choice-out-1','to':'"
        + to
        + "','payload':'"
        + payload
        + "','title':'"
        + title
        + "'}";
  }
}
