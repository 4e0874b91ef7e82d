package dev.hilo.email;

import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.PolledChannel.Receiver;
import dev.hilo.email.EmailSettings.Mailbox;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;

/**
 * Receives a mailbox's mail over IMAP: told of news while it waits (IDLE), or asking now and then
 * where the server cannot tell.
 *
 * <p>Source: RFC 3501, RFC 2177.
 */
final class ImapMailbox {

  private static final int BROKEN_WAITS = 3;
  private static final Duration SHORT_WAIT = Duration.ofMinutes(1);
  private static final Duration WAKING = Duration.ofSeconds(90);

  private final Mailbox mailbox;
  private final MailboxLogin login;
  private final Clock clock;

  /** How often in a row a wait for news broke soon after it began. */
  private final AtomicInteger brokenWaits = new AtomicInteger();

  private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();

  ImapMailbox(Mailbox mailbox, MailboxLogin login, Clock clock) {
    this.mailbox = mailbox;
    this.login = login;
    this.clock = clock;
  }

  /** Receives until interrupted or the connection ends. */
  void receive(Receiver receiver) throws IOException, InterruptedException {
    ImapCursor cursor = ImapCursor.of(receiver.cursor());
    try (IMAPStore store = connect()) {
      trouble.set(null);
      receiver.report(new Health(true, Optional.empty(), List.of()));
      String watched = mailbox.folders().getFirst();
      try (ImapFolder folder = open(store, watched)) {
        for (boolean opened = true; ; opened = false) {
          cursor = pass(folder, watched, cursor, receiver, opened);
          for (String other : others()) {
            try (ImapFolder unwatched = open(store, other)) {
              cursor = pass(unwatched, other, cursor, receiver, true);
            }
          }
          await(store, folder);
        }
      }
    } catch (MessagingException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      MailboxException broken =
          new MailboxException(
              Aspect.CONNECTION, "the imap connection broke: " + MailboxLogin.said(e, mailbox));
      throw told(broken, broken.health(), receiver);
    } catch (MailboxException e) {
      throw told(e, e.health(), receiver);
    }
  }

  /** Why receiving ended the last time; empty while it goes on. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble.get());
  }

  private <E extends IOException> E told(E broken, Health health, Receiver receiver) {
    trouble.set(broken.getMessage());
    receiver.report(health);
    return broken;
  }

  /** Whether it is possible to log in and read now. */
  void check() throws MailboxException {
    try (IMAPStore store = connect();
        ImapFolder folder = ImapFolder.open(store, mailbox.folders().getFirst(), false)) {
      folder.wake();
    } catch (MessagingException e) {
      throw new MailboxException(
          Aspect.CONNECTION, "the folder cannot be read: " + MailboxLogin.said(e, mailbox));
    }
  }

  private IMAPStore connect() throws MailboxException {
    Properties properties = new Properties();
    // One connection for the watched folder, one for the others and the store's own.
    properties.put("mail.imap.connectionpoolsize", "2");
    properties.put("mail.imap.separatestoreconnection", "false");
    return login.connect(
        mailbox,
        "imap",
        mailbox.imap(),
        mailbox.imapLogin(),
        properties,
        session -> (IMAPStore) session.getStore("imap"));
  }

  private ImapFolder open(IMAPStore store, String name) throws MessagingException {
    boolean write = mailbox.markSeen() && !Optional.of(name).equals(mailbox.sentFolder());
    return ImapFolder.open(store, name, write);
  }

  private ImapCursor pass(
      ImapFolder folder, String name, ImapCursor cursor, Receiver receiver, boolean justOpened)
      throws MessagingException, IOException, InterruptedException {
    return new ImapPass(mailbox, folder, name, cursor, receiver, clock).run(justOpened);
  }

  private List<String> others() {
    List<String> others = new ArrayList<>(mailbox.folders().subList(1, mailbox.folders().size()));
    mailbox.sentFolder().ifPresent(others::add);
    return others;
  }

  private void await(IMAPStore store, ImapFolder folder)
      throws MessagingException, InterruptedException {
    if (brokenWaits.get() >= BROKEN_WAITS || !store.hasCapability("IDLE")) {
      Thread.sleep(mailbox.pollInterval());
      return;
    }
    Instant began = clock.instant();
    try {
      waitForNews(folder);
      brokenWaits.set(0);
    } catch (MessagingException e) {
      if (began.plus(SHORT_WAIT).isAfter(clock.instant())) {
        brokenWaits.incrementAndGet();
      } else {
        brokenWaits.set(0);
      }
      throw e;
    }
  }

  private void waitForNews(ImapFolder folder) throws MessagingException, InterruptedException {
    AtomicReference<@Nullable MessagingException> failure = new AtomicReference<>();
    // No virtual thread: the library reads under a monitor, which would hold its carrier for
    // minutes on Java 21.
    Thread waiting =
        Thread.ofPlatform()
            .daemon()
            .name("imap-idle-" + mailbox.id().value())
            .start(
                () -> {
                  try {
                    folder.raw().idle(true);
                  } catch (MessagingException e) {
                    failure.set(e);
                  } catch (RuntimeException e) {
                    failure.set(new MessagingException("the connection was closed", e));
                  }
                });
    // A server that forgets to tell, or tells of a mail just before the wait begins, costs no more
    // than the time between two questions.
    Duration limit =
        mailbox.idleLimit().compareTo(mailbox.pollInterval()) < 0
            ? mailbox.idleLimit()
            : mailbox.pollInterval();
    try {
      if (!waiting.join(limit)) {
        folder.wake();
        if (!waiting.join(WAKING)) {
          throw new MessagingException("the server does not end the wait for news");
        }
      }
    } catch (InterruptedException e) {
      // Politely, so that the server does not keep the connection; it answers at once or is gone.
      try {
        folder.wake();
      } catch (MessagingException gone) {
        e.addSuppressed(gone);
      }
      throw e;
    }
    MessagingException broken = failure.get();
    if (broken != null) {
      throw broken;
    }
  }
}
