package dev.hilo.whatsapp;

import static dev.hilo.whatsapp.Samples.ACCEPTED;
import static dev.hilo.whatsapp.Samples.ANA;
import static dev.hilo.whatsapp.Samples.answer;
import static dev.hilo.whatsapp.Samples.graphError;
import static dev.hilo.whatsapp.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.AttentiveChannel;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundContent.Choices;
import dev.hilo.channel.OutboundContent.Choices.Choice;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.contract.ScriptedHttp;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers to tap, reactions, read marks, and that somebody is writing. */
class InteractiveTest {

  private static Choice choice(String payload, String title) {
    return new Choice(payload, title, Optional.empty());
  }

  private static List<Choice> many(int count) {
    return IntStream.range(0, count).mapToObj(i -> choice("id-" + i, "Opción " + i)).toList();
  }

  private static Choices ask(String body, Choice... choices) {
    return new Choices(body, List.of(choices), Optional.empty());
  }

  private static String sent(OutboundContent content) {
    ScriptedHttp http = ScriptedHttp.answering(ACCEPTED);
    assertThat(Samples.channel(http).send(Samples.outbound(ANA, content)))
        .isInstanceOf(SendResult.Accepted.class);
    return json(http.calls().getFirst().body()).path("interactive").toString();
  }

  @Test
  void shouldSendFewShortAnswersAsButtons() {
    assertThat(json(sent(ask("¿Seguimos?", choice("yes", "Sí"), choice("no", "No")))))
        .isEqualTo(
            json(
                """
                {"type":"button","body":{"text":"¿Seguimos?"},"action":{"buttons":[
                  {"type":"reply","reply":{"id":"yes","title":"Sí"}},
                  {"type":"reply","reply":{"id":"no","title":"No"}}]}}"""));
  }

  @Test
  void shouldSendManyOrExplainedAnswersAsAList() {
    Choice explained = new Choice("r", "Recibo", Optional.of("por correo"));
    assertThat(json(sent(new Choices("¿Qué buscas?", List.of(explained), Optional.of("Elige")))))
        .isEqualTo(
            json(
                """
                {"type":"list","body":{"text":"¿Qué buscas?"},"action":{"button":"Elige",
                 "sections":[{"rows":[
                   {"id":"r","title":"Recibo","description":"por correo"}]}]}}"""));
    // The account's language is Spanish.
    assertThat(sent(new Choices("?", many(4), Optional.empty())))
        .contains("\"type\":\"list\"")
        .contains("\"button\":\"Ver opciones\"");
    assertThat(sent(new Choices("?", many(10), Optional.empty()))).contains("Opción 9");
  }

  @Test
  void shouldSendAListWhenButtonsWouldBeTooSmall() {
    assertThat(sent(ask("?", choice("a", "t".repeat(21))))).contains("\"type\":\"list\"");
    assertThat(sent(ask("q".repeat(1025), choice("a", "t")))).contains("\"type\":\"list\"");
    assertThat(sent(ask("q".repeat(1024), choice("a", "t".repeat(20)))))
        .contains("\"type\":\"button\"");
  }

  @Test
  void shouldRefuseAnswersOverTheLimitsWithoutACall() {
    for (Choices over :
        List.of(
            ask("?"),
            new Choices("?", many(11), Optional.empty()),
            ask("", choice("a", "t")),
            ask("q".repeat(4097), choice("a", "t")),
            ask("?", choice("a", "t".repeat(25))),
            ask("?", choice("a", " ")),
            ask("?", choice("", "t")),
            ask("?", choice("p".repeat(257), "t")),
            ask("?", choice("p".repeat(201), "t".repeat(21))),
            ask("?", choice("a", "t"), choice("a", "u")),
            ask("?", choice("a", "t"), choice("b", "t")),
            ask("?", new Choice("a", "t", Optional.of("d".repeat(73)))),
            new Choices("?", many(4), Optional.of("m".repeat(21))))) {
      assertThat(Samples.channel(ScriptedHttp.silent()).send(Samples.outbound(ANA, over)))
          .as("%s", over)
          .isInstanceOfSatisfying(
              SendResult.Rejected.class,
              rejected ->
                  assertThat(rejected.failure().error()).isEqualTo(DeliveryError.CONTENT_REJECTED));
    }
  }

  @Test
  void shouldPutAReactionAndTakeItOff() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(ACCEPTED, ACCEPTED);
    ExternalId theirs = new ExternalId("wamid.THEIRS");
    for (Optional<String> emoji : List.of(Optional.of("👍🏽"), Optional.<String>empty())) {
      OutboundMessage plain = Samples.outbound(ANA, new OutboundContent.Reaction(theirs, emoji));
      // when
      var unused =
          Samples.channel(http)
              .send(
                  new OutboundMessage(
                      plain.id(),
                      plain.account(),
                      plain.to(),
                      plain.content(),
                      Optional.of(theirs)));
    }
    // then
    assertThat(json(http.calls().getFirst().body()))
        .isEqualTo(
            json(
                """
                {"messaging_product":"whatsapp","recipient_type":"individual",
                 "to":"+573001112233","type":"reaction",
                 "reaction":{"message_id":"wamid.THEIRS","emoji":"👍🏽"},
                 "biz_opaque_callback_data":"out-2251799813690001"}"""));
    assertThat(json(http.calls().getLast().body()).path("reaction"))
        .isEqualTo(json("{\"message_id\":\"wamid.THEIRS\",\"emoji\":\"\"}"));
  }

  @Test
  void shouldMarkAsRead() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(answer(200, "{\"success\":true}"));
    AttentiveChannel channel = (AttentiveChannel) Samples.channel(http);
    // when
    boolean marked = channel.markRead(Samples.ACCOUNT, ANA, new ExternalId("wamid.THEIRS"));
    // then
    assertThat(marked).isTrue();
    assertThat(http.calls().getFirst().uri().getPath()).isEqualTo("/v25.0/1000000001/messages");
    assertThat(json(http.calls().getFirst().body()))
        .isEqualTo(
            json(
                """
                {"messaging_product":"whatsapp","status":"read",
                 "message_id":"wamid.THEIRS"}"""));
  }

  @Test
  void shouldShowThatSomebodyIsWritingWhenThereIsAMessageToAnswer() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(answer(200, "{\"success\":true}"));
    AttentiveChannel channel = (AttentiveChannel) Samples.channel(http);
    // when
    boolean shown =
        channel.showTyping(Samples.ACCOUNT, ANA, Optional.of(new ExternalId("wamid.THEIRS")));
    // then
    assertThat(shown).isTrue();
    assertThat(json(http.calls().getFirst().body()).path("typing_indicator"))
        .isEqualTo(json("{\"type\":\"text\"}"));
    assertThat(channel.showTyping(Samples.ACCOUNT, ANA, Optional.empty())).isFalse();
  }

  @Test
  void shouldSayThatAMarkWasNotTaken() {
    ExternalId theirs = new ExternalId("wamid.THEIRS");
    for (Outcome no :
        List.of(
            graphError(400, 131009, "not a message to this number"),
            answer(200, "{}"),
            new Outcome.NotSent("connection refused"))) {
      AttentiveChannel channel = (AttentiveChannel) Samples.channel(ScriptedHttp.answering(no));
      assertThat(channel.markRead(Samples.ACCOUNT, ANA, theirs)).as("%s", no).isFalse();
    }
    AttentiveChannel silent = (AttentiveChannel) Samples.channel(ScriptedHttp.silent());
    assertThat(silent.markRead(new AccountId("4040"), ANA, theirs)).isFalse();
    assertThat(silent.markRead(Samples.ACCOUNT, ANA, new ExternalId("unnamed-1"))).isFalse();
  }
}
