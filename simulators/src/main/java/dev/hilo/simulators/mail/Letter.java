package dev.hilo.simulators.mail;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a customer writes, before a mail program makes a mail of it.
 *
 * @param to one address or more
 * @param answered what it answers, quoted below
 * @param headers of the caller's choice; they replace what the program writes
 */
record Letter(
    MailOwner from,
    List<String> to,
    List<String> cc,
    String subject,
    String text,
    Optional<String> html,
    List<Enclosure> enclosures,
    Optional<ReadMail> answered,
    MailProgram program,
    Map<String, String> headers) {

  /** A file. */
  record Enclosure(String name, String type, byte[] bytes) {}

  /** A new letter with nothing special. */
  static Letter of(MailOwner from, String to, String subject, String text) {
    return new Letter(
        from,
        List.of(to),
        List.of(),
        subject,
        text,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        MailProgram.GMAIL,
        Map.of());
  }

  Letter with(List<Enclosure> files) {
    return new Letter(from, to, cc, subject, text, html, files, answered, program, headers);
  }

  Letter by(MailProgram other) {
    return new Letter(from, to, cc, subject, text, html, enclosures, answered, other, headers);
  }

  /** The same as an answer: to whom it says, under its subject. */
  Letter answering(ReadMail mail) {
    String old = mail.subject();
    String again = old.regionMatches(true, 0, "Re:", 0, 3) ? old : "Re: " + old;
    return new Letter(
        from,
        mail.replyTo(),
        cc,
        again,
        text,
        html,
        enclosures,
        Optional.of(mail),
        program,
        headers);
  }
}
