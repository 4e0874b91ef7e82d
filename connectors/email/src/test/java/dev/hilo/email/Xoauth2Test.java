package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Login with a token, and the reason when it is refused. */
class Xoauth2Test {

  private static final String TOKEN = "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg";
  private static final String CHALLENGE =
      Base64.getEncoder()
          .encodeToString(
              "{\"status\":\"401\",\"schemes\":\"bearer mac\",\"scope\":\"https://mail.google.com/\"}"
                  .getBytes(StandardCharsets.UTF_8));

  @Test
  void shouldWriteTheLineThatTheProviderDocuments() throws IOException {
    // given
    try (SmtpScript server = new SmtpScript().offering("AUTH XOAUTH2")) {
      // when
      SendResult result = send(server);
      // then
      assertThat(result).isInstanceOf(SendResult.Accepted.class);
      assertThat(server.said())
          .contains(
              "AUTH XOAUTH2 dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxb"
                  + "VRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==");
    }
  }

  @Test
  void shouldSayWhyWhenSmtpRefusesTheToken() throws IOException {
    // given
    try (SmtpScript server = new SmtpScript().offering("AUTH XOAUTH2")) {
      server.on("AUTH", "334 " + CHALLENGE).on("(empty)", "535 5.7.8 not accepted");
      // when
      SendResult result = send(server);
      // then
      assertThat(result)
          .isInstanceOfSatisfying(
              SendResult.Rejected.class,
              rejected -> {
                assertThat(rejected.failure().error()).isEqualTo(DeliveryError.CREDENTIALS_EXPIRED);
                assertThat(rejected.failure().detail())
                    .isEqualTo(
                        "the server refuses the token (status 401, scope"
                            + " https://mail.google.com/)");
              });
    }
  }

  @Test
  void shouldSayWhyWhenImapRefusesTheToken() throws IOException, InterruptedException {
    // given
    List<String> said = new CopyOnWriteArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> refuse(server, said));
      Mailboxes.Inbox inbox = new Mailboxes.Inbox();
      // when
      try {
        channel(Map.of("imap-port", Integer.toString(server.getLocalPort())))
            .receive(Mailboxes.SUPPORT, inbox);
        throw new AssertionError("the token was refused");
      } catch (IOException e) {
        // then
        assertThat(e)
            .hasMessage(
                "the server refuses the token (status 401, scope https://mail.google.com/)");
      }
      assertThat(said).contains("");
    }
  }

  private static void refuse(ServerSocket server, List<String> said) {
    try (Socket client = server.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      write(client, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready");
      String tag = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        said.add(line);
        if (line.contains("AUTHENTICATE")) {
          tag = line.split(" ", 2)[0];
          write(client, "+ " + CHALLENGE);
        } else if (line.isEmpty()) {
          write(client, tag + " NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)");
        } else {
          write(client, line.split(" ", 2)[0] + " OK done");
        }
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private static void write(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  private static SendResult send(SmtpScript server) {
    return channel(Map.of("smtp-port", Integer.toString(server.port())))
        .send(Mailboxes.outbound(new OutboundContent.Text("Hola")));
  }

  private static EmailChannel channel(Map<String, String> ports) {
    Map<String, String> settings =
        new java.util.HashMap<>(
            Map.of(
                "oauth", "google",
                "user", "someuser@example.com",
                "oauth-client-id", "app",
                "oauth-client-secret", "the-client-secret",
                "oauth-refresh-token", "the-refresh-token",
                "imap-security", "none",
                "smtp-security", "none"));
    settings.putAll(ports);
    ScriptedHttp http =
        ScriptedHttp.answering(
            new Answered(
                200,
                Map.of(),
                ("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3599}")
                    .getBytes(StandardCharsets.UTF_8)));
    return (EmailChannel)
        new EmailProvider()
            .create(
                Mailboxes.settings(settings),
                new ChannelContext(
                    http, Mailboxes.CLOCK, OutgoingFiles.NONE, CredentialStore.NONE));
  }
}
