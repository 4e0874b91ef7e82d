package dev.hilo.simulators.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpTest {

  private static final String ANA = "ana@example.com";

  private World world;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
    world.post("/control/mail/customers", "{\"address\":\"" + ANA + "\",\"name\":\"Ana\"}");
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldDeliverToCustomer() throws Exception {
    // when
    send(ANA);

    // then
    JsonNode mail = box(ANA).get(0);
    assertThat(mail.path("messageId").asText()).isEqualTo("<out-1@tienda-aurora.example>");
    assertThat(mail.path("text").asText()).isEqualTo("Hola,\r\n.\r\n..y un punto\r\n");
    JsonNode sent = world.get("/control/mail/sent?to=" + ANA).body();
    assertThat(sent.at("/0/from").asText()).isEqualTo(MailWorld.SHOP);
    assertThat(sent.at("/0/messageId").asText()).isEqualTo("<out-1@tienda-aurora.example>");
  }

  @Test
  void shouldMakeMailboxForUnknownCustomer() throws Exception {
    // when
    send("nueva@example.org");

    // then
    assertThat(box("nueva@example.org")).hasSize(1);
  }

  @Test
  void shouldRefuseUnknownRecipientsWhenTold() throws Exception {
    // given
    world.put("/control/mail/settings", "{\"unknownRecipients\":\"refuse\"}");

    // when, then
    assertThat(refusalOf("nueva@example.org")).startsWith("550 5.1.1");
    assertThat(refusalOf("nadie@tienda-aurora.example")).startsWith("550 5.1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "greylist,         '',                            451 4.7.1",
    "refuse-recipient, '',                            550 5.1.1",
    "refuse-recipient, 452 4.2.2 Over quota,          452 4.2.2",
  })
  void shouldRefuseRecipientOnceOnDemand(String fault, String reply, String expected)
      throws Exception {
    // given
    String own = reply.isEmpty() ? "" : ",\"reply\":\"" + reply + "\"";
    world.post(
        "/control/mail/faults",
        "{\"fault\":\"" + fault + "\",\"mailbox\":\"" + ANA + "\"" + own + "}");

    // when
    String refusal = refusalOf(ANA);
    send(ANA);

    // then
    assertThat(refusal).startsWith(expected);
    assertThat(box(ANA)).hasSize(1);
  }

  @Test
  void shouldRefuseContentOnDemand() throws Exception {
    // given
    world.post("/control/mail/faults", "{\"fault\":\"refuse-data\",\"reply\":\"554 5.7.1 Spam\"}");

    // when, then
    assertThatThrownBy(() -> send(ANA)).hasMessageContaining("554 5.7.1 Spam");
    assertThat(box(ANA)).isEmpty();
  }

  @Test
  void shouldAcceptButNotSaySoOnDemand() throws Exception {
    // given
    world.post("/control/mail/faults", "{\"fault\":\"cut-after-data\"}");

    // when, then
    assertThatThrownBy(() -> send(ANA)).isInstanceOf(MessagingException.class);
    assertThat(box(ANA)).hasSize(1);
  }

  @Test
  void shouldNotLetAnybodySend() {
    // given
    MailClient client = new MailClient(world, "");

    // when, then
    assertThatThrownBy(
            () -> client.send(MailWorld.SHOP, "wrong", client.mail(MailWorld.SHOP, ANA, "Hola")))
        .isInstanceOf(AuthenticationFailedException.class);
    assertThatThrownBy(
            () ->
                client.send(
                    MailWorld.SHOP,
                    MailWorld.SHOP_PASSWORD,
                    client.mail("boss@tienda-aurora.example", ANA, "Hola")))
        .hasMessageContaining("550 5.7.60");
  }

  @ParameterizedTest
  @CsvSource({
    "bounce,      failed,  5.1.1, '',                        0",
    "bounce,      failed,  5.2.2, 552 5.2.2 Mailbox full,    0",
    "delay-notice, delayed, 4.4.1, '',                       1",
  })
  void shouldSendDeliveryStatus(
      String fault, String action, String status, String reply, int delivered) throws Exception {
    // given
    String own = reply.isEmpty() ? "" : ",\"reply\":\"" + reply + "\"";
    world.post(
        "/control/mail/faults",
        "{\"fault\":\"" + fault + "\",\"mailbox\":\"" + ANA + "\"" + own + "}");

    // when
    send(ANA);

    // then
    MimeMessage notice = notice();
    MimeMultipart report = (MimeMultipart) notice.getContent();
    assertThat(notice.getContentType())
        .startsWith("multipart/report")
        .contains("report-type=delivery-status");
    assertThat(notice.getHeader("Return-Path", null)).isEqualTo("<>");
    assertThat(notice.getFrom()[0].toString()).contains("mailer-daemon@");
    assertThat(report.getCount()).isEqualTo(3);
    assertThat(report.getBodyPart(1).getContentType()).isEqualTo("message/delivery-status");
    String machine = text(report, 1);
    assertThat(machine)
        .contains("Reporting-MTA: dns; ")
        .contains("\r\n\r\nFinal-Recipient: rfc822; " + ANA)
        .contains("Action: " + action)
        .contains("Status: " + status)
        .contains("Diagnostic-Code: smtp; ");
    assertThat(report.getBodyPart(2).getContentType()).isEqualTo("message/rfc822");
    assertThat(text(report, 2)).contains("Message-ID: <out-1@tienda-aurora.example>");
    assertThat(box(ANA)).hasSize(delivered);
  }

  @Test
  void shouldSendAbuseReport() throws Exception {
    // given
    world.post("/control/mail/faults", "{\"fault\":\"complaint\"}");

    // when
    send(ANA);

    // then
    MimeMessage report = notice();
    assertThat(report.getContentType()).contains("report-type=feedback-report");
    assertThat(text((MimeMultipart) report.getContent(), 1))
        .contains("Feedback-Type: abuse", "Original-Rcpt-To: <" + ANA + ">");
  }

  @Test
  void shouldSendReadReceipt() throws Exception {
    // given
    world.post("/control/mail/faults", "{\"fault\":\"read-receipt\"}");

    // when
    send(ANA);

    // then
    MimeMessage receipt = notice();
    assertThat(receipt.getContentType()).contains("report-type=disposition-notification");
    assertThat(text((MimeMultipart) receipt.getContent(), 1))
        .contains("Original-Message-ID: <out-1@tienda-aurora.example>")
        .contains("; displayed");
  }

  @Test
  void shouldAnswerOnceWhileAway() throws Exception {
    // given
    world.post(
        "/control/mail/customers",
        "{\"address\":\"" + ANA + "\",\"name\":\"Ana Gómez\",\"away\":\"De vacaciones\"}");

    // when
    send(ANA);
    MimeMessage answer = notice();
    send(ANA);

    // then
    assertThat(answer.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
    assertThat(answer.getHeader("In-Reply-To", null)).isEqualTo("<out-1@tienda-aurora.example>");
    assertThat(answer.getFrom()[0]).hasToString("=?UTF-8?B?QW5hIEfDs21leg==?= <" + ANA + ">");
    assertThat(answer.getContent().toString()).contains("De vacaciones");
    assertThat(world.get(boxPath(MailWorld.SHOP) + "?atLeast=2&within=PT0.3S").body()).hasSize(1);
  }

  @Test
  void shouldReturnCustomersMailToNobody() throws Exception {
    // when
    world.post(
        "/control/mail/inbound",
        "{\"from\":\"" + ANA + "\",\"to\":\"nadie@tienda-aurora.example\",\"text\":\"Hola\"}");

    // then
    JsonNode inbox = world.get(boxPath(ANA) + "?atLeast=1&within=PT30S").body();
    assertThat(inbox.at("/0/from").asText()).startsWith("mailer-daemon@");
  }

  @Test
  void shouldDeliverToMailboxBehindDetail() throws Exception {
    // when
    world.post(
        "/control/mail/inbound",
        "{\"from\":\""
            + ANA
            + "\",\"to\":\"ayuda+t0ken@tienda-aurora.example\",\"text\":\"Hola\"}");

    // then
    MimeMessage mail = notice();
    assertThat(mail.getHeader("Delivered-To", null)).isEqualTo("ayuda+t0ken@tienda-aurora.example");
  }

  private void send(String to) throws MessagingException {
    MailClient client = new MailClient(world, "");
    client.send(MailWorld.SHOP, MailWorld.SHOP_PASSWORD, client.mail(MailWorld.SHOP, to, "Hola"));
  }

  private String refusalOf(String recipient) throws MessagingException {
    try {
      send(recipient);
    } catch (SendFailedException e) {
      if (e.getNextException() instanceof SMTPAddressFailedException refused) {
        return String.valueOf(refused.getMessage()).strip();
      }
      throw e;
    }
    throw new AssertionError("the recipient was accepted");
  }

  private JsonNode box(String address) throws IOException, InterruptedException {
    return world.get(boxPath(address)).body();
  }

  private static String boxPath(String address) {
    return "/control/mail/boxes/" + URLEncoder.encode(address, StandardCharsets.UTF_8);
  }

  /** The first mail in the shop's mailbox. */
  private MimeMessage notice() throws Exception {
    JsonNode inbox = world.get(boxPath(MailWorld.SHOP) + "?atLeast=1&within=PT30S").body();
    byte[] bytes =
        world
            .client()
            .send(
                java.net.http.HttpRequest.newBuilder(
                        world
                            .simulators
                            .address()
                            .resolve(boxPath(MailWorld.SHOP) + "/" + inbox.at("/0/uid").asLong()))
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.ofByteArray())
            .body();
    return new MimeMessage(RawMail.SESSION, new ByteArrayInputStream(bytes));
  }

  private static String text(MimeMultipart report, int part) throws Exception {
    return new String(
        report.getBodyPart(part).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
