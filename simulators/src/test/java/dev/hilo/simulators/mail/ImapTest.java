package dev.hilo.simulators.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.World;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImapTest {

  private World world;

  @BeforeEach
  void startWorld() throws IOException, InterruptedException {
    world = World.start();
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void shouldShowCustomersMailWhenLoggedInByPassword() throws Exception {
    // given
    String id = write("Hola", "¿Dónde está mi pedido?");

    // when
    try (Store store = byPassword()) {
      IMAPFolder inbox = new MailClient(world, "").inbox(store);
      MimeMessage mail = (MimeMessage) inbox.getMessage(1);

      // then
      assertThat(inbox.getMessageCount()).isEqualTo(1);
      assertThat(mail.getMessageID()).isEqualTo(id);
      assertThat(mail.getSubject()).isEqualTo("Hola");
      assertThat(mail.getFrom()[0]).hasToString("Ana <ana@example.com>");
      assertThat(mail.getContentType()).startsWith("multipart/alternative");
    }
  }

  @Test
  void shouldRefuseWrongPassword() {
    // when, then
    assertThatThrownBy(() -> new MailClient(world, "").open(MailWorld.SHOP, "wrong"))
        .isInstanceOf(AuthenticationFailedException.class);
  }

  @Test
  void shouldRefuseLoginOnDemandOnly() throws Exception {
    // given
    world.post(
        "/control/mail/faults",
        "{\"fault\":\"refuse-login\",\"mailbox\":\"" + MailWorld.SHOP + "\"}");

    // when, then
    assertThatThrownBy(this::byPassword)
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining("Invalid credentials");
    try (Store store = byPassword()) {
      assertThat(store.isConnected()).isTrue();
    }
  }

  @Test
  void shouldTellIdleClientAboutNews() throws Exception {
    // given
    try (Store store = byPassword();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IMAPFolder inbox = new MailClient(world, "").inbox(store);
      CountDownLatch news = new CountDownLatch(1);
      inbox.addMessageCountListener(
          new MessageCountAdapter() {
            @Override
            public void messagesAdded(MessageCountEvent event) {
              news.countDown();
            }
          });
      Future<?> waiting = threads.submit(() -> idle(inbox));
      awaitIdle();

      // when
      write("Novedad", "Hola");

      // then
      assertThat(news.await(30, TimeUnit.SECONDS)).isTrue();
      waiting.get(30, TimeUnit.SECONDS);
      assertThat(inbox.getMessageCount()).isEqualTo(1);
    }
  }

  @Test
  void shouldDropIdleClientsOnDemand() throws Exception {
    // given
    try (Store idleStore = byPassword();
        Store other = byPassword();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IMAPFolder inbox = new MailClient(world, "").inbox(idleStore);
      IMAPFolder busy = new MailClient(world, "").inbox(other);
      Future<Boolean> failed = threads.submit(() -> idleFails(inbox));
      awaitIdle();

      // when
      JsonNode dropped = world.post("/control/mail/idle/drop", "").body();

      // then
      assertThat(dropped.path("dropped").asInt()).isEqualTo(1);
      assertThat(failed.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(busy.getMessageCount()).isZero();
    }
  }

  @Test
  void shouldCutConnectionInTheMiddleOfFetch() throws Exception {
    // given
    write("Largo", "x".repeat(20_000));
    world.post("/control/mail/faults", "{\"fault\":\"cut-fetch\",\"afterBytes\":3000}");

    // when
    int whole;
    try (Store store = byPassword()) {
      IMAPFolder inbox = new MailClient(world, "").inbox(store);
      assertThatThrownBy(() -> bytes(inbox.getMessage(1))).isInstanceOf(Exception.class);
      assertThat(inbox.isOpen()).isFalse();
    }
    try (Store store = byPassword()) {
      whole = bytes(new MailClient(world, "").inbox(store).getMessage(1)).length;
    }

    // then
    assertThat(whole).isGreaterThan(40_000);
  }

  @Test
  void shouldChangeUidValidityOnDemand() throws Exception {
    // given
    String first = write("Uno", "1");
    String second = write("Dos", "2");
    long before;
    try (Store store = byPassword()) {
      IMAPFolder inbox = new MailClient(world, "").inbox(store);
      before = inbox.getUIDValidity();
      assertThat(((MimeMessage) inbox.getMessageByUID(1)).getMessageID()).isEqualTo(first);

      // when
      world.post(
          "/control/mail/boxes/" + encoded(MailWorld.SHOP) + "/uidvalidity", "{\"reversed\":true}");

      // then
      assertThatThrownBy(() -> inbox.getMessageByUID(2).getSubject()).isInstanceOf(Exception.class);
    }
    try (Store store = byPassword()) {
      IMAPFolder inbox = new MailClient(world, "").inbox(store);
      assertThat(inbox.getUIDValidity()).isGreaterThan(before);
      assertThat(inbox.getMessageCount()).isEqualTo(2);
      assertThat(((MimeMessage) inbox.getMessageByUID(1)).getMessageID()).isEqualTo(second);
    }
  }

  @Test
  void shouldAnswerSlowlyOnDemand() throws Exception {
    // given
    world.post("/control/mail/faults", "{\"fault\":\"slow\",\"delay\":\"PT0.4S\"}");

    // when
    long start = System.nanoTime();
    try (Store store = byPassword()) {
      store.isConnected();
    }

    // then
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(400));
  }

  @Test
  void shouldDeliverRawMailByteForByteAsOftenAsAsked() throws Exception {
    // given
    String raw = "Subject: =?x?=\r\nMessage-ID: <raw-1@example.com>\r\n\r\nbody\r\n.\r\nend";

    // when
    JsonNode answer = world.post("/control/mail/raw?copies=2&from=ana@example.com", raw).body();

    // then
    assertThat(answer.path("messageId").asText()).isEqualTo("<raw-1@example.com>");
    try (Store store = byPassword()) {
      IMAPFolder inbox = new MailClient(world, "").inbox(store);
      assertThat(inbox.getMessageCount()).isEqualTo(2);
      String fetched = new String(bytes(inbox.getMessage(2)), StandardCharsets.ISO_8859_1);
      assertThat(fetched).endsWith(raw).startsWith("Return-Path: <ana@example.com>\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource(MalformedMail.class)
  void shouldHandOutMalformedMail(MalformedMail kind) throws Exception {
    // when
    int status =
        world.post("/control/mail/malformed", "{\"kind\":\"" + kind.word() + "\"}").status();

    // then
    assertThat(status).isEqualTo(200);
    try (Store store = byPassword()) {
      IMAPFolder inbox = new MailClient(world, "").inbox(store);
      String fetched = new String(bytes(inbox.getMessage(1)), StandardCharsets.ISO_8859_1);
      String sent =
          new String(
              kind.bytes("nora@example.com", MailWorld.SHOP, "<id>"), StandardCharsets.ISO_8859_1);
      // Line ends become those of the wire, as on every server.
      assertThat(fetched.replace("\r\n", "\n"))
          .endsWith(sent.replaceAll("(?s).*<id>", "").replace("\r\n", "\n"));
    }
    assertThat(world.get("/control/mail/boxes/" + encoded(MailWorld.SHOP)).body()).hasSize(1);
  }

  @Test
  void shouldKeepFlagsThatAreSet() throws Exception {
    // given
    write("Uno", "1");

    // when
    try (Store store = byPassword()) {
      IMAPFolder inbox = new MailClient(world, "").inbox(store);
      inbox.getMessage(1).setFlag(jakarta.mail.Flags.Flag.SEEN, true);
    }

    // then
    JsonNode box = world.get("/control/mail/boxes/" + encoded(MailWorld.SHOP)).body();
    assertThat(box.at("/0/seen").asBoolean()).isTrue();
  }

  private Store byPassword() throws MessagingException {
    return new MailClient(world, "").open(MailWorld.SHOP, MailWorld.SHOP_PASSWORD);
  }

  private String write(String subject, String text) throws IOException, InterruptedException {
    return world
        .post(
            "/control/mail/inbound",
            "{\"from\":\"ana@example.com\",\"name\":\"Ana\",\"subject\":\"%s\",\"text\":\"%s\"}"
                .formatted(subject, text))
        .body()
        .path("messageId")
        .asText();
  }

  private void awaitIdle() throws IOException, InterruptedException {
    world.until("somebody is idle", "/control/mail", "/idle", 1);
  }

  private static Void idle(IMAPFolder inbox) throws MessagingException {
    inbox.idle(true);
    return null;
  }

  private static boolean idleFails(IMAPFolder inbox) {
    try {
      inbox.idle(true);
      return false;
    } catch (MessagingException | IllegalStateException e) {
      return true;
    }
  }

  private static byte[] bytes(Message mail) throws MessagingException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    mail.writeTo(out);
    return out.toByteArray();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
