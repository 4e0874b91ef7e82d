package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.RawDelivery;
import dev.hilo.email.Mailboxes.Inbox;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Receiving from Dovecot, the package {@code dovecot-imapd} of Debian: started with a configuration
 * and a folder of its own. Not run where it is not installed.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("try")
class DovecotIT {

  private static final String PASSWORD = "clave con eñe y \"comillas\"";

  private final Inbox inbox = new Inbox();
  private DovecotServer server;
  private CuttingProxy line;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    assumeTrue(
        DovecotServer.isInstalled(), "Dovecot is not installed: apt-get install dovecot-imapd");
    server = new DovecotServer(Mailboxes.ADDRESS, PASSWORD);
    line = new CuttingProxy(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    if (line != null) {
      line.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void shouldBeToldOfNewsWhileItWaits() throws Exception {
    // given: it would not ask by itself for long
    deliver("viejo");
    try (Receiving receiving = receiving(Map.of("poll-interval", "PT1H", "idle-limit", "PT28M"))) {
      assertThat(inbox.next()).isEqualTo("viejo");
      for (int i = 0; i < 3; i++) {
        int waits = i + 1;
        receiving.until(() -> idles() >= waits);
        // when
        deliver("nuevo " + i);
        // then
        assertThat(inbox.next()).isEqualTo("nuevo " + i);
      }
      receiving.until(() -> idles() >= 4);
    }
    assertThat(server.mails()).hasSize(4).allMatch(name -> name.endsWith(":2,S"));
  }

  @Test
  void shouldReadAgainWithoutDoublesWhenTheServerHasNumberedAnew() throws Exception {
    // given
    Set<String> stored = new LinkedHashSet<>();
    deliver("uno");
    deliver("dos");
    try (Receiving receiving = receiving(Map.of())) {
      stored.add(id(inbox.taken.poll(20, TimeUnit.SECONDS)));
      stored.add(id(inbox.taken.poll(20, TimeUnit.SECONDS)));
    }
    String before = inbox.cursor().orElseThrow();
    // when
    server.numberAnew();
    deliver("tres");
    try (Receiving receiving = receiving(Map.of())) {
      for (int i = 0; i < 3; i++) {
        stored.add(id(inbox.taken.poll(20, TimeUnit.SECONDS)));
      }
    }
    // then
    assertThat(stored).hasSize(3);
    assertThat(validity(inbox.cursor().orElseThrow())).isNotEqualTo(validity(before));
  }

  @Test
  void shouldGoOnFromThereWhenTheLineIsCutInTheMiddleOfAFetch() throws Exception {
    // given
    for (int i = 0; i < 20; i++) {
      deliver("correo " + i);
    }
    line.cutAfter(said -> said.contains("BODY.PEEK[]"), 3000);
    try (Receiving receiving = receiving(Map.of())) {
      assertThat(receiving.ended()).isInstanceOf(IOException.class);
    }
    // when
    line.cutNoMore();
    Set<String> subjects = new LinkedHashSet<>();
    try (Receiving receiving = receiving(Map.of())) {
      while (subjects.size() < 20) {
        subjects.add(inbox.next());
      }
    }
    // then
    assertThat(inbox.taken).isEmpty();
    assertThat(inbox.aside).isEmpty();
  }

  @Test
  void shouldReachTheOthersWhenTheServerCannotHandOneOut() throws Exception {
    // given
    deliver("uno");
    deliver("veneno");
    deliver("tres");
    // The server counts them before one is spoilt.
    try (Receiving receiving = receiving(Map.of("look-back", "PT0S"))) {
      receiving.until(() -> inbox.cursor().isPresent());
    }
    inbox.cursor.set(null);
    server.spoil(Mailboxes.bytes("Subject: veneno"));
    Set<String> subjects = new LinkedHashSet<>();
    // when
    for (int i = 0; i < 8 && !subjects.contains("tres"); i++) {
      try (Receiving receiving = receiving(Map.of())) {
        RawDelivery delivery = inbox.taken.poll(2, TimeUnit.SECONDS);
        while (delivery != null) {
          subjects.add(MailReader.read(delivery.body()).subject());
          delivery = inbox.taken.poll(1, TimeUnit.SECONDS);
        }
      }
    }
    // then
    assertThat(subjects).contains("uno", "tres").doesNotContain("veneno");
  }

  @Test
  void shouldGoOnWhenTheServerIsStartedAnew() throws Exception {
    // given
    deliver("uno");
    try (Receiving receiving = receiving(Map.of())) {
      assertThat(inbox.next()).isEqualTo("uno");
      // when
      server.stop();
      line.cutAll();
      assertThat(receiving.ended()).isInstanceOf(IOException.class);
    }
    server.start();
    deliver("dos");
    try (Receiving receiving = receiving(Map.of())) {
      // then
      assertThat(inbox.next()).isEqualTo("dos");
    }
  }

  @Test
  void shouldLoseNoneAndDoubleNoneOfAThousand() throws Exception {
    // given
    int count = 1000;
    for (int i = 0; i < count; i++) {
      deliver("correo " + i);
    }
    Set<String> stored = new LinkedHashSet<>();
    // when: stopped again and again, and cut in between
    for (int run = 0; stored.size() < count && run < 40; run++) {
      if (run % 3 == 1) {
        line.cutAfter(said -> said.contains("BODY.PEEK[]"), 4000);
      } else {
        line.cutNoMore();
      }
      int enough = Math.min(count, stored.size() + 120);
      try (Receiving receiving = receiving(Map.of())) {
        RawDelivery delivery = inbox.taken.poll(2, TimeUnit.SECONDS);
        while (delivery != null && stored.size() < enough) {
          stored.add(id(delivery));
          delivery = inbox.taken.poll(1, TimeUnit.SECONDS);
        }
        if (delivery != null) {
          stored.add(id(delivery));
        }
      }
      for (RawDelivery late = inbox.taken.poll(); late != null; late = inbox.taken.poll()) {
        stored.add(id(late));
      }
    }
    // then
    assertThat(stored).hasSize(count);
    assertThat(inbox.aside).isEmpty();
    assertThat(server.mails()).hasSize(count);
  }

  private static String validity(String cursor) {
    return cursor.replaceAll("(?s).*\"validity\":(\\d+).*", "$1");
  }

  private static String id(RawDelivery delivery) {
    ParseResult.Events events = (ParseResult.Events) Mailboxes.channel(Map.of()).parse(delivery);
    return events.events().getFirst().header().id().value();
  }

  private long idles() {
    return line.said().stream().filter(said -> said.endsWith(" IDLE")).count();
  }

  private Receiving receiving(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("imap-security", "none");
    settings.put("imap-port", Integer.toString(line.port()));
    settings.put("password", PASSWORD);
    settings.putAll(more);
    return new Receiving(Mailboxes.channel(settings, OutgoingFiles.NONE, Clock.systemUTC()), inbox);
  }

  private void deliver(String subject) throws IOException, InterruptedException {
    server.deliver(
        Mailboxes.bytes(
            """
            From: Ana <ana@cliente.example>
            To: soporte@tienda.example
            Subject: %s
            Message-ID: <%s@cliente.example>

            Hola
            """
                .formatted(subject, subject.replace(' ', '-'))));
  }
}
