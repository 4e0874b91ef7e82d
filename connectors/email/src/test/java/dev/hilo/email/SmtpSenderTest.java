package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundContent.Choices.Choice;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.SendResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent, and what each answer of a mail server means. */
class SmtpSenderTest {

  private static final String OUR_ID = Mailboxes.TOKENS.messageId("123");
  private static final OutboundContent HELLO = new OutboundContent.Text("Hola, Ana");

  private SmtpScript server;

  @BeforeEach
  void start() throws IOException {
    server = new SmtpScript();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void shouldGiveOurOwnIdWhenTaken() {
    // when
    SendResult result = send(HELLO);
    // then
    assertThat(result).isEqualTo(new SendResult.Accepted(new ExternalId(OUR_ID)));
    assertThat(server.said())
        .contains(
            "MAIL FROM:<soporte@tienda.example>",
            "RCPT TO:<ana@cliente.example>",
            "Message-ID: <" + OUR_ID + ">",
            "From: Tienda Ejemplo <soporte@tienda.example>",
            "Subject: Tienda Ejemplo")
        .noneMatch(line -> line.startsWith("Auto-Submitted"));
  }

  @Test
  void shouldAnswerInTheThreadWhenTheCustomerHadWritten() {
    // given
    MessageReceived asked =
        received(
            """
            From: Ana Ruiz <ana@cliente.example>
            To: soporte@tienda.example
            Cc: Luis <luis@cliente.example>, soporte@tienda.example
            Subject: Mi pedido
            Message-ID: <2@cliente.example>
            References: <1@cliente.example>

            ¿Ya sale?
            """);
    String context = asked.envelope().orElseThrow().replyContext().orElseThrow();
    // when
    SendResult result = channel(Map.of()).send(Mailboxes.answering(HELLO, context));
    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(server.said())
        .contains(
            "RCPT TO:<ana@cliente.example>",
            "RCPT TO:<luis@cliente.example>",
            "To: Ana Ruiz <ana@cliente.example>",
            "Cc: Luis <luis@cliente.example>",
            "Subject: Re: Mi pedido",
            "In-Reply-To: <2@cliente.example>",
            "References: <1@cliente.example>",
            " <2@cliente.example>")
        .doesNotContain("RCPT TO:<soporte@tienda.example>");
  }

  @Test
  void shouldTellNobodyWhoWasInCopyWhenItGoesToSomebodyElse() {
    // given
    MessageReceived asked =
        received(
            """
            From: Eva <eva@otro.example>
            To: soporte@tienda.example
            Cc: Luis <luis@otro.example>
            Subject: Secreto
            Message-ID: <2@otro.example>

            ¿Ya sale?
            """);
    String context = asked.envelope().orElseThrow().replyContext().orElseThrow();
    // when
    SendResult result = channel(Map.of()).send(Mailboxes.answering(HELLO, context));
    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(String.join("\n", server.said()))
        .doesNotContain("luis@otro.example")
        .doesNotContain("Secreto")
        .doesNotContain("2@otro.example");
  }

  @Test
  void shouldSayThatAMachineWroteWhenItDid() {
    // given
    OutboundMessage automatic =
        new OutboundMessage(
            new OutboundId("123"),
            Mailboxes.SUPPORT,
            ContactAddress.email("ana@cliente.example"),
            HELLO,
            Optional.empty(),
            Optional.empty(),
            Optional.of("Recibimos tu correo"),
            OutboundMessage.Author.MACHINE,
            OutboundMessage.Window.OPEN);
    // when
    SendResult result = channel(Map.of("subject-token", "true")).send(automatic);
    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(server.said())
        .contains("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All")
        .anyMatch(line -> line.startsWith("Subject: Recibimos tu correo [#123."));
  }

  @Test
  void shouldNumberTheAnswersToAQuestion() {
    // given
    OutboundContent question =
        new OutboundContent.Choices(
            "¿Qué necesitas?",
            List.of(
                new Choice("a", "Pedido", Optional.of("dónde está")),
                new Choice("b", "Recibo", Optional.empty())),
            Optional.empty());
    // then
    assertThat(SmtpLetter.text(question))
        .isEqualTo("¿Qué necesitas?\n\n1. Pedido - dónde está\n2. Recibo");
  }

  @Test
  void shouldSendFilesAsTheyAre() {
    // given
    byte[] bytes = "ñandú, 100 %".getBytes(StandardCharsets.UTF_8);
    OutboundContent.File file =
        new OutboundContent.File("f1", Form.DOCUMENT, "recibo.pdf", "application/pdf", 12);
    OutgoingFiles files = of(bytes);
    OutboundContent content =
        new OutboundContent.Media(List.of(file, file), Optional.of("Tu recibo"));
    // when
    SendResult result =
        Mailboxes.channel(settings(Map.of()), files, Mailboxes.CLOCK)
            .send(Mailboxes.outbound(content));
    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    int data = server.said().indexOf("DATA");
    String raw = String.join("\r\n", server.said().subList(data + 1, server.said().size()));
    Mail sent = MailReader.read(raw.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(sent.attachments())
        .extracting(part -> part.fileName().orElse(""), Part::size)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("recibo.pdf", (long) bytes.length),
            org.assertj.core.groups.Tuple.tuple("2-recibo.pdf", (long) bytes.length));
    assertThat(sent.body().text().strip()).isEqualTo("Tu recibo");
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "RCPT|550 5.1.1 No such user here|RECIPIENT_UNREACHABLE|5.1.1",
        "RCPT|550 unknown user|RECIPIENT_UNREACHABLE|550",
        "RCPT|552 5.2.2 Mailbox full|RECIPIENT_UNREACHABLE|5.2.2",
        "RCPT|550 5.7.1 You are blocked by the recipient|RECIPIENT_UNREACHABLE|5.7.1",
        "RCPT|554 5.7.1 Relay access denied|ACCOUNT_RESTRICTED|5.7.1",
        "RCPT|553 5.1.3 bad address|RECIPIENT_UNREACHABLE|5.1.3",
        "MAIL|550 5.7.60 Client does not have permissions to send as this sender"
            + "|ACCOUNT_RESTRICTED|5.7.60",
        "MAIL|530 5.7.57 Client not authenticated to send mail|CREDENTIALS_EXPIRED|5.7.57",
        "MAIL|552 5.3.4 Message size exceeds fixed limit|CONTENT_REJECTED|5.3.4",
        ".|550 5.7.1 Message rejected as spam|CONTENT_REJECTED|5.7.1",
        ".|552 5.3.4 too big|CONTENT_REJECTED|5.3.4",
        ".|554 5.6.0 malformed|CONTENT_REJECTED|5.6.0",
        ".|550 5.1.1 nobody|RECIPIENT_UNREACHABLE|5.1.1",
        "DATA|554 no|CONTENT_REJECTED|554"
      })
  void shouldRejectWhenTheServerSaysNo(
      String command, String answer, DeliveryError error, String code) {
    // given
    server.on(command, answer);
    // when
    SendResult result = send(HELLO);
    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.Rejected.class,
            rejected -> {
              assertThat(rejected.failure().error()).isEqualTo(error);
              assertThat(rejected.failure().providerCode()).isEqualTo(code);
              assertThat(rejected.failure().detail()).doesNotContain("ana@").hasLineCount(1);
            });
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "RCPT|451 4.7.1 Greylisted, try again|RECIPIENT_THROTTLED|PT5M",
        "RCPT|452 4.2.2 Mailbox full|RECIPIENT_THROTTLED|PT1H",
        "MAIL|421 4.7.0 Too many messages|THROTTLED|PT5M",
        "MAIL|451 4.3.0 local error|PROVIDER_UNAVAILABLE|PT1M",
        ".|451 4.3.0 try later|PROVIDER_UNAVAILABLE|PT1M",
        ".|432 4.3.2 Concurrent connections limit exceeded|THROTTLED|PT5M",
        "DATA|421 4.3.2 shutting down|PROVIDER_UNAVAILABLE|PT1M"
      })
  void shouldTryLaterWhenTheServerSaysNotNow(
      String command, String answer, DeliveryError error, Duration after) {
    // given
    server.on(command, answer);
    // when
    SendResult result = send(HELLO);
    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.RetryLater.class,
            later -> {
              assertThat(later.failure().error()).isEqualTo(error);
              assertThat(later.after()).isEqualTo(after);
              assertThat(later.failure().error().retryable()).isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource({"greeting", "EHLO", "MAIL", "RCPT", "DATA"})
  void shouldTryLaterWhenTheLineBreaksBeforeTheEnd(String command) {
    // given
    server.on(command, SmtpScript.CUT);
    // then
    assertThat(send(HELLO))
        .isInstanceOfSatisfying(
            SendResult.RetryLater.class,
            later ->
                assertThat(later.failure().error()).isEqualTo(DeliveryError.PROVIDER_UNAVAILABLE));
  }

  @Test
  void shouldTryLaterWhenTheLineBreaksInTheMiddleOfAFile() {
    // given
    server.on("body", SmtpScript.CUT);
    long size = 20_000_000;
    OutboundContent.File file =
        new OutboundContent.File("f1", Form.VIDEO, "largo.mp4", "video/mp4", size);
    OutgoingFiles files = of(new byte[(int) size]);
    // when
    SendResult result =
        Mailboxes.channel(settings(Map.of()), files, Mailboxes.CLOCK)
            .send(Mailboxes.outbound(new OutboundContent.Media(List.of(file), Optional.empty())));
    // then
    assertThat(result).isInstanceOf(SendResult.RetryLater.class);
  }

  @Test
  void shouldNotClaimToKnowWhenTheLineBreaksAfterTheEnd() {
    // given
    server.on(".", SmtpScript.CUT);
    // then
    assertThat(send(HELLO)).isInstanceOf(SendResult.Unconfirmed.class);
  }

  @Test
  void shouldBeTakenWhenOnlyTheGoodbyeIsLost() {
    // given
    server.on("QUIT", SmtpScript.CUT);
    // then
    assertThat(send(HELLO)).isInstanceOf(SendResult.Accepted.class);
  }

  @Test
  void shouldTryLaterWhenNobodyListens() throws IOException {
    // given
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    // when
    SendResult result =
        channel(Map.of("smtp-port", Integer.toString(nobody))).send(Mailboxes.outbound(HELLO));
    // then
    assertThat(result).isInstanceOf(SendResult.RetryLater.class);
  }

  @Test
  void shouldReachTheCustomerWhenSomebodyInCopyIsGone() {
    // given
    server.on("RCPT TO:<luis", "550 5.1.1 gone");
    MessageReceived asked =
        received(
            """
            From: Ana <ana@cliente.example>
            To: soporte@tienda.example
            Cc: luis@cliente.example
            Subject: Hola
            Message-ID: <2@cliente.example>

            ¿Ya sale?
            """);
    String context = asked.envelope().orElseThrow().replyContext().orElseThrow();
    // when
    SendResult result = channel(Map.of()).send(Mailboxes.answering(HELLO, context));
    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(server.said().stream().filter(line -> line.equals("DATA"))).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "535 5.7.8 Username and Password not accepted|CREDENTIALS_EXPIRED",
        "454 4.7.0 Temporary authentication failure|PROVIDER_UNAVAILABLE"
      })
  void shouldSayWhyWhenTheLoginFails(String answer, DeliveryError error) {
    // given
    server.offering("AUTH PLAIN LOGIN").on("AUTH", answer);
    // when
    SendResult result = send(HELLO);
    // then
    DeliveryError said =
        switch (result) {
          case SendResult.Rejected rejected -> rejected.failure().error();
          case SendResult.RetryLater later -> later.failure().error();
          case SendResult.Accepted accepted -> DeliveryError.UNKNOWN;
          case SendResult.Unconfirmed unconfirmed -> DeliveryError.UNCONFIRMED;
        };
    assertThat(said).isEqualTo(error);
    assertThat(result.toString()).doesNotContain(Mailboxes.PASSWORD);
  }

  @Test
  void shouldNotSendInTheClearWhenTheServerLacksStarttls() {
    // when
    SendResult result =
        channel(Map.of("smtp-security", "starttls")).send(Mailboxes.outbound(HELLO));
    // then
    assertThat(result).isInstanceOf(SendResult.RetryLater.class);
    assertThat(server.said()).noneMatch(line -> line.startsWith("AUTH"));
  }

  @Test
  void shouldNotReachAddressesOfAnotherKind() {
    // given
    OutboundMessage toPhone =
        new OutboundMessage(
            new OutboundId("1"),
            Mailboxes.SUPPORT,
            ContactAddress.phone("+573005550199"),
            HELLO,
            Optional.empty());
    // then
    assertThat(channel(Map.of()).send(toPhone))
        .isInstanceOfSatisfying(
            SendResult.Rejected.class,
            rejected ->
                assertThat(rejected.failure().error())
                    .isEqualTo(DeliveryError.RECIPIENT_UNREACHABLE));
    assertThat(server.said()).isEmpty();
  }

  @Test
  void shouldNotLetAnAddressWriteCommands() {
    // given
    OutboundMessage hostile =
        new OutboundMessage(
            new OutboundId("1"),
            Mailboxes.SUPPORT,
            ContactAddress.email("ana@cliente.example>\r\nRCPT TO:<eva@otro.example"),
            HELLO,
            Optional.empty());
    // then
    assertThat(channel(Map.of()).send(hostile)).isInstanceOf(SendResult.Rejected.class);
    assertThat(server.said()).noneMatch(line -> line.contains("eva@otro.example"));
  }

  private static OutgoingFiles of(byte[] bytes) {
    return new OutgoingFiles() {
      @Override
      public InputStream open(String id) throws IOException {
        if (!id.equals("f1")) {
          throw new IOException("no such file");
        }
        return new ByteArrayInputStream(bytes);
      }

      @Override
      public Optional<URI> link(String id, Duration validFor) {
        return Optional.empty();
      }
    };
  }

  private MessageReceived received(String mail) {
    ParseResult.Events events = (ParseResult.Events) Mailboxes.parse(mail);
    MessageReceived received = (MessageReceived) events.events().getFirst();
    assertThat(received.content()).isInstanceOf(Content.Mail.class);
    return received;
  }

  private SendResult send(OutboundContent content) {
    return channel(Map.of()).send(Mailboxes.outbound(content));
  }

  private EmailChannel channel(Map<String, String> more) {
    return Mailboxes.channel(settings(more));
  }

  private Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("smtp-security", "none");
    settings.put("smtp-port", Integer.toString(server.port()));
    settings.putAll(more);
    return settings;
  }
}
