package dev.hilo.messenger;

import static dev.hilo.messenger.Samples.accepted;
import static dev.hilo.messenger.Samples.answer;
import static dev.hilo.messenger.Samples.graphError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.AttentiveChannel;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundContent.Choices;
import dev.hilo.channel.OutboundContent.Choices.Choice;
import dev.hilo.channel.OutboundMessage.Author;
import dev.hilo.channel.OutboundMessage.Window;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp.Call;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests as they go out, member by member. */
class SendingTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void shouldPostTextToThePagesMessages() throws IOException {
    // given
    ScriptedHttp http = ScriptedHttp.answering(accepted());
    // when
    SendResult result = Samples.channel(http).send(Samples.text("¡Hola! \"sí\" 😀\n2"));
    // then
    assertThat(result).isEqualTo(new SendResult.Accepted(new ExternalId("m_OUT")));
    Call call = http.calls().getFirst();
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.uri()).hasToString("http://localhost:8095/v25.0/104500000000001/messages");
    assertThat(call.headers())
        .containsEntry("Authorization", "Bearer demo-access-token")
        .containsEntry("Content-Type", "application/json");
    assertJson(
        call,
        """
        {"recipient":{"id":"6100000000000011"},"messaging_type":"RESPONSE",
         "message":{"text":"¡Hola! \\"sí\\" 😀\\n2","metadata":"hilo:out-2251799813690001"}}""");
  }

  @Test
  void shouldUseTheHumanAgentTagForWhatAPersonWroteLate() throws IOException {
    // given
    ScriptedHttp http = ScriptedHttp.answering(accepted());
    OutboundContent text = new OutboundContent.Text("hola");
    // when
    Samples.channel(http).send(Samples.outbound(text, Author.PERSON, Window.PERSON_ONLY));
    // then
    assertJson(
        http.calls().getFirst(),
        """
        {"recipient":{"id":"6100000000000011"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT",
         "message":{"text":"hola","metadata":"hilo:out-2251799813690001"}}""");
  }

  @Test
  void shouldRefuseWithoutACallWhenTheWindowIsPast() {
    OutboundContent text = new OutboundContent.Text("hola");
    assertFailure(
        send(Samples.outbound(text, Author.MACHINE, Window.PERSON_ONLY)),
        DeliveryError.OUTSIDE_REPLY_WINDOW);
    for (Author author : Author.values()) {
      assertFailure(
          send(Samples.outbound(text, author, Window.CLOSED)), DeliveryError.OUTSIDE_REPLY_WINDOW);
    }
  }

  @Test
  void shouldAskWithQuickReplies() throws IOException {
    // given
    ScriptedHttp http = ScriptedHttp.answering(accepted());
    Choices choices =
        new Choices(
            "¿En qué te ayudo?",
            List.of(
                new Choice("order-status", "Estado del pedido", Optional.of("dónde está")),
                new Choice("hours", "Horarios", Optional.empty())),
            Optional.empty());
    // when
    Samples.channel(http).send(Samples.outbound(Samples.ANA, choices));
    // then
    assertJson(
        http.calls().getFirst(),
        """
        {"recipient":{"id":"6100000000000011"},"messaging_type":"RESPONSE",
         "message":{"text":"¿En qué te ayudo?\\n\\nEstado del pedido: dónde está",
          "quick_replies":[
           {"content_type":"text","title":"Estado del pedido","payload":"order-status"},
           {"content_type":"text","title":"Horarios","payload":"hours"}],
          "metadata":"hilo:out-2251799813690001"}}""");
  }

  @Test
  void shouldNumberTheAnswersWhenTheyDoNotFit() throws IOException {
    // given
    ScriptedHttp http = ScriptedHttp.answering(accepted(), accepted());
    Choices longTitle =
        new Choices(
            "¿Cuál?",
            List.of(
                new Choice("a", "Un título de más de veinte letras", Optional.empty()),
                new Choice("b", "Otro", Optional.of("azul"))),
            Optional.empty());
    Choices fourteen =
        new Choices(
            "¿Cuál?",
            IntStream.rangeClosed(1, 14)
                .mapToObj(i -> new Choice("p" + i, "T" + i, Optional.empty()))
                .toList(),
            Optional.empty());
    // when
    Samples.channel(http).send(Samples.outbound(Samples.ANA, longTitle));
    Samples.channel(http).send(Samples.outbound(Samples.ANA, fourteen));
    // then
    assertThat(message(http.calls().getFirst()).path("text").asText())
        .isEqualTo("¿Cuál?\n\n1. Un título de más de veinte letras\n2. Otro: azul");
    assertThat(message(http.calls().getLast()).path("text").asText()).endsWith("\n14. T14");
    assertThat(message(http.calls().getLast()).has("quick_replies")).isFalse();
  }

  @Test
  void shouldRefuseAQuestionThatIsEmptyOrTooLong() {
    List<Choice> one = List.of(new Choice("a", "A", Optional.empty()));
    assertFailure(
        send(Samples.outbound(Samples.ANA, new Choices("x".repeat(2001), one, Optional.empty()))),
        DeliveryError.CONTENT_REJECTED);
    assertFailure(
        send(Samples.outbound(Samples.ANA, new Choices("¿?", List.of(), Optional.empty()))),
        DeliveryError.CONTENT_REJECTED);
  }

  @Test
  void shouldUploadAFileAndThenSendIt() throws IOException {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(answer(200, "{\"attachment_id\":\"1857777774821032\"}"), accepted());
    // when
    SendResult result = sendFile(http, file(Form.DOCUMENT, "Factura \"1\".pdf", "application/pdf"));
    // then
    assertThat(result).isEqualTo(new SendResult.Accepted(new ExternalId("m_OUT")));
    Call upload = http.calls().getFirst();
    assertThat(upload.uri())
        .hasToString("http://localhost:8095/v25.0/104500000000001/message_attachments");
    String boundary =
        upload.headers().getOrDefault("Content-Type", "").replaceFirst(".*boundary=", "");
    assertThat(new String(upload.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"message\"\r\n"
                + "Content-Type: application/json\r\n\r\n"
                + "{\"attachment\":{\"type\":\"file\",\"payload\":{\"is_reusable\":false}}}\r\n"
                + "--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"filedata\";"
                + " filename=\"Factura %221%22.pdf\"\r\n"
                + "Content-Type: application/pdf\r\n\r\nbytes\r\n--"
                + boundary
                + "--\r\n");
    assertJson(
        http.calls().getLast(),
        """
        {"recipient":{"id":"6100000000000011"},"messaging_type":"RESPONSE",
         "message":{"attachment":{"type":"file","payload":{"attachment_id":"1857777774821032"}},
          "metadata":"hilo:out-2251799813690001"}}""");
  }

  @Test
  void shouldSendNothingWhenTheUploadFails() {
    OutboundContent.File photo = file(Form.IMAGE, "a.png", "image/png");
    for (Outcome lost :
        List.of(
            new Outcome.AnswerLost("read timed out"),
            new Outcome.NotSent("no connection"),
            answer(200, "{}"),
            answer(502, ""))) {
      ScriptedHttp http = ScriptedHttp.answering(lost);
      assertThat(sendFile(http, photo)).isInstanceOf(SendResult.RetryLater.class);
      assertThat(http.calls()).hasSize(1);
    }
    assertFailure(
        sendFile(ScriptedHttp.answering(graphError(400, "100/2018109", "too large")), photo),
        DeliveryError.CONTENT_REJECTED);
  }

  @Test
  void shouldRefuseFilesThatThePlatformDoesNotTake() {
    for (OutboundContent content :
        List.of(
            media(new OutboundContent.File("f", Form.IMAGE, "a.png", "image/png", 8388609)),
            media(new OutboundContent.File("f", Form.VIDEO, "a.mp4", "video/mp4", 26214401)),
            media(file(Form.IMAGE, "a.tiff", "image/tiff")),
            new OutboundContent.Media(List.of(), Optional.empty()),
            new OutboundContent.Media(
                List.of(file(Form.IMAGE, "a.png", "image/png")), Optional.of("mira")))) {
      assertFailure(send(Samples.outbound(Samples.ANA, content)), DeliveryError.CONTENT_REJECTED);
    }
  }

  @Test
  void shouldRefuseWhatTheChannelCannotDo() {
    assertFailure(
        send(
            Samples.outbound(
                Samples.ANA,
                new OutboundContent.Reaction(new ExternalId("m_1"), Optional.of("❤")))),
        DeliveryError.CONTENT_REJECTED);
    assertFailure(
        send(
            Samples.outbound(
                Samples.ANA, new OutboundContent.Template("t", "es", List.of(), "Hola"))),
        DeliveryError.TEMPLATE_REJECTED);
    for (ContactAddress other :
        List.of(ContactAddress.email("a@example.org"), ContactAddress.phone("+573001112233"))) {
      assertFailure(
          send(Samples.outbound(other, new OutboundContent.Text("hola"))),
          DeliveryError.RECIPIENT_UNREACHABLE);
    }
    assertFailure(send(Samples.text("  ")), DeliveryError.CONTENT_REJECTED);
  }

  @Test
  void shouldAnswerAGuestByTheirReference() throws IOException {
    // given
    ScriptedHttp http = ScriptedHttp.answering(accepted());
    ContactAddress guest = new ContactAddress(ContactAddress.Kind.SOCIAL, "user_ref:987654321432");
    // when
    Samples.channel(http).send(Samples.outbound(guest, new OutboundContent.Text("hola")));
    // then
    assertThat(MAPPER.readTree(http.calls().getFirst().body()).path("recipient"))
        .isEqualTo(MAPPER.readTree("{\"user_ref\":\"987654321432\"}"));
  }

  @Test
  void shouldShowTypingAndSeen() throws IOException {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(
            answer(200, "{\"recipient_id\":\"6100000000000011\"}"),
            graphError(400, "10/2018278", "outside of window"),
            new Outcome.NotSent("no connection"));
    AttentiveChannel channel = (AttentiveChannel) Samples.channel(http);
    // then
    assertThat(channel.showTyping(Samples.ACCOUNT, Samples.ANA, Optional.empty())).isTrue();
    assertThat(channel.markRead(Samples.ACCOUNT, Samples.ANA, new ExternalId("m_1"))).isFalse();
    assertThat(channel.showTyping(Samples.ACCOUNT, Samples.ANA, Optional.empty())).isFalse();
    assertJson(
        http.calls().getFirst(),
        "{\"recipient\":{\"id\":\"6100000000000011\"},\"sender_action\":\"typing_on\"}");
    assertJson(
        http.calls().get(1),
        "{\"recipient\":{\"id\":\"6100000000000011\"},\"sender_action\":\"mark_seen\"}");
  }

  @Test
  void shouldTellTheWindowsAndLimits() {
    Capabilities capabilities = Samples.channel(ScriptedHttp.silent()).capabilities();
    assertThat(capabilities.replyWindow().orElseThrow().length()).isEqualTo(Duration.ofHours(24));
    assertThat(capabilities.personWindow().orElseThrow().length()).isEqualTo(Duration.ofDays(7));
    assertThat(capabilities.templates()).isFalse();
  }

  private static SendResult send(dev.hilo.channel.OutboundMessage message) {
    return Samples.channel(ScriptedHttp.silent()).send(message);
  }

  private static SendResult sendFile(ScriptedHttp http, OutboundContent.File file) {
    OutgoingFiles files =
        new OutgoingFiles() {
          @Override
          public InputStream open(String id) {
            return new ByteArrayInputStream(Samples.bytes("bytes"));
          }

          @Override
          public Optional<URI> link(String id, Duration validFor) {
            return Optional.empty();
          }
        };
    return Samples.channel(
            Samples.settings(),
            new ChannelContext(
                http, Clock.fixed(Samples.NOW, ZoneOffset.UTC), files, CredentialStore.NONE))
        .send(Samples.outbound(Samples.ANA, media(file)));
  }

  private static OutboundContent media(OutboundContent.File file) {
    return new OutboundContent.Media(List.of(file), Optional.empty());
  }

  private static OutboundContent.File file(Form form, String name, String mimeType) {
    return new OutboundContent.File("file-1", form, name, mimeType, 5);
  }

  private static com.fasterxml.jackson.databind.JsonNode message(Call call) throws IOException {
    return MAPPER.readTree(call.body()).path("message");
  }

  private static void assertJson(Call call, String expected) throws IOException {
    assertThat(MAPPER.readTree(call.body())).isEqualTo(MAPPER.readTree(expected));
  }

  private static void assertFailure(SendResult result, DeliveryError error) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.Rejected.class,
            rejected -> assertThat(rejected.failure().error()).isEqualTo(error));
  }
}
