package dev.hilo.telegram;

import static dev.hilo.telegram.Samples.ANA;
import static dev.hilo.telegram.Samples.BOT;
import static dev.hilo.telegram.Samples.accepted;
import static dev.hilo.telegram.Samples.answer;
import static dev.hilo.telegram.Samples.outbound;
import static dev.hilo.telegram.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.AttentiveChannel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundContent.Choices.Choice;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp.Call;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SendingTest {

  private static final String PLACE =
      "https://api.telegram.org/bot700000001:demo-token-of-the-first-bot/";

  /** Every file holds its own id. */
  private static final OutgoingFiles FILES =
      new OutgoingFiles() {
        @Override
        public InputStream open(String id) {
          return new ByteArrayInputStream(Samples.bytes(id));
        }

        @Override
        public Optional<URI> link(String id, Duration validFor) {
          return Optional.empty();
        }
      };

  private static AttentiveChannel channel(ScriptedHttp http) {
    Clock clock = Clock.fixed(Samples.NOW, ZoneOffset.UTC);
    return (AttentiveChannel)
        new TelegramProvider()
            .create(
                Samples.settings(), new ChannelContext(http, clock, FILES, CredentialStore.NONE));
  }

  private static Call sent(OutboundMessage message) {
    ScriptedHttp http = ScriptedHttp.answering(accepted());
    assertThat(channel(http).send(message))
        .isEqualTo(new SendResult.Accepted(new ExternalId("500000011:77")));
    return http.calls().getFirst();
  }

  private static String body(Call call) {
    return new String(call.body(), StandardCharsets.UTF_8);
  }

  private static SendResult result(OutboundContent content, Outcome outcome) {
    return channel(ScriptedHttp.answering(outcome)).send(outbound(content));
  }

  private static DeliveryError rejection(SendResult result) {
    assertThat(result).isInstanceOf(SendResult.Rejected.class);
    return ((SendResult.Rejected) result).failure().error();
  }

  private static OutboundContent.File file(Form form, String type, long size) {
    return new OutboundContent.File("bytes-of-it", form, "la \"factura\".pdf", type, size);
  }

  private static OutboundContent.Media media(Form form, String type) {
    return new OutboundContent.Media(List.of(file(form, type, 11)), Optional.of("mira"));
  }

  @Test
  void shouldSendTextQuotingWhatItAnswers() {
    // given
    OutboundMessage answer =
        new OutboundMessage(
            new OutboundId("out-1"),
            BOT,
            ANA,
            new OutboundContent.Text("Hola <b>Ana</b>"),
            Optional.of(new ExternalId("500000011:41")));
    // when
    Call call = sent(answer);
    // then
    assertThat(call.uri()).hasToString(PLACE + "sendMessage");
    assertThat(body(call))
        .isEqualTo(
            "{\"chat_id\":\"500000011\",\"reply_parameters\":{\"message_id\":41,"
                + "\"allow_sending_without_reply\":true},\"text\":\"Hola <b>Ana</b>\"}");
  }

  @Test
  void shouldNotQuoteWhatIsNoMessageOfTheChat() {
    for (String quoted : List.of("callback:88001", "500000012:41", "500000011:update-9")) {
      OutboundMessage answer =
          new OutboundMessage(
              new OutboundId("out-1"),
              BOT,
              ANA,
              new OutboundContent.Text("hola"),
              Optional.of(new ExternalId(quoted)));
      assertThat(body(sent(answer))).doesNotContain("reply_parameters");
    }
  }

  @Test
  void shouldSendChoicesAsButtons() {
    // when
    Call call =
        sent(
            outbound(
                new OutboundContent.Choices(
                    "¿Seguimos?",
                    List.of(
                        new Choice("yes", "Sí", Optional.empty()),
                        new Choice("no", "No", Optional.of("otro día"))),
                    Optional.empty())));
    // then
    assertThat(body(call))
        .isEqualTo(
            "{\"chat_id\":\"500000011\",\"text\":\"¿Seguimos?\\n\\nNo: otro día\","
                + "\"reply_markup\":{\"inline_keyboard\":[[{\"text\":\"Sí\","
                + "\"callback_data\":\"yes\"}],[{\"text\":\"No\",\"callback_data\":\"no\"}]]}}");
  }

  @Test
  void shouldWriteNumberedLinesWhenAPayloadIsLongerThanAButtonHolds() {
    // given: 33 letters of two bytes
    Choice wide = new Choice("ñ".repeat(33), "Sí", Optional.empty());
    // when
    Call call =
        sent(outbound(new OutboundContent.Choices("¿Va?", List.of(wide), Optional.empty())));
    // then
    assertThat(body(call)).isEqualTo("{\"chat_id\":\"500000011\",\"text\":\"¿Va?\\n\\n1. Sí\"}");
  }

  @Test
  void shouldUploadEachFormWithItsMethod() {
    assertThat(uploaded(Form.IMAGE, "image/jpeg")).isEqualTo("sendPhoto photo");
    assertThat(uploaded(Form.IMAGE, "image/gif")).isEqualTo("sendAnimation animation");
    assertThat(uploaded(Form.VIDEO, "video/mp4")).isEqualTo("sendVideo video");
    assertThat(uploaded(Form.AUDIO, "audio/ogg; codecs=opus")).isEqualTo("sendVoice voice");
    assertThat(uploaded(Form.AUDIO, "audio/mpeg")).isEqualTo("sendAudio audio");
    assertThat(uploaded(Form.DOCUMENT, "application/pdf")).isEqualTo("sendDocument document");
  }

  /** The method, and the field that the file is in. */
  private static String uploaded(Form form, String type) {
    Call call = sent(outbound(media(form, type)));
    String body = body(call);
    assertThat(call.headers().get("Content-Type")).startsWith("multipart/form-data; boundary=");
    assertThat(body)
        .contains("name=\"chat_id\"\r\n\r\n500000011\r\n", "name=\"caption\"\r\n\r\nmira\r\n")
        .contains("filename=\"la %22factura%22.pdf\"\r\nContent-Type: " + type)
        .contains("\r\n\r\nbytes-of-it\r\n--");
    String field = body.replaceAll("(?s).*name=\"([a-z]+)\"; filename=.*", "$1");
    return call.uri().toString().substring(PLACE.length()) + " " + field;
  }

  @Test
  void shouldRefuseWhatTheChannelDoesNotTakeWithoutACall() {
    AttentiveChannel silent = channel(ScriptedHttp.silent());
    List<OutboundContent> contents =
        List.of(
            new OutboundContent.Text(" "),
            new OutboundContent.Media(List.of(), Optional.empty()),
            media(Form.AUDIO, "audio/wav"),
            media(Form.STICKER, "image/webp"),
            new OutboundContent.Media(
                List.of(file(Form.IMAGE, "image/png", 10_000_001)), Optional.empty()),
            new OutboundContent.Media(
                List.of(file(Form.IMAGE, "image/png", 11)), Optional.of("a".repeat(1025))),
            new OutboundContent.Reaction(new ExternalId("callback:1"), Optional.of("👍")));
    for (OutboundContent content : contents) {
      assertThat(rejection(silent.send(outbound(content))))
          .as("%s", content)
          .isEqualTo(DeliveryError.CONTENT_REJECTED);
    }
    assertThat(
            rejection(
                silent.send(outbound(new OutboundContent.Template("t", "es", List.of(), "hola")))))
        .isEqualTo(DeliveryError.TEMPLATE_REJECTED);
  }

  @Test
  void shouldRefuseAnAddressOfAnotherChannel() {
    OutboundMessage foreign =
        new OutboundMessage(
            new OutboundId("out-1"),
            BOT,
            ContactAddress.phone("+573005550101"),
            new OutboundContent.Text("hola"),
            Optional.empty());
    assertThat(rejection(channel(ScriptedHttp.silent()).send(foreign)))
        .isEqualTo(DeliveryError.RECIPIENT_UNREACHABLE);
  }

  @Test
  void shouldReactAndTakeTheReactionOff() {
    // given
    ExternalId message = new ExternalId("500000011:41");
    Outcome yes = answer(200, "{\"ok\":true,\"result\":true}");
    ScriptedHttp http = ScriptedHttp.answering(yes, yes);
    AttentiveChannel channel = channel(http);
    // when
    SendResult put =
        channel.send(outbound(new OutboundContent.Reaction(message, Optional.of("❤"))));
    SendResult off =
        channel.send(outbound(new OutboundContent.Reaction(message, Optional.empty())));
    // then
    assertThat(List.of(put, off)).containsOnly(new SendResult.Accepted(message));
    assertThat(http.calls().stream().map(SendingTest::body))
        .containsExactly(
            "{\"chat_id\":\"500000011\",\"message_id\":41,"
                + "\"reaction\":[{\"type\":\"emoji\",\"emoji\":\"❤\"}]}",
            "{\"chat_id\":\"500000011\",\"message_id\":41,\"reaction\":[]}");
  }

  @Test
  void shouldShowThatSomebodyIsWriting() {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(
            answer(200, "{\"ok\":true,\"result\":true}"), new Outcome.NotSent("refused"));
    // when
    boolean shown = channel(http).showTyping(BOT, ANA, Optional.empty());
    // then
    assertThat(shown).isTrue();
    assertThat(http.calls().getFirst().uri()).hasToString(PLACE + "sendChatAction");
    assertThat(body(http.calls().getFirst()))
        .isEqualTo("{\"chat_id\":\"500000011\",\"action\":\"typing\"}");
    assertThat(channel(http).showTyping(BOT, ANA, Optional.empty())).isFalse();
    assertThat(channel(http).markRead(BOT, ANA, new ExternalId("500000011:41"))).isFalse();
  }

  @Test
  void shouldTellRefusalsApart() {
    OutboundContent hola = new OutboundContent.Text("hola");
    assertThat(rejection(result(hola, refused(403, "Forbidden: bot was blocked by the user"))))
        .isEqualTo(DeliveryError.RECIPIENT_OPTED_OUT);
    assertThat(rejection(result(hola, refused(403, "Forbidden: user is deactivated"))))
        .isEqualTo(DeliveryError.RECIPIENT_UNREACHABLE);
    assertThat(rejection(result(hola, refused(400, "Bad Request: chat not found"))))
        .isEqualTo(DeliveryError.RECIPIENT_UNREACHABLE);
    assertThat(rejection(result(hola, refused(400, "Bad Request: message is too long"))))
        .isEqualTo(DeliveryError.CONTENT_REJECTED);
    assertThat(rejection(result(hola, refused(400, "Bad Request: REACTION_INVALID"))))
        .isEqualTo(DeliveryError.CONTENT_REJECTED);
    assertThat(rejection(result(hola, refused(400, "Bad Request: the moon is full"))))
        .isEqualTo(DeliveryError.UNKNOWN);
    assertThat(rejection(result(hola, refused(401, "Unauthorized"))))
        .isEqualTo(DeliveryError.CREDENTIALS_EXPIRED);
    assertThat(rejection(result(hola, refused(404, "Not Found"))))
        .isEqualTo(DeliveryError.CREDENTIALS_EXPIRED);
    assertThat(result(hola, refused(500, "Internal Server Error")))
        .isInstanceOf(SendResult.Unconfirmed.class);
  }

  @Test
  void shouldWaitAsLongAsTheProviderSays() {
    Outcome told =
        answer(
            429,
            """
            {"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35",
              "parameters":{"retry_after":35}}""");
    assertThat(result(new OutboundContent.Text("hola"), told))
        .isInstanceOfSatisfying(
            SendResult.RetryLater.class,
            later -> assertThat(later.after()).isEqualTo(Duration.ofSeconds(35)));
  }
}
