package dev.hilo.simulators.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import dev.hilo.simulators.oauth.TokenCaller;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenLoginTest {

  private static final String CHALLENGE =
      "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"https://mail.google.com/\"}";

  private World world;
  private TokenCaller tokens;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
    tokens = new TokenCaller(world);
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldOpenMailboxWithToken() throws Exception {
    // given
    String token = tokens.accessToken();

    // when
    try (Store store = new MailClient(world, "XOAUTH2").open(MailWorld.TOKEN_SHOP, token)) {

      // then
      assertThat(new MailClient(world, "").inbox(store).getMessageCount()).isZero();
    }
  }

  @Test
  void shouldSendMailWithToken() throws Exception {
    // given
    MailClient client = new MailClient(world, "XOAUTH2");

    // when
    client.send(
        MailWorld.TOKEN_SHOP,
        tokens.accessToken(),
        client.mail(MailWorld.TOKEN_SHOP, "tom@example.com", "Hello"));

    // then
    JsonNode sent = world.get("/control/mail/sent").body();
    assertThat(sent.at("/0/login").asText()).isEqualTo(MailWorld.TOKEN_SHOP);
  }

  @Test
  void shouldNotOpenMailboxWithPasswordOrForeignToken() throws Exception {
    // given
    String token = tokens.accessToken();

    // when, then
    assertThatThrownBy(() -> new MailClient(world, "").open(MailWorld.TOKEN_SHOP, token))
        .isInstanceOf(AuthenticationFailedException.class);
    assertThatThrownBy(() -> new MailClient(world, "XOAUTH2").open(MailWorld.SHOP, token))
        .isInstanceOf(AuthenticationFailedException.class);
  }

  @Test
  void shouldForgetTokenAfterItsHour() throws Exception {
    // given
    String token = tokens.accessToken();

    // when
    world.put("/control/clock", "{\"advance\":\"PT59M\"}");
    new MailClient(world, "XOAUTH2").open(MailWorld.TOKEN_SHOP, token).close();
    world.put("/control/clock", "{\"advance\":\"PT2M\"}");

    // then
    assertThatThrownBy(() -> new MailClient(world, "XOAUTH2").open(MailWorld.TOKEN_SHOP, token))
        .isInstanceOf(AuthenticationFailedException.class);
  }

  @Test
  void shouldForgetTokensWhenRevoked() throws Exception {
    // given
    String token = tokens.accessToken();

    // when
    world.post("/control/mail/tokens/revoke", "{\"mailbox\":\"" + MailWorld.TOKEN_SHOP + "\"}");

    // then
    assertThatThrownBy(() -> new MailClient(world, "XOAUTH2").open(MailWorld.TOKEN_SHOP, token))
        .isInstanceOf(AuthenticationFailedException.class);
    assertThat(tokens.refresh(MailWorld.REFRESH_TOKEN).body().path("error").asText())
        .isEqualTo("invalid_grant");
  }

  @Test
  void shouldChallengeOverImapBeforeRefusing() throws Exception {
    // given
    try (Talk talk = new Talk(world.simulators.imapPort())) {
      assertThat(talk.read()).startsWith("* OK");

      // when
      talk.write("a1 AUTHENTICATE XOAUTH2 " + response("wrong"));
      String challenge = talk.read();
      talk.write("");
      String refusal = talk.read();
      talk.write("a2 NOOP");
      String next = talk.read();

      // then
      assertThat(challenge).startsWith("+ ");
      assertThat(decoded(challenge.substring(2))).isEqualTo(CHALLENGE);
      assertThat(refusal).startsWith("a1 NO ");
      assertThat(next).startsWith("a2 OK");
    }
  }

  @Test
  void shouldTakeTokenAfterContinuationOverImap() throws Exception {
    // given
    try (Talk talk = new Talk(world.simulators.imapPort())) {
      talk.read();

      // when
      talk.write("a1 AUTHENTICATE XOAUTH2");
      String prompt = talk.read();
      talk.write(response(tokens.accessToken()));

      // then
      assertThat(prompt).isEqualTo("+ ");
      assertThat(talk.read()).startsWith("a1 OK");
    }
  }

  @Test
  void shouldOfferTokenLoginOverImap() throws Exception {
    // given
    try (Talk talk = new Talk(world.simulators.imapPort())) {
      talk.read();

      // when
      talk.write("a1 CAPABILITY");

      // then
      assertThat(talk.read()).contains("AUTH=XOAUTH2", "SASL-IR", "IDLE", "UIDPLUS");
    }
  }

  @Test
  void shouldChallengeOverSmtpBeforeRefusing() throws Exception {
    // given
    try (Talk talk = new Talk(world.simulators.smtpPort())) {
      talk.read();

      // when
      talk.write("AUTH XOAUTH2 " + response("wrong"));
      String challenge = talk.read();
      talk.write("");
      String refusal = talk.read();
      talk.write("AUTH XOAUTH2");
      String prompt = talk.read();
      talk.write(response(tokens.accessToken()));

      // then
      assertThat(challenge).startsWith("334 ");
      assertThat(decoded(challenge.substring(4))).isEqualTo(CHALLENGE);
      assertThat(refusal).startsWith("535 5.7.3");
      assertThat(prompt).isEqualTo("334 ");
      assertThat(talk.read()).startsWith("235 ");
    }
  }

  private static String response(String token) {
    String text = "user=" + MailWorld.TOKEN_SHOP + "\1auth=Bearer " + token + "\1\1";
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
  }

  /** Lines to and from a server. */
  private static final class Talk implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;
    private final Writer out;

    Talk(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(30_000);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      out = new java.io.OutputStreamWriter(socket.getOutputStream(), StandardCharsets.US_ASCII);
    }

    void write(String line) throws IOException {
      out.write(line + "\r\n");
      out.flush();
    }

    String read() throws IOException {
      return String.valueOf(in.readLine());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
