package dev.hilo.instagram;

import static dev.hilo.instagram.Samples.accepted;
import static dev.hilo.instagram.Samples.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.AttentiveChannel;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutboundMessage.Author;
import dev.hilo.channel.OutboundMessage.Window;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp.Call;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests as they go out, member by member. */
class SendingTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void shouldPostTextToTheAccountsMessages() throws IOException {
    // given
    ScriptedHttp http = ScriptedHttp.answering(accepted());
    // when
    SendResult result = Samples.channel(http).send(Samples.text("¡Hola!"));
    // then
    assertThat(result).isEqualTo(new SendResult.Accepted(new ExternalId("m_OUT")));
    Call call = http.calls().getFirst();
    assertThat(call.uri()).hasToString("http://localhost:8095/v25.0/17841400000000001/messages");
    assertThat(call.headers()).containsEntry("Authorization", "Bearer demo-access-token");
    assertJson(
        call,
        """
        {"recipient":{"id":"7200000000000011"},
         "message":{"text":"¡Hola!","metadata":"hilo:out-2251799813690001"}}""");
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
        {"recipient":{"id":"7200000000000011"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT",
         "message":{"text":"hola","metadata":"hilo:out-2251799813690001"}}""");
    assertFailure(
        send(Samples.outbound(text, Author.MACHINE, Window.PERSON_ONLY)),
        DeliveryError.OUTSIDE_REPLY_WINDOW);
    assertFailure(
        send(Samples.outbound(text, Author.PERSON, Window.CLOSED)),
        DeliveryError.OUTSIDE_REPLY_WINDOW);
  }

  @Test
  void shouldCountTheTextInBytes() {
    // 334 times three bytes are 1002
    assertFailure(send(Samples.text("€".repeat(334))), DeliveryError.CONTENT_REJECTED);
    assertThat(
            Samples.channel(ScriptedHttp.answering(accepted())).send(Samples.text("€".repeat(333))))
        .isInstanceOf(SendResult.Accepted.class);
  }

  @Test
  void shouldSendTheAddressOfAFile() throws IOException {
    // given
    ScriptedHttp http = ScriptedHttp.answering(accepted());
    // when
    SendResult result =
        sendFile(
            http,
            new OutboundContent.File("file-1", Form.IMAGE, "a.png", "image/png", 5),
            Optional.of(URI.create("https://hilo.example/files/file-1?signature=abc")));
    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertJson(
        http.calls().getFirst(),
        """
        {"recipient":{"id":"7200000000000011"},
         "message":{"attachment":{"type":"image",
           "payload":{"url":"https://hilo.example/files/file-1?signature=abc"}},
          "metadata":"hilo:out-2251799813690001"}}""");
  }

  @Test
  void shouldRefuseFilesWithoutAnAddressOrOfAnotherType() {
    Optional<URI> link = Optional.of(URI.create("https://hilo.example/files/1"));
    for (OutboundContent.File file :
        List.of(
            new OutboundContent.File("f", Form.IMAGE, "a.gif", "image/gif", 5),
            new OutboundContent.File("f", Form.IMAGE, "a.png", "image/png", 8388609),
            new OutboundContent.File("f", Form.DOCUMENT, "a.docx", "application/msword", 5),
            new OutboundContent.File("f", Form.AUDIO, "a.ogg", "audio/ogg", 5),
            new OutboundContent.File("f", Form.STICKER, "a.webp", "image/webp", 5))) {
      assertFailure(sendFile(ScriptedHttp.silent(), file, link), DeliveryError.CONTENT_REJECTED);
    }
    assertFailure(
        sendFile(
            ScriptedHttp.silent(),
            new OutboundContent.File("f", Form.IMAGE, "a.png", "image/png", 5),
            Optional.empty()),
        DeliveryError.CONTENT_REJECTED);
  }

  @Test
  void shouldSendAndTakeBackTheHeart() throws IOException {
    // given
    ScriptedHttp http =
        ScriptedHttp.answering(
            answer(200, "{\"recipient_id\":\"7200000000000011\"}"),
            answer(200, "{\"recipient_id\":\"7200000000000011\"}"));
    // when
    SendResult put = Samples.channel(http).send(reaction(Optional.of("❤️")));
    SendResult taken = Samples.channel(http).send(reaction(Optional.empty()));
    // then
    assertThat(put).isInstanceOf(SendResult.Accepted.class);
    assertThat(taken).isInstanceOf(SendResult.Accepted.class);
    assertJson(
        http.calls().getFirst(),
        """
        {"recipient":{"id":"7200000000000011"},"sender_action":"react",
         "payload":{"message_id":"m_theirs","reaction":"love"}}""");
    assertJson(
        http.calls().getLast(),
        """
        {"recipient":{"id":"7200000000000011"},"sender_action":"unreact",
         "payload":{"message_id":"m_theirs"}}""");
    assertFailure(send(reaction(Optional.of("👎"))), DeliveryError.CONTENT_REJECTED);
  }

  private static OutboundMessage reaction(Optional<String> emoji) {
    return Samples.outbound(
        Samples.ANA, new OutboundContent.Reaction(new ExternalId("m_theirs"), emoji));
  }

  @Test
  void shouldShowSignsOnlyWhereTheyAreDocumented() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(answer(200, "{}"), answer(200, "{}"));
    AttentiveChannel byPage = (AttentiveChannel) Samples.channel(http);
    AttentiveChannel direct =
        (AttentiveChannel)
            Samples.channel(
                new ChannelSettings(
                    Samples.common(Map.of()),
                    List.of(
                        Samples.account(Samples.ACCOUNT.value(), Map.of("login", "instagram")))),
                Samples.context(ScriptedHttp.silent()));
    // then
    assertThat(byPage.showTyping(Samples.ACCOUNT, Samples.ANA, Optional.empty())).isTrue();
    assertThat(byPage.markRead(Samples.ACCOUNT, Samples.ANA, new ExternalId("m"))).isTrue();
    assertThat(direct.showTyping(Samples.ACCOUNT, Samples.ANA, Optional.empty())).isFalse();
    assertThat(direct.markRead(Samples.ACCOUNT, Samples.ANA, new ExternalId("m"))).isFalse();
  }

  @Test
  void shouldTellTheWindowsAndLimits() {
    Capabilities capabilities = Samples.channel(ScriptedHttp.silent()).capabilities();
    assertThat(capabilities.replyWindow().orElseThrow().length()).isEqualTo(Duration.ofHours(24));
    assertThat(capabilities.personWindow().orElseThrow().length()).isEqualTo(Duration.ofDays(7));
    assertThat(capabilities.maxTextLength().unit()).isEqualTo(Capabilities.UTF_8_BYTES);
  }

  private static SendResult send(OutboundMessage message) {
    return Samples.channel(ScriptedHttp.silent()).send(message);
  }

  private static SendResult sendFile(
      ScriptedHttp http, OutboundContent.File file, Optional<URI> link) {
    OutgoingFiles files =
        new OutgoingFiles() {
          @Override
          public InputStream open(String id) throws IOException {
            throw new IOException("only the address is needed");
          }

          @Override
          public Optional<URI> link(String id, Duration validFor) {
            return link;
          }
        };
    return Samples.channel(
            Samples.settings(),
            new ChannelContext(
                http, Clock.fixed(Samples.NOW, ZoneOffset.UTC), files, CredentialStore.NONE))
        .send(
            Samples.outbound(
                Samples.ANA, new OutboundContent.Media(List.of(file), Optional.empty())));
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
