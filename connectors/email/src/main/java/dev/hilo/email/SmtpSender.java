package dev.hilo.email;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.SendResult;
import dev.hilo.email.EmailSettings.Mailbox;
import dev.hilo.email.SmtpAnswer.Stage;
import dev.hilo.email.SmtpConnection.Progress;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** Sends mails of one mailbox, a connection each. Source: RFC 5321. */
final class SmtpSender {

  private static final Duration SOON = Duration.ofMinutes(1);

  private final Mailbox mailbox;
  private final MailboxLogin login;
  private final SmtpLetter letter;
  private final Clock clock;

  SmtpSender(
      Mailbox mailbox, MailboxLogin login, ThreadTokens tokens, OutgoingFiles files, Clock clock) {
    this.mailbox = mailbox;
    this.login = login;
    this.letter = new SmtpLetter(mailbox, tokens, files);
    this.clock = clock;
  }

  /** One attempt; never throws. */
  SendResult send(OutboundMessage message) {
    Optional<SendResult> unfit = unfit(message);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    OutboundMail mail = letter.write(message, clock.instant());
    SmtpConnection connection;
    try {
      connection = connect();
    } catch (MailboxException e) {
      return e.isDenied()
          ? rejected(DeliveryError.CREDENTIALS_EXPIRED, "", e.line())
          : later(DeliveryError.PROVIDER_UNAVAILABLE, "", e.line(), SOON);
    }
    try {
      return send(connection, MailWriter.write(mail, connection.session()), mail);
    } catch (IllegalArgumentException e) {
      return rejected(
          DeliveryError.RECIPIENT_UNREACHABLE, "", "the address is not one that mail can go to");
    } finally {
      close(connection);
    }
  }

  /** Whether it is possible to log in now. */
  void check() throws MailboxException {
    close(connect());
  }

  private static Optional<SendResult> unfit(OutboundMessage message) {
    if (message.to().kind() != ContactAddress.Kind.EMAIL) {
      return Optional.of(
          rejected(DeliveryError.RECIPIENT_UNREACHABLE, "", "the address is no email address"));
    }
    if (message.content() instanceof OutboundContent.Reaction) {
      return Optional.of(rejected(DeliveryError.CONTENT_REJECTED, "", "mail has no reactions"));
    }
    int length = SmtpLetter.text(message.content()).length();
    if (length > EmailChannelCapabilities.MAX_TEXT) {
      return Optional.of(
          rejected(
              DeliveryError.CONTENT_REJECTED,
              "",
              "the text has "
                  + length
                  + " characters, at most "
                  + EmailChannelCapabilities.MAX_TEXT
                  + " are sent"));
    }
    long bytes =
        SmtpLetter.files(message.content()).stream().mapToLong(OutboundContent.File::size).sum();
    if (bytes > EmailChannelCapabilities.MAX_FILES_BYTES) {
      return Optional.of(
          rejected(
              DeliveryError.CONTENT_REJECTED,
              "",
              "the files have "
                  + bytes
                  + " bytes together, at most "
                  + EmailChannelCapabilities.MAX_FILES_BYTES
                  + " are sent"));
    }
    return Optional.empty();
  }

  private SmtpConnection connect() throws MailboxException {
    Properties properties = new Properties();
    properties.put("mail.smtp.from", mailbox.address());
    // The server's answer to the end of a mail may take its time: it is looked through first.
    properties.put("mail.smtp.timeout", Long.toString(Duration.ofMinutes(3).toMillis()));
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.dsn.ret", "HDRS");
    return login.connect(
        mailbox, "smtp", mailbox.smtp(), mailbox.smtpLogin(), properties, SmtpConnection::new);
  }

  private SendResult send(SmtpConnection connection, MimeMessage mail, OutboundMail written) {
    String to = written.to().getFirst().address();
    try {
      List<Address> recipients = new ArrayList<>(Arrays.asList(mail.getAllRecipients()));
      while (true) {
        try {
          connection.sendMessage(mail, recipients.toArray(Address[]::new));
          return new SendResult.Accepted(new ExternalId(written.messageId()));
        } catch (MessagingException e) {
          List<Address> copies = refusedCopies(e, to);
          // Somebody in copy who is gone must not keep the answer from the customer.
          if (connection.progress() != Progress.ENVELOPE || !recipients.removeAll(copies)) {
            return failed(connection, e);
          }
        }
      }
    } catch (MessagingException e) {
      return failed(connection, e);
    }
  }

  /** Those of the copies that the server refuses; none when it refuses the customer. */
  private static List<Address> refusedCopies(MessagingException e, String to) {
    List<Address> copies = new ArrayList<>();
    for (Exception cause = e;
        cause instanceof MessagingException one;
        cause = one.getNextException()) {
      if (cause instanceof SMTPAddressFailedException refused) {
        InternetAddress address = refused.getAddress();
        if (MailAddress.normalise(address.getAddress()).equals(to)) {
          return List.of();
        }
        copies.add(address);
      }
    }
    return copies;
  }

  private SendResult failed(SmtpConnection connection, MessagingException e) {
    Optional<SmtpAnswer> answer = answer(e);
    if (answer.isPresent()) {
      String said = MailboxDetail.of(answer.get().text(), mailbox.secrets());
      String code = answer.get().shownCode();
      DeliveryError error = answer.get().error();
      return answer.get().isTemporary()
          ? later(error, code, said, answer.get().after())
          : rejected(error, code, said);
    }
    String said = "the connection broke: " + MailboxLogin.said(e, mailbox);
    return connection.progress() == Progress.ENDED
        ? new SendResult.Unconfirmed(said)
        : later(DeliveryError.PROVIDER_UNAVAILABLE, "", said, SOON);
  }

  /** The server's no, if there is one in the chain. */
  private static Optional<SmtpAnswer> answer(MessagingException e) {
    for (Exception cause = e;
        cause instanceof MessagingException one;
        cause = one.getNextException()) {
      Optional<SmtpAnswer> answer =
          switch (one) {
            case SMTPAddressFailedException to -> no(to.getReturnCode(), to, Stage.RECIPIENT);
            case SMTPSenderFailedException from -> no(from.getReturnCode(), from, Stage.SENDER);
            case SMTPSendFailedException any ->
                no(
                    any.getReturnCode(),
                    any,
                    // A refused DATA command is about the mail, for the recipients were taken.
                    "MAIL".equals(any.getCommand().split(" ", 2)[0])
                        ? Stage.SENDER
                        : Stage.CONTENT);
            default -> Optional.empty();
          };
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  private static Optional<SmtpAnswer> no(int code, MessagingException no, Stage stage) {
    return code >= 400 && code < 600
        ? Optional.of(SmtpAnswer.of(code, Optional.ofNullable(no.getMessage()).orElse(""), stage))
        : Optional.empty();
  }

  private static void close(SmtpConnection connection) {
    try {
      connection.close();
    } catch (MessagingException e) {
      // What was sent is sent; a connection that cannot be closed is closed already.
    }
  }

  static SendResult rejected(DeliveryError error, String code, String detail) {
    return new SendResult.Rejected(new DeliveryFailure(error, code, detail));
  }

  private static SendResult later(DeliveryError error, String code, String detail, Duration after) {
    return new SendResult.RetryLater(new DeliveryFailure(error, code, detail), after);
  }
}
