package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.PolledChannel.Outcome;
import dev.hilo.channel.RawDelivery;
import dev.hilo.email.Mailboxes.Inbox;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Receiving from a real server in this process, over a line that can be cut. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("try")
class ImapMailboxTest {

  private static final Session SESSION = Session.getInstance(new Properties());

  private final GreenMail server = new GreenMail(ServerSetup.IMAP.dynamicPort());
  private final Inbox inbox = new Inbox();
  private GreenMailUser user;
  private CuttingProxy line;

  @BeforeEach
  void start() throws IOException {
    server.start();
    user = server.setUser(Mailboxes.ADDRESS, Mailboxes.ADDRESS, Mailboxes.PASSWORD);
    line = new CuttingProxy(server.getImap().getPort());
  }

  @AfterEach
  void stop() throws IOException {
    line.close();
    server.stop();
  }

  @Test
  void shouldHandOverInOrderWhenMailsWereThere() throws Exception {
    // given
    deliver("uno", "dos", "tres");
    // when
    try (Receiving receiving = receiving(Map.of())) {
      // then
      assertThat(inbox.next()).isEqualTo("uno");
      assertThat(inbox.next()).isEqualTo("dos");
      assertThat(inbox.next()).isEqualTo("tres");
      assertThat(inbox.health.take().connected()).isTrue();
    }
    assertThat(flagged()).containsExactly(true, true, true);
  }

  @Test
  void shouldBeToldOfNewsWhileItWaits() throws Exception {
    // given: it would not ask by itself for long
    Map<String, String> patient = Map.of("poll-interval", "PT1H", "idle-limit", "PT28M");
    try (Receiving receiving = receiving(patient)) {
      for (int i = 0; i < 5; i++) {
        int waits = i + 1;
        receiving.until(() -> idles() >= waits);
        // when
        deliver("nuevo " + i);
        // then
        assertThat(inbox.next()).isEqualTo("nuevo " + i);
      }
    }
  }

  private long idles() {
    return line.said().stream().filter(said -> said.endsWith(" IDLE")).count();
  }

  @Test
  void shouldWaitAnewWhenTheWaitHasLastedLongEnough() throws Exception {
    // given
    try (Receiving receiving = receiving(Map.of("idle-limit", "PT1S"))) {
      // when
      receiving.until(() -> idles() >= 3);
      deliver("uno");
      // then
      assertThat(inbox.next()).isEqualTo("uno");
    }
  }

  @Test
  void shouldAskNowAndThenWhenTheServerCannotTell() throws Exception {
    // given
    line.rewrite(text -> text.replace(" IDLE", " XDLE"));
    try (Receiving receiving = receiving(Map.of("poll-interval", "PT0.2S"))) {
      // when
      deliver("uno");
      assertThat(inbox.next()).isEqualTo("uno");
      deliver("dos");
      // then
      assertThat(inbox.next()).isEqualTo("dos");
      assertThat(line.said()).noneMatch(said -> said.endsWith(" IDLE"));
    }
  }

  @Test
  void shouldAskNowAndThenWhenWaitingKeepsBreaking() throws Exception {
    // given
    EmailChannel channel = channel(Map.of("poll-interval", "PT0.2S"));
    line.cutAfter(said -> said.strip().endsWith(" IDLE"), 0);
    for (int i = 0; i < 3; i++) {
      try (Receiving receiving = new Receiving(channel, inbox)) {
        assertThat(receiving.ended()).isInstanceOf(IOException.class);
      }
    }
    // when
    try (Receiving receiving = new Receiving(channel, inbox)) {
      deliver("uno");
      // then
      assertThat(inbox.next()).isEqualTo("uno");
    }
  }

  @Test
  void shouldStopWhenAskedWhileItWaits() throws Exception {
    // given
    Receiving receiving = receiving(Map.of());
    deliver("uno");
    assertThat(inbox.next()).isEqualTo("uno");
    // when
    receiving.close();
    // then
    assertThat(receiving.ended()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void shouldReadOnlyWhatIsNewWhenItComesBack() throws Exception {
    // given
    deliver("uno");
    try (Receiving receiving = receiving(Map.of())) {
      assertThat(inbox.next()).isEqualTo("uno");
    }
    deliver("dos");
    // when
    try (Receiving receiving = receiving(Map.of())) {
      // then
      assertThat(inbox.next()).isEqualTo("dos");
    }
    assertThat(inbox.taken).isEmpty();
  }

  @Test
  void shouldReadAgainWhenTheServerHasNumberedAnew() throws Exception {
    // given
    deliver("uno", "dos");
    try (Receiving receiving = receiving(Map.of())) {
      assertThat(inbox.next()).isEqualTo("uno");
      assertThat(inbox.next()).isEqualTo("dos");
    }
    Set<String> before = new HashSet<>(List.of(id(deliverAndTake("tres"))));
    String kept = inbox.cursor().orElseThrow();
    inbox.cursor.set(kept.replaceAll("\"validity\":\\d+", "\"validity\":1"));
    // when
    try (Receiving receiving = receiving(Map.of())) {
      // then
      assertThat(inbox.next()).isEqualTo("uno");
      assertThat(inbox.next()).isEqualTo("dos");
      RawDelivery again = inbox.taken.poll(30, TimeUnit.SECONDS);
      assertThat(before).containsExactly(id(again));
    }
  }

  private RawDelivery deliverAndTake(String subject) throws Exception {
    deliver(subject);
    try (Receiving receiving = receiving(Map.of())) {
      return inbox.taken.poll(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldReadNothingOldWhenLookBackIsZero() throws Exception {
    // given
    deliver("viejo");
    // when
    try (Receiving receiving = receiving(Map.of("look-back", "PT0S", "poll-interval", "PT1S"))) {
      assertThat(inbox.health.poll(30, TimeUnit.SECONDS).connected()).isTrue();
      receiving.until(() -> inbox.cursor().isPresent());
      deliver("nuevo");
      // then
      assertThat(inbox.next()).isEqualTo("nuevo");
    }
  }

  @Test
  void shouldGoOnFromThereWhenTheLineIsCutInTheMiddleOfAFetch() throws Exception {
    // given
    deliver("uno", "dos", "tres");
    line.cutAfter(said -> said.contains("BODY.PEEK[]"), 300);
    try (Receiving receiving = receiving(Map.of())) {
      assertThat(receiving.ended()).isInstanceOf(IOException.class).message().hasLineCount(1);
    }
    assertThat(inbox.health.take().connected()).isTrue();
    assertThat(inbox.health.take().connected()).isFalse();
    // when
    line.cutNoMore();
    try (Receiving receiving = receiving(Map.of())) {
      // then
      assertThat(List.of(inbox.next(), inbox.next(), inbox.next()))
          .containsExactlyInAnyOrder("uno", "dos", "tres");
    }
    assertThat(inbox.aside).isEmpty();
  }

  @Test
  void shouldSetAsideWhatBreaksTheLineEachTime() throws Exception {
    // given
    deliver("uno", "veneno", "tres");
    line.cutAfter(
        said -> said.matches("(?s).*UID FETCH (?:\\d+,)*2(?:,\\d+)* .*BODY.PEEK\\[].*"), 0);
    Set<String> subjects = new LinkedHashSet<>();
    // when
    for (int i = 0; i < 4; i++) {
      try (Receiving receiving = receiving(Map.of())) {
        assertThat(receiving.ended()).isInstanceOf(IOException.class);
      }
    }
    try (Receiving receiving = receiving(Map.of())) {
      deliver("cuatro");
      while (!subjects.contains("cuatro")) {
        subjects.add(inbox.next());
      }
    }
    // then
    assertThat(subjects).containsExactlyInAnyOrder("uno", "tres", "cuatro");
    assertThat(inbox.aside).singleElement().asString().contains("the connection broke each time");
  }

  @Test
  void shouldHandOverAgainWhenItCouldNotBeTaken() throws Exception {
    // given: what came after it was taken beside it
    deliver("uno", "dos", "tres");
    inbox.taking =
        delivery -> {
          if (new String(delivery.body(), StandardCharsets.UTF_8).contains("dos")) {
            throw new IOException("the store is down");
          }
          return new Outcome.Taken();
        };
    try (Receiving receiving = receiving(Map.of())) {
      assertThat(receiving.ended()).hasMessage("the store is down");
    }
    assertThat(inbox.next()).isEqualTo("uno");
    assertThat(inbox.next()).isEqualTo("tres");
    assertThat(flagged()).containsExactly(true, false, false);
    // when
    inbox.taking = delivery -> new Outcome.Taken();
    try (Receiving receiving = receiving(Map.of())) {
      // then
      assertThat(inbox.next()).isEqualTo("dos");
      assertThat(inbox.next()).isEqualTo("tres");
    }
    assertThat(inbox.taken).isEmpty();
    assertThat(flagged()).containsExactly(true, true, true);
  }

  @Test
  void shouldLeaveUnreadWhatWasSetAside() throws Exception {
    // given
    deliver("raro", "uno");
    inbox.taking =
        delivery ->
            new String(delivery.body(), StandardCharsets.UTF_8).contains("raro")
                ? new Outcome.SetAside()
                : new Outcome.Taken();
    // when
    try (Receiving receiving = receiving(Map.of())) {
      assertThat(inbox.next()).isEqualTo("raro");
      assertThat(inbox.next()).isEqualTo("uno");
    }
    // then
    assertThat(flagged()).containsExactly(false, true);
  }

  @Test
  void shouldSetAsideWithItsHeaderWhenTooLarge() throws Exception {
    // given
    user.deliver(mail("enorme", "x".repeat(70_000)));
    deliver("uno");
    // when
    try (Receiving receiving = receiving(Map.of("max-size", "64KB"))) {
      // then
      assertThat(inbox.next()).isEqualTo("uno");
      assertThat(inbox.aside.poll())
          .contains("at most 65536 are read")
          .doesNotContain("(0 bytes)")
          .doesNotContain("7000");
    }
    assertThat(line.said()).noneMatch(said -> said.contains("UID FETCH 1 (UID BODY.PEEK[])"));
  }

  @Test
  void shouldSayWhyWhenTheLoginIsRefused() throws Exception {
    // when
    try (Receiving receiving = receiving(Map.of("password", "falsa-y-larga"))) {
      // then
      assertThat(receiving.ended())
          .isInstanceOf(IOException.class)
          .message()
          .doesNotContain("falsa-y-larga")
          .doesNotContain(Mailboxes.ADDRESS);
    }
    assertThat(inbox.health.take().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.aspect()).isEqualTo(Aspect.CREDENTIALS));
  }

  @Test
  void shouldReadWhatWasSentWithAnotherProgramWhenThereIsAFolderForIt() throws Exception {
    // given
    MailFolder sent = server.getManagers().getImapHostManager().createMailbox(user, "Enviados");
    MimeMessage answer =
        new MimeMessage(
            SESSION,
            new ByteArrayInputStream(
                Mailboxes.bytes(
                    """
                    From: soporte@tienda.example
                    To: ana@cliente.example
                    Subject: Re: uno
                    Message-ID: <mano@tienda.example>

                    Listo.
                    """)));
    sent.store(answer);
    // when
    EmailChannel channel = channel(Map.of("sent-folder", "Enviados"));
    try (Receiving receiving = new Receiving(channel, inbox)) {
      RawDelivery delivery = inbox.taken.poll(30, TimeUnit.SECONDS);
      // then
      ParseResult.Events events = (ParseResult.Events) channel.parse(delivery);
      assertThat(events.events())
          .singleElement()
          .isInstanceOf(ChannelEvent.MessageSentElsewhere.class);
    }
  }

  @Test
  void shouldLoseNoneAndDoubleNoneOfManyWhenStoppedAgainAndAgain() throws Exception {
    // given: the thousand are DovecotIT's, this server's work grows with their square
    int count = 240;
    String[] subjects = new String[count];
    for (int i = 0; i < count; i++) {
      subjects[i] = "correo " + i;
    }
    deliver(subjects);
    Set<String> stored = new LinkedHashSet<>();
    int cuts = 0;
    // when
    while (stored.size() < count) {
      int stopAt = stored.size() + 31;
      if (cuts % 2 == 0) {
        line.cutNoMore();
      } else {
        line.cutAfter(said -> said.contains("BODY.PEEK[]") && stored.size() > 45, 2000);
      }
      try (Receiving receiving = receiving(Map.of())) {
        while (stored.size() < Math.min(count, stopAt)) {
          RawDelivery delivery = inbox.taken.poll(1, TimeUnit.SECONDS);
          if (delivery == null) {
            break;
          }
          stored.add(id(delivery));
        }
      }
      // What was taken before the stop counts as well: the cursor is behind it.
      for (RawDelivery late = inbox.taken.poll(); late != null; late = inbox.taken.poll()) {
        stored.add(id(late));
      }
      cuts++;
      if (cuts > 60) {
        break;
      }
    }
    // then
    assertThat(stored).hasSize(count);
    assertThat(inbox.aside).isEmpty();
  }

  private String id(RawDelivery delivery) {
    ParseResult.Events events = (ParseResult.Events) Mailboxes.channel(Map.of()).parse(delivery);
    return events.events().getFirst().header().id().value();
  }

  private Receiving receiving(Map<String, String> more) {
    return new Receiving(channel(more), inbox);
  }

  private EmailChannel channel(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("imap-security", "none");
    settings.put("imap-port", Integer.toString(line.port()));
    settings.putAll(more);
    return Mailboxes.channel(settings, OutgoingFiles.NONE, Clock.systemUTC());
  }

  private void deliver(String... subjects) throws MessagingException {
    for (String subject : subjects) {
      user.deliver(mail(subject, "Hola"));
    }
  }

  private static MimeMessage mail(String subject, String text) throws MessagingException {
    return new MimeMessage(
        SESSION,
        new ByteArrayInputStream(
            Mailboxes.bytes(
                """
                From: Ana <ana@cliente.example>
                To: soporte@tienda.example
                Subject: %s
                Message-ID: <%s@cliente.example>

                %s
                """
                    .formatted(subject, subject.replace(' ', '-'), text))));
  }

  private List<Boolean> flagged() throws Exception {
    return server.getManagers().getImapHostManager().getInbox(user).getMessages().stream()
        .map(message -> message.getFlags().contains(Flags.Flag.SEEN))
        .toList();
  }
}
