package dev.hilo.simulators.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * A mail as the bytes that arrived, however broken. What GreenMail wants to know beforehand and
 * cannot read, it is told as plain text; what it hands out are the bytes.
 */
final class RawMail extends MimeMessage {

  static final Session SESSION = session();

  private final byte[] bytes;

  RawMail(byte[] bytes) throws MessagingException {
    super(SESSION, new ByteArrayInputStream(bytes));
    this.bytes = bytes.clone();
  }

  private static Session session() {
    Properties properties = new Properties();
    properties.setProperty("mail.mime.allowutf8", "true");
    properties.setProperty("mail.mime.address.strict", "false");
    return Session.getInstance(properties);
  }

  /** The bytes of any mail. */
  static byte[] bytesOf(MimeMessage mail) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      mail.writeTo(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a mail in memory can be written", e);
    } catch (MessagingException e) {
      throw new IllegalStateException("a mail in memory can be written", e);
    }
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  @Override
  public String getContentType() throws MessagingException {
    String declared = super.getContentType();
    try {
      ContentType type = new ContentType(declared);
      // GreenMail opens what is within; here only whole mails are fetched.
      return type.match("message/rfc822") ? "text/plain" : declared;
    } catch (MessagingException e) {
      return "text/plain";
    }
  }
}
