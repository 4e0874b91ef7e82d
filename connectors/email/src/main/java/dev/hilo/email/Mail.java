package dev.hilo.email;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mail as read. Addresses are normalised, texts decoded.
 *
 * @param messageId without angle brackets; derived from the bytes when the mail has none
 * @param messageIdGiven whether the mail itself gave it
 * @param deliveredTo whom the receiving servers delivered it to
 * @param forwardedFor whom it was forwarded for
 * @param subject one line; may be empty
 * @param date the sender's, or the receiving server's when the sender gave none or one that lies in
 *     that server's future
 * @param inReplyTo message ids, without brackets; several are allowed
 * @param references message ids, oldest first
 * @param returnPath the envelope's sender; empty text for {@code <>}, which no robot may answer
 * @param parts every leaf, in the mail's order
 * @param damage what could not be read as it should be, for people; empty for a sound mail
 */
record Mail(
    String messageId,
    boolean messageIdGiven,
    List<MailAddress> from,
    Optional<MailAddress> sender,
    List<MailAddress> replyTo,
    Optional<MailAddress> originalSender,
    List<MailAddress> to,
    List<MailAddress> cc,
    List<MailAddress> deliveredTo,
    List<MailAddress> forwardedFor,
    String subject,
    Optional<Instant> date,
    List<String> inReplyTo,
    List<String> references,
    Optional<String> returnPath,
    Protection protection,
    Body body,
    List<Part> parts,
    Optional<Report> report,
    MailHeaders headers,
    List<String> damage) {

  /** How the sender protected it. */
  enum Protection {
    NONE,
    SIGNED,
    /** The text cannot be read here. */
    ENCRYPTED
  }

  /**
   * Whom an answer goes to: Reply-To, else a mailing group's original sender, else From. Only a
   * From can be vouched for ({@link Authenticity}); the others are claims.
   */
  Optional<MailAddress> writer() {
    return Stream.of(replyTo.stream(), originalSender.stream(), from.stream(), sender.stream())
        .flatMap(addresses -> addresses)
        .filter(MailAddress::isComplete)
        .findFirst();
  }

  /** What an agent may want to download: neither the text nor what the text already shows. */
  List<Part> attachments() {
    return parts.stream()
        .filter(part -> part.role() == Part.Role.ATTACHMENT || part.role() == Part.Role.SIGNATURE)
        .toList();
  }

  /** Neither text nor addresses. */
  @Override
  public String toString() {
    return "Mail[" + parts.size() + " parts, damage " + damage.size() + "]";
  }
}
