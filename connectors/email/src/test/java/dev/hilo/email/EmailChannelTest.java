package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.contract.ChannelContract;
import dev.hilo.channel.contract.ProviderAnswers;
import dev.hilo.channel.contract.StatusCase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmailChannelTest implements ChannelContract {

  private static final GreenMail SERVER = new GreenMail(ServerSetup.SMTP.dynamicPort());

  @BeforeAll
  static void startServer() {
    SERVER.start();
    SERVER.setUser(Mailboxes.ADDRESS, Mailboxes.ADDRESS, Mailboxes.PASSWORD);
  }

  @AfterAll
  static void stopServer() {
    SERVER.stop();
  }

  @Override
  public ChannelProvider provider() {
    return new EmailProvider();
  }

  @Override
  public ChannelSettings settings() {
    return Mailboxes.settings(
        Map.of("smtp-security", "none", "smtp-port", Integer.toString(SERVER.getSmtp().getPort())));
  }

  @Override
  public Map<String, ChannelSettings> invalidSettings() {
    String account = "hilo.channels.email.accounts.soporte.settings.";
    return Map.ofEntries(
        Map.entry(
            "hilo.channels.email.settings.message-id-secret",
            Mailboxes.settings(Map.of("message-id-secret", "too short"), Map.of())),
        Map.entry(account + "address", Mailboxes.settings(Map.of("address", "soporte"))),
        Map.entry(account + "password", Mailboxes.settings(Map.of("password", " "))),
        Map.entry(account + "imap-host", Mailboxes.settings(Map.of("imap-host", "imaps://x"))),
        Map.entry(account + "imap-port", Mailboxes.settings(Map.of("imap-port", "0"))),
        Map.entry(account + "smtp-security", Mailboxes.settings(Map.of("smtp-security", "ssl"))),
        Map.entry(account + "max-size", Mailboxes.settings(Map.of("max-size", "25"))),
        Map.entry(account + "poll-interval", Mailboxes.settings(Map.of("poll-interval", "60"))),
        Map.entry(account + "idle-limit", Mailboxes.settings(Map.of("idle-limit", "PT29M"))),
        Map.entry(account + "look-back", Mailboxes.settings(Map.of("look-back", "a week"))),
        Map.entry(account + "mark-seen", Mailboxes.settings(Map.of("mark-seen", "yes"))),
        Map.entry(account + "oauth", Mailboxes.settings(Map.of("oauth", "yahoo"))),
        Map.entry(account + "oauth-client-id", Mailboxes.settings(Map.of("oauth", "google"))),
        Map.entry(
            account + "oauth-token-address",
            Mailboxes.settings(
                Map.of(
                    "oauth", "custom", "oauth-token-address", "http://login.provider.example"))));
  }

  @Override
  public Set<String> secrets() {
    return Set.of(Mailboxes.SECRET, Mailboxes.PASSWORD);
  }

  @Override
  public RawDelivery signed(byte[] body) {
    return Mailboxes.delivery(Mailboxes.signed(body));
  }

  @Override
  public List<RawDelivery> badlySigned(byte[] body) {
    // Nobody hands mail to us: we fetch it.
    return List.of();
  }

  @Override
  public List<RawDelivery> forOtherAccounts() {
    byte[] mail = batch();
    return List.of(
        new RawDelivery(
            Optional.of(new AccountId("ventas")), Map.of(), Map.of(), mail, Mailboxes.NOW),
        new RawDelivery(Optional.empty(), Map.of(), Map.of(), mail, Mailboxes.NOW));
  }

  @Override
  public List<String> elementPaths() {
    // Mails are no JSON.
    return List.of();
  }

  @Override
  public byte[] batch() {
    return Mailboxes.bytes(
        """
        From: Ana <ana@cliente.example>
        To: soporte@tienda.example
        Subject: Mi pedido
        Message-ID: <1@cliente.example>
        Date: Fri, 20 Nov 2026 11:00:00 +0000

        Hola
        """);
  }

  @Override
  public List<byte[]> unknownKinds() {
    return List.of(
        ofType("message/partial; id=\"x@cliente.example\"; number=1; total=3"),
        ofType("message/external-body; access-type=URL; URL=\"http://cliente.example/x\""),
        ofType("message/hologram"));
  }

  private static byte[] ofType(String type) {
    return Mailboxes.bytes(
        """
        From: Ana <ana@cliente.example>
        To: soporte@tienda.example
        Subject: Una parte
        Message-ID: <2@cliente.example>
        MIME-Version: 1.0
        Content-Type: %s

        Content-Type: text/plain

        algo
        """
            .formatted(type));
  }

  @Override
  public List<byte[]> ownEchoes() {
    return List.of(
        Mailboxes.bytes(
            """
            From: Tienda Ejemplo <soporte@tienda.example>
            To: ana@cliente.example
            Subject: Re: Mi pedido
            Message-ID: <hilo.123.abcdefghijklmnop@tienda.example>

            Ya va.
            """),
        Mailboxes.bytes(
            """
            From: soporte@tienda.example
            To: soporte@tienda.example
            Subject: Recordatorio
            Message-ID: <3@tienda.example>

            Nota para mí.
            """));
  }

  @Override
  public List<StatusCase> statuses() {
    return List.of(
        new StatusCase("failed 5.1.1", report("failed", "5.1.1"), DeliveryState.FAILED),
        new StatusCase("failed 4.4.7", report("failed", "4.4.7"), DeliveryState.FAILED),
        new StatusCase("delivered", report("delivered", "2.1.5"), DeliveryState.DELIVERED),
        new StatusCase("relayed", report("relayed", "2.0.0"), DeliveryState.DELIVERED),
        new StatusCase("expanded", report("expanded", "2.1.5"), DeliveryState.DELIVERED),
        new StatusCase("displayed", receipt("displayed"), DeliveryState.READ));
  }

  @Override
  public byte[] unknownStatus() {
    return Mailboxes.bytes(
        new String(report("teleported", "5.1.1"), java.nio.charset.StandardCharsets.UTF_8)
            .replaceAll("(?m)^Status:.*\r\n", ""));
  }

  static byte[] report(String action, String status) {
    return Mailboxes.bytes(
        """
        Return-Path: <>
        From: MAILER-DAEMON@mx.cliente.example
        To: soporte@tienda.example
        Subject: Delivery Status Notification
        Message-ID: <dsn-%s-%s@mx.cliente.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: text/plain

        About your mail.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.cliente.example

        Final-Recipient: rfc822; ana@cliente.example
        Action: %s
        Status: %s

        --b
        Content-Type: text/rfc822-headers

        From: soporte@tienda.example
        To: ana@cliente.example
        Message-ID: <hilo.123.abcdefghijklmnop@tienda.example>

        --b--
        """
            .formatted(action, status, action, status));
  }

  static byte[] receipt(String disposition) {
    return Mailboxes.bytes(
        """
        From: Ana <ana@cliente.example>
        To: soporte@tienda.example
        Subject: Leído: Re: Mi pedido
        Message-ID: <mdn@cliente.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=disposition-notification; boundary=b

        --b
        Content-Type: text/plain

        Leído.
        --b
        Content-Type: message/disposition-notification

        Final-Recipient: rfc822; ana@cliente.example
        Original-Message-ID: <hilo.123.abcdefghijklmnop@tienda.example>
        Disposition: manual-action/MDN-sent-manually; %s

        --b--
        """
            .formatted(disposition));
  }

  @Override
  public OutboundMessage outbound(String text) {
    return Mailboxes.outbound(new OutboundContent.Text(text));
  }

  @Override
  public Optional<ProviderAnswers> answers() {
    // No HTTP: what mail servers answer is tested with SMTP, see SmtpSenderTest.
    return Optional.empty();
  }

  @org.junit.jupiter.api.Test
  void shouldPrintNoSecretWhenAskedForItsText() {
    assertThat(EmailSettings.of(settings()).toString())
        .doesNotContain(Mailboxes.SECRET)
        .doesNotContain(Mailboxes.PASSWORD)
        .doesNotContain(Mailboxes.ADDRESS);
  }
}
