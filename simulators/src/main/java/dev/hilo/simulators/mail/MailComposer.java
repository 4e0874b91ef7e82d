package dev.hilo.simulators.mail;

import dev.hilo.simulators.http.BadRequest;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Makes the mail of a letter as the customer's program would. */
final class MailComposer {

  private final InstantSource clock;

  MailComposer(InstantSource clock) {
    this.clock = clock;
  }

  /** A mail that is ready to be sent. */
  record Made(String messageId, byte[] bytes) {}

  /** Keeps the id that the program gave. */
  private static final class WithId extends MimeMessage {
    private final String id;

    WithId(String id) {
      super(RawMail.SESSION);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  Made compose(Letter letter) {
    String id = letter.headers().getOrDefault("Message-ID", letter.program().messageId());
    try {
      MimeMessage mail = new WithId(id);
      mail.setFrom(new InternetAddress(letter.from().address(), letter.from().name(), "UTF-8"));
      mail.setRecipients(Message.RecipientType.TO, parsed("to", letter.to()));
      if (!letter.cc().isEmpty()) {
        mail.setRecipients(Message.RecipientType.CC, parsed("cc", letter.cc()));
      }
      mail.setSubject(letter.subject(), "UTF-8");
      mail.setSentDate(Date.from(clock.instant()));
      if (letter.answered().isPresent()) {
        ReadMail old = letter.answered().get();
        List<String> chain = new ArrayList<>(old.references());
        chain.add(old.messageId());
        mail.setHeader("In-Reply-To", old.messageId());
        mail.setHeader("References", MimeUtility.fold(12, String.join(" ", chain)));
      }
      for (Map.Entry<String, String> own : letter.program().headers(letter.subject()).entrySet()) {
        mail.setHeader(own.getKey(), MimeUtility.encodeText(own.getValue(), "UTF-8", null));
      }
      setContent(mail, letter);
      mail.saveChanges();
      for (Map.Entry<String, String> own : letter.headers().entrySet()) {
        mail.setHeader(own.getKey(), own.getValue());
      }
      return new Made(id, RawMail.bytesOf(mail));
    } catch (MessagingException | UnsupportedEncodingException e) {
      throw new BadRequest("the mail cannot be made: " + e.getMessage());
    }
  }

  private static void setContent(MimeMessage mail, Letter letter) throws MessagingException {
    MailProgram.Body body = letter.program().body(letter);
    MimeMultipart alternative = new MimeMultipart("alternative");
    alternative.addBodyPart(text(body.text(), "plain"));
    alternative.addBodyPart(text(body.html(), "html"));
    if (letter.enclosures().isEmpty()) {
      mail.setContent(alternative);
      return;
    }
    MimeMultipart mixed = new MimeMultipart("mixed");
    MimeBodyPart first = new MimeBodyPart();
    first.setContent(alternative);
    mixed.addBodyPart(first);
    for (Letter.Enclosure file : letter.enclosures()) {
      MimeBodyPart part = new MimeBodyPart();
      part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.bytes(), file.type())));
      part.setFileName(file.name());
      part.setDisposition(Part.ATTACHMENT);
      mixed.addBodyPart(part);
    }
    mail.setContent(mixed);
  }

  private static MimeBodyPart text(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text.replace("\n", "\r\n"), StandardCharsets.UTF_8.name(), subtype);
    return part;
  }

  private static InternetAddress[] parsed(String field, List<String> addresses) {
    try {
      return InternetAddress.parse(String.join(", ", addresses), false);
    } catch (AddressException e) {
      throw new BadRequest(field + ": expected addresses, got '" + e.getRef() + "'");
    }
  }
}
