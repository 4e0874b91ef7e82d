package dev.hilo.email;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A mail to be written.
 *
 * @param messageId without brackets: {@link ThreadTokens#messageId}
 * @param from our mailbox and the name customers see
 * @param replyTo where answers go, when not to {@code from}: {@link ThreadTokens#address}
 * @param subject as it shall read; line breaks become spaces
 * @param text what the agent wrote
 * @param inReplyTo the customer's message id, without brackets
 * @param references the thread so far, oldest first, without brackets
 * @param quoted the customer's mail, put below the text
 * @param automatic whether no person wrote it; such a mail asks to be left unanswered
 * @param date when it is sent
 * @param language of the line before the quoted mail
 */
record OutboundMail(
    String messageId,
    MailAddress from,
    Optional<MailAddress> replyTo,
    List<MailAddress> to,
    List<MailAddress> cc,
    String subject,
    String text,
    List<Attachment> attachments,
    Optional<String> inReplyTo,
    List<String> references,
    Optional<Quoted> quoted,
    boolean automatic,
    Instant date,
    Locale language) {

  OutboundMail {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    attachments = List.copyOf(attachments);
    references = List.copyOf(references);
  }

  /** A file to go with it. */
  record Attachment(String fileName, String mimeType, Source content) {}

  /** Opens a file's content; called each time that the mail is written out. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /** The mail that is answered: who wrote it, when, and what was new in it. */
  record Quoted(MailAddress writer, Optional<Instant> date, String text) {

    @Override
    public String toString() {
      return "Quoted[" + text.length() + " characters]";
    }
  }

  @Override
  public String toString() {
    return "OutboundMail[" + messageId + "]";
  }
}
