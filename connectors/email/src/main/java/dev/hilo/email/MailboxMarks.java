package dev.hilo.email;

import dev.hilo.channel.Envelope.Mark;
import dev.hilo.email.EmailSettings.Mailbox;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The circumstances of a mail that decide what may be done about it. */
final class MailboxMarks {

  private final Mailbox mailbox;
  private final String domain;

  MailboxMarks(Mailbox mailbox) {
    this.mailbox = mailbox;
    this.domain = mailbox.address().substring(mailbox.address().indexOf('@') + 1);
  }

  /**
   * Judges a mail.
   *
   * @param folder {@code inbox} or {@code junk}
   * @param whole whether all of its text is shown
   */
  List<Mark> of(Mail mail, MailAddress writer, String folder, boolean whole) {
    List<Mark> marks = new ArrayList<>();
    Set<String> ours = new LinkedHashSet<>(mailbox.alsoOurs());
    ours.add(mailbox.address());
    // Nobody to answer is no one to be answered by machine.
    if (!writer.isComplete()
        || writer.equals(MailboxEvents.NOBODY)
        || Robot.of(mail, ours, domain).isPresent()
        || Bounce.of(mail).isPresent()) {
      marks.add(Mark.AUTOMATIC);
    }
    boolean vouched =
        mailbox
            .trustedServer()
            .map(server -> Authenticity.of(mail, Set.of(server)).vouched())
            .orElse(false);
    // Only the From can be vouched for; a Reply-To is written by anybody.
    boolean fromItself =
        mail.from().size() == 1 && mail.from().getFirst().address().equals(writer.address());
    if (!vouched || !fromItself) {
      marks.add(Mark.SENDER_UNVERIFIED);
    }
    if (Subjects.isForward(mail.subject()) || !mail.forwardedFor().isEmpty()) {
      marks.add(Mark.FORWARDED);
    }
    if (folder.equals("junk") || isTakenForSpam(mail.headers())) {
      marks.add(Mark.SUSPECTED_SPAM);
    }
    if (!mail.damage().isEmpty() || !whole || mail.protection() == Mail.Protection.ENCRYPTED) {
      marks.add(Mark.DAMAGED);
    }
    return marks;
  }

  /** Source: SpamAssassin, Rspamd, and learn.microsoft.com anti-spam message headers. */
  private static boolean isTakenForSpam(MailHeaders headers) {
    return Stream.of("X-Spam-Flag", "X-Spam-Status", "X-Spam")
            .flatMap(name -> headers.first(name).stream())
            .anyMatch(value -> value.strip().toLowerCase(Locale.ROOT).startsWith("yes"))
        || headers
            .first("X-MS-Exchange-Organization-SCL")
            .filter(level -> level.strip().matches("[5-9]"))
            .isPresent()
        || headers
            .first("X-Forefront-Antispam-Report")
            .filter(report -> report.matches("(?s).*\\bSFV:(?:SPM|SKB|SKS)\\b.*"))
            .isPresent();
  }
}
