package dev.hilo.simulators.mail;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.hilo.simulators.http.BadRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What goes wrong with mail the next so many times.
 *
 * @param kind what
 * @param next how often
 * @param mailbox who logs in, or who the mail is for; empty: anybody
 * @param afterBytes of the answer, for {@link Kind#CUT_FETCH}
 * @param delay for {@link Kind#SLOW}
 * @param reply the line of an SMTP refusal; each kind has its own standard
 */
record MailFault(
    @JsonProperty("fault") Kind kind,
    int next,
    Optional<String> mailbox,
    Optional<Integer> afterBytes,
    Optional<Duration> delay,
    Optional<String> reply) {

  /** All that can go wrong. */
  enum Kind {
    /** IMAP: the connection breaks in the middle of the answer to a FETCH. */
    CUT_FETCH,
    /** IMAP and SMTP: the login is refused, whatever it was. */
    REFUSE_LOGIN,
    /** IMAP and SMTP: a command waits before it is looked at. */
    SLOW,
    /** SMTP: the recipient is refused with 451 for now. */
    GREYLIST,
    /** SMTP: the recipient is refused with {@code reply}. */
    REFUSE_RECIPIENT,
    /** SMTP: the mail is refused with {@code reply} after it was sent. */
    REFUSE_DATA,
    /** SMTP: the mail is accepted, but the connection breaks before the sender learns it. */
    CUT_AFTER_DATA,
    /** Accepted, then a notice of failure comes back (RFC 3464). */
    BOUNCE,
    /** Accepted, then a notice of delay comes back; the mail arrives. */
    DELAY_NOTICE,
    /** The recipient reports the mail as unwanted (RFC 5965). */
    COMPLAINT,
    /** The recipient is away. */
    AUTO_REPLY,
    /** The recipient's program says that the mail was shown (RFC 8098). */
    READ_RECEIPT;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Kind of(String word) {
      return Arrays.stream(values())
          .filter(kind -> kind.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new BadRequest(
                      "fault: one of "
                          + Arrays.stream(values()).map(Kind::word).toList()
                          + ", got '"
                          + word
                          + "'"));
    }
  }

  MailFault {
    if (next < 1) {
      throw new BadRequest("next: at least 1, got " + next);
    }
    if (kind == Kind.SLOW && delay.isEmpty()) {
      throw new BadRequest("delay: the fault 'slow' needs one, such as PT2S");
    }
    reply.ifPresent(
        line -> {
          if (!line.matches("[45]\\d\\d[ \\p{Graph}]*")) {
            throw new BadRequest("reply: expected a line such as '550 5.1.1 No such user'");
          }
        });
    mailbox = mailbox.map(MailOwner::withoutDetail);
  }

  MailFault once() {
    return new MailFault(kind, 1, mailbox, afterBytes, delay, reply);
  }

  MailFault less() {
    return new MailFault(kind, next - 1, mailbox, afterBytes, delay, reply);
  }
}
