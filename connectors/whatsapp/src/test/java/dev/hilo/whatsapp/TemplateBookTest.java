package dev.hilo.whatsapp;

import static dev.hilo.whatsapp.Samples.ACCEPTED;
import static dev.hilo.whatsapp.Samples.ANA;
import static dev.hilo.whatsapp.Samples.answer;
import static dev.hilo.whatsapp.Samples.graphError;
import static dev.hilo.whatsapp.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.Channel;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.TemplateChannel;
import dev.hilo.channel.TemplateChannel.Registry;
import dev.hilo.channel.TemplateChannel.State;
import dev.hilo.channel.TemplateChannel.Template;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates as the provider has them, and sent as it wants them. */
class TemplateBookTest {

  private static final Answered BOOK =
      answer(
          200,
          """
          {"data":[
            {"name":"order_sent","language":"es_CO","status":"APPROVED","category":"UTILITY",
             "parameter_format":"NAMED","components":[
               {"type":"HEADER","format":"DOCUMENT"},
               {"type":"BODY","text":"Hola {{nombre}}, tu pedido {{pedido}} va en camino."},
               {"type":"FOOTER","text":"Tienda Aurora"},
               {"type":"BUTTONS","buttons":[
                 {"type":"QUICK_REPLY","text":"Gracias"},
                 {"type":"URL","text":"Seguir","url":"https://aurora.example/{{1}}"},
                 {"type":"URL","text":"Tienda","url":"https://aurora.example"},
                 {"type":"COPY_CODE","text":"Copiar"}]}]},
            {"name":"titled","language":"es","status":"APPROVED","category":"MARKETING",
             "components":[{"type":"HEADER","format":"TEXT","text":"Hola {{1}}"},
               {"type":"BODY","text":"Adiós"}]},
            {"name":"code","language":"es","status":"APPROVED","category":"AUTHENTICATION",
             "components":[{"type":"BODY","text":"*{{1}}* es tu código."},
               {"type":"BUTTONS","buttons":[{"type":"OTP","text":"Copiar"}]}]},
            {"name":"broken"}]}""");

  private static final OutboundContent.File PDF =
      new OutboundContent.File("f-1", Form.DOCUMENT, "guía.pdf", "application/pdf", 3);

  private static Registry read(ScriptedHttp http) {
    return ((TemplateChannel) Samples.channel(http)).readTemplates(Samples.ACCOUNT);
  }

  @Test
  void shouldReadEveryTemplateOfTheBusinessAccount() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(BOOK);
    // when
    Registry registry = read(http);
    // then
    assertThat(http.calls().getFirst().uri())
        .hasToString(
            "http://localhost:8095/v25.0/102290129340398/message_templates"
                + "?fields=name%2Clanguage%2Cstatus%2Ccategory%2Ccomponents%2Cparameter_format"
                + "&limit=100");
    List<Template> templates = ((Registry.Read) registry).templates();
    assertThat(templates).hasSize(3);
    assertThat(templates.getFirst())
        .isEqualTo(
            new Template(
                "order_sent",
                "es_CO",
                "utility",
                State.APPROVED,
                "Hola {{nombre}}, tu pedido {{pedido}} va en camino.",
                Optional.empty(),
                Optional.of(Form.DOCUMENT),
                Optional.of("Tienda Aurora"),
                List.of("Gracias", "Seguir", "Tienda", "Copiar")));
    assertThat(templates.get(1).header()).contains("Hola {{1}}");
  }

  @Test
  void shouldReadEveryPage() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(
            answer(
                200,
                """
                {"data":[{"name":"a","language":"es","status":"APPROVED"}],
                 "paging":{"cursors":{"before":"b","after":"MQ=="},
                   "next":"https://evil.example.org/next"}}"""),
            answer(
                200,
                """
                {"data":[{"name":"b","language":"es","status":"APPROVED"}],
                 "paging":{"cursors":{"before":"b","after":"Mg=="}}}"""));
    // when
    Registry registry = read(http);
    // then
    assertThat(((Registry.Read) registry).templates().stream().map(Template::name))
        .containsExactly("a", "b");
    assertThat(http.calls().getLast().uri().toString())
        .startsWith(
            "http://localhost:8095/v25.0/102290129340398/message_templates?after=MQ%3D%3D&");
  }

  @ParameterizedTest
  @CsvSource({
    "APPROVED, APPROVED",
    "PENDING, PENDING",
    "IN_APPEAL, PENDING",
    "REJECTED, REJECTED",
    "PAUSED, PAUSED",
    "LIMIT_EXCEEDED, PAUSED",
    "FLAGGED, PAUSED",
    "DISABLED, DISABLED",
    "PENDING_DELETION, DISABLED",
    "DELETED, DISABLED",
    "ARCHIVED, DISABLED",
    "SOMETHING_NEW, DISABLED"
  })
  void shouldMapEveryState(String status, State expected) {
    Answered book =
        answer(
            200, "{\"data\":[{\"name\":\"a\",\"language\":\"es\",\"status\":\"" + status + "\"}]}");
    assertThat(((Registry.Read) read(ScriptedHttp.answering(book))).templates().getFirst().state())
        .isEqualTo(expected);
  }

  @Test
  void shouldSayWhenTheProviderDoesNotTell() {
    for (Answered no :
        List.of(
            graphError(403, 200, "Permissions error of demo-access-token"),
            answer(200, "{}"),
            answer(502, "<html>"))) {
      assertThat(read(ScriptedHttp.answering(no)))
          .isInstanceOfSatisfying(
              Registry.Unavailable.class,
              unavailable ->
                  assertThat(unavailable.detail())
                      .isNotBlank()
                      .doesNotContain(Samples.ACCESS_TOKEN));
    }
    assertThat(
            ((TemplateChannel) Samples.channel(ScriptedHttp.silent()))
                .readTemplates(new AccountId("4040404040")))
        .isInstanceOf(Registry.Unavailable.class);
  }

  @Test
  void shouldSendFileNamesAndButtonsAsTheTemplateHasThem() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(BOOK, answer(200, "{\"id\":\"m-1\"}"), ACCEPTED, ACCEPTED);
    WhatsAppChannel channel = Samples.channel(http, new OneFile());
    OutboundContent.Template template =
        new OutboundContent.Template(
            "order_sent",
            "es_CO",
            List.of("Ana", "A-17"),
            Optional.of(PDF),
            List.of("track/17", "AURORA10"),
            "...");
    // when
    SendResult result = channel.send(Samples.outbound(ANA, template));
    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    JsonNode sent = json(http.calls().getLast().body()).path("template");
    assertThat(sent)
        .isEqualTo(
            json(
                """
                {"name":"order_sent","language":{"code":"es_CO"},"components":[
                  {"type":"header","parameters":[
                    {"type":"document","document":{"id":"m-1","filename":"guía.pdf"}}]},
                  {"type":"body","parameters":[
                    {"type":"text","parameter_name":"nombre","text":"Ana"},
                    {"type":"text","parameter_name":"pedido","text":"A-17"}]},
                  {"type":"button","sub_type":"url","index":"1","parameters":[
                    {"type":"text","text":"track/17"}]},
                  {"type":"button","sub_type":"copy_code","index":"3","parameters":[
                    {"type":"coupon_code","coupon_code":"AURORA10"}]}]}"""));
    // Neither the book nor the file is fetched a second time.
    assertThat(channel.send(Samples.outbound(ANA, template)))
        .isInstanceOf(SendResult.Accepted.class);
  }

  /** Every file is the same three bytes. */
  private static final class OneFile implements OutgoingFiles {
    @Override
    public InputStream open(String id) {
      return new ByteArrayInputStream(new byte[] {1, 2, 3});
    }

    @Override
    public Optional<URI> link(String id, Duration validFor) {
      return Optional.empty();
    }
  }

  @Test
  void shouldSendACodeInTextAndButton() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(BOOK, ACCEPTED);
    // when
    var unused =
        Samples.channel(http)
            .send(
                Samples.outbound(
                    ANA,
                    new OutboundContent.Template(
                        "code", "es", List.of("1234"), Optional.empty(), List.of("1234"), "")));
    // then
    assertThat(json(http.calls().getLast().body()).at("/template/components"))
        .isEqualTo(
            json(
                """
                [{"type":"body","parameters":[{"type":"text","text":"1234"}]},
                 {"type":"button","sub_type":"url","index":"0","parameters":[
                   {"type":"text","text":"1234"}]}]"""));
  }

  @Test
  void shouldTakeButtonsForLinksWhenTheTemplateIsNotKnown() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(graphError(403, 200, "no"), ACCEPTED);
    // when
    var unused =
        Samples.channel(http)
            .send(
                Samples.outbound(
                    ANA,
                    new OutboundContent.Template(
                        "new_one", "es", List.of("Ana"), Optional.empty(), List.of("x"), "")));
    // then
    assertThat(json(http.calls().getLast().body()).at("/template/components"))
        .isEqualTo(
            json(
                """
                [{"type":"body","parameters":[{"type":"text","text":"Ana"}]},
                 {"type":"button","sub_type":"url","index":"0","parameters":[
                   {"type":"text","text":"x"}]}]"""));
  }

  @Test
  void shouldNotAskForTheBookAtEverySend() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(graphError(400, 80007, "busy"), ACCEPTED, ACCEPTED);
    Channel channel = Samples.channel(http);
    OutboundContent.Template template =
        new OutboundContent.Template("new_one", "es", List.of("Ana"), "");
    // when
    var first = channel.send(Samples.outbound(ANA, template));
    var second = channel.send(Samples.outbound(ANA, template));
    // then
    assertThat(List.of(first, second)).allMatch(SendResult.Accepted.class::isInstance);
    assertThat(http.calls().stream().map(call -> call.method()))
        .containsExactly("GET", "POST", "POST");
  }

  @Test
  void shouldRefuseWhatDoesNotFitTheTemplateWithoutASend() {
    for (OutboundContent.Template wrong :
        List.of(
            new OutboundContent.Template("order_sent", "es_CO", List.of("Ana", "A-17"), ""),
            new OutboundContent.Template(
                "order_sent", "es_CO", List.of("Ana"), Optional.of(PDF), List.of("a", "b"), ""),
            new OutboundContent.Template(
                "order_sent", "es_CO", List.of("Ana", "B"), Optional.of(PDF), List.of("a"), ""),
            new OutboundContent.Template("titled", "es", List.of(), ""),
            new OutboundContent.Template(
                "code", "es", List.of("1"), Optional.of(PDF), List.of("1"), ""))) {
      ScriptedHttp http = ScriptedHttp.answering(BOOK);
      assertRejected(Samples.channel(http).send(Samples.outbound(ANA, wrong)));
      assertThat(http.calls()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\tb", "a     b"})
  void shouldRefuseParametersThatTheProviderRefuses(String value) {
    assertRejected(
        Samples.channel(Samples.withoutBusinessAccount(), ScriptedHttp.silent())
            .send(
                Samples.outbound(
                    ANA, new OutboundContent.Template("follow_up", "es", List.of(value), ""))));
  }

  private static void assertRejected(SendResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.Rejected.class,
            rejected ->
                assertThat(rejected.failure().error()).isEqualTo(DeliveryError.TEMPLATE_REJECTED));
  }
}
