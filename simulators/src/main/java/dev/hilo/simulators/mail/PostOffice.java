package dev.hilo.simulators.mail;

import dev.hilo.simulators.time.Agenda;
import dev.hilo.simulators.time.Changes;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Takes mail from senders to mailboxes, and does what recipients' servers do by themselves. */
final class PostOffice {

  /** The name by which the mail server calls itself. */
  static final String HOST = "mail.tienda-aurora.example";

  private static final int MAX_LOG = 10_000;

  private final Mailboxes mailboxes;
  private final MailFaults faults;
  private final Agenda agenda;
  private final InstantSource clock;
  private final Changes changes;
  private final MailReports reports;
  private final AtomicLong order = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Submitted> submitted = new ArrayDeque<>();
  private final Set<String> answeredWhileAway = new HashSet<>();
  private volatile UnknownRecipients unknown = UnknownRecipients.CREATE;

  /** What happens to mail for an address that nobody has. */
  enum UnknownRecipients {
    /** Somebody gets a mailbox with that address. */
    CREATE,
    /** 550 at once. */
    REFUSE,
    /** Accepted, then a notice of failure comes back. */
    BOUNCE
  }

  /**
   * One mail that was sent through SMTP.
   *
   * @param login whose mailbox it was sent from
   * @param from the envelope's sender; empty: a notice
   */
  record Submitted(
      long order,
      Instant at,
      String login,
      String from,
      List<String> to,
      String subject,
      String messageId,
      int bytes) {}

  PostOffice(
      Mailboxes mailboxes, MailFaults faults, Agenda agenda, InstantSource clock, Changes changes) {
    this.mailboxes = mailboxes;
    this.faults = faults;
    this.agenda = agenda;
    this.clock = clock;
    this.changes = changes;
    this.reports = new MailReports(clock);
  }

  UnknownRecipients unknown() {
    return unknown;
  }

  void setUnknown(UnknownRecipients next) {
    unknown = next;
  }

  List<Submitted> submitted() {
    lock.lock();
    try {
      return List.copyOf(submitted);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what was sent; unknown recipients get mailboxes again. */
  void reset() {
    lock.lock();
    try {
      submitted.clear();
      answeredWhileAway.clear();
      unknown = UnknownRecipients.CREATE;
    } finally {
      lock.unlock();
    }
  }

  /** What a server says at once to mail for the address; empty: it takes it. */
  Optional<String> refusalOf(String recipient) {
    if (faults.take(MailFault.Kind.GREYLIST, recipient).isPresent()) {
      return Optional.of("451 4.7.1 Greylisted, please try again later");
    }
    Optional<MailFault> refused = faults.take(MailFault.Kind.REFUSE_RECIPIENT, recipient);
    if (refused.isPresent()) {
      return Optional.of(
          refused.get().reply().orElse("550 5.1.1 The email account does not exist"));
    }
    if (!isAddress(recipient)) {
      return Optional.of("501 5.1.3 Bad recipient address syntax");
    }
    boolean nobody = mailboxes.find(recipient).isEmpty();
    return nobody && (unknown == UnknownRecipients.REFUSE || isOfShop(recipient))
        ? Optional.of("550 5.1.1 The email account does not exist")
        : Optional.empty();
  }

  private static boolean isAddress(String text) {
    try {
      return !MailOwner.address(text).isEmpty();
    } catch (RuntimeException e) {
      return false;
    }
  }

  private boolean isOfShop(String address) {
    String domain = domain(address);
    return mailboxes.all().stream()
        .anyMatch(owner -> owner.isShop() && domain(owner.address()).equals(domain));
  }

  private static String domain(String address) {
    return MailOwner.withoutDetail(address).replaceAll(".*@", "");
  }

  /**
   * Takes a mail that came through SMTP.
   *
   * @param from the envelope's sender; empty: nobody wants to hear of failures
   * @return the queue's id
   */
  String submit(String login, String from, Collection<String> recipients, byte[] mail) {
    long number = order.incrementAndGet();
    lock.lock();
    try {
      if (submitted.size() == MAX_LOG) {
        submitted.removeFirst();
      }
      submitted.add(
          new Submitted(
              number,
              clock.instant(),
              login,
              from,
              List.copyOf(recipients),
              header(mail, "Subject"),
              header(mail, "Message-ID"),
              mail.length));
    } finally {
      lock.unlock();
    }
    byte[] received = withReceived(mail, "from " + login.replaceAll(".*@", "") + " by " + HOST);
    recipients.forEach(to -> pass(from, to, received));
    changes.signal();
    return "Q" + number;
  }

  /** Somebody's mail without a fault on the way: into the mailbox, or a notice comes back. */
  void send(String from, Collection<String> recipients, byte[] mail) {
    for (String to : recipients) {
      if (mailboxes.find(to).isPresent()) {
        deliver(from, to, mail);
      } else {
        giveBack(from, to, mail, "550 5.1.1 The email account does not exist");
      }
    }
  }

  private void pass(String from, String to, byte[] mail) {
    if (mailboxes.find(to).isEmpty()) {
      if (unknown == UnknownRecipients.BOUNCE) {
        giveBack(from, to, mail, "550 5.1.1 The email account does not exist");
        return;
      }
      MailOwner made =
          new MailOwner(
              MailOwner.withoutDetail(to),
              to.replaceAll("[+@].*", ""),
              "es",
              MailOwner.Login.CUSTOMER,
              Optional.empty());
      mailboxes.put(made, Optional.of(Mailboxes.CUSTOMER_PASSWORD));
    }
    Optional<MailFault> bounce = faults.take(MailFault.Kind.BOUNCE, to);
    if (bounce.isPresent()) {
      giveBack(
          from,
          to,
          mail,
          bounce.get().reply().orElse("550 5.1.1 The email account does not exist"));
      return;
    }
    Optional<MailFault> delay = faults.take(MailFault.Kind.DELAY_NOTICE, to);
    delay.ifPresent(
        fault ->
            notice(
                from,
                reports.delayed(
                    from, to, mail, fault.reply().orElse("451 4.4.1 Connection timed out"))));
    // As the recipient was when it came: whoever sees the mail may be back a moment later.
    MailOwner owner = mailboxes.need(to);
    deliver(from, to, mail);
    react(owner, from, to, mail);
  }

  /** Puts the mail into the recipient's inbox as the last server on its way does. */
  void deliver(String from, String to, byte[] mail) {
    String trace = "Return-Path: <" + from + ">\r\nDelivered-To: " + to + "\r\n";
    byte[] head = trace.getBytes(StandardCharsets.UTF_8);
    mailboxes.store(to, Mailboxes.INBOX, joined(head, mail), clock.instant(), false);
  }

  private void react(MailOwner owner, String from, String to, byte[] mail) {
    if (faults.take(MailFault.Kind.COMPLAINT, to).isPresent()) {
      notice(from, reports.complaint(from, to, mail));
    }
    if (faults.take(MailFault.Kind.READ_RECEIPT, to).isPresent()) {
      notice(from, reports.readReceipt(owner, mail));
    }
    boolean planned = faults.take(MailFault.Kind.AUTO_REPLY, to).isPresent();
    if (planned || (owner.away().isPresent() && !isAutomatic(from, mail) && firstTime(from, to))) {
      notice(from, reports.away(owner, from, mail));
    }
  }

  /** Source: RFC 3834 section 2: no answer to robots, one answer to a sender. */
  private static boolean isAutomatic(String from, byte[] mail) {
    String submitted = header(mail, "Auto-Submitted");
    return from.isEmpty()
        || !(submitted.isEmpty() || submitted.equalsIgnoreCase("no"))
        || header(mail, "Precedence").matches("(?i)bulk|list|junk");
  }

  private boolean firstTime(String from, String to) {
    lock.lock();
    try {
      return answeredWhileAway.add(from + " " + MailOwner.withoutDetail(to));
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(String from, String to, byte[] mail, String reply) {
    notice(from, reports.failed(from, to, mail, reply));
  }

  /** Comes a moment later, from another server's machine. */
  private void notice(String to, byte[] report) {
    if (!to.isEmpty() && mailboxes.find(to).isPresent()) {
      agenda.in(Duration.ofMillis(50), () -> deliver("", to, report));
    }
  }

  private byte[] withReceived(byte[] mail, String how) {
    String line = "Received: " + how + "; " + MailReports.date(clock.instant()) + "\r\n";
    return joined(line.getBytes(StandardCharsets.UTF_8), mail);
  }

  static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** A header's first value; empty when there is none or the mail cannot be read. */
  static String header(byte[] mail, String name) {
    try {
      MimeMessage message = new RawMail(mail);
      return Optional.ofNullable(message.getHeader(name, null))
          .map(value -> value.replaceAll("\\s+", " ").strip())
          .orElse("");
    } catch (MessagingException e) {
      return "";
    }
  }
}
