package dev.hilo.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Remembers how far a mail had gone out, for that decides what a broken connection means. */
final class SmtpConnection extends SMTPTransport {

  private volatile Progress progress = Progress.ENVELOPE;

  SmtpConnection(Session session) {
    super(session, new URLName("smtp", null, -1, null, null, null));
  }

  /** The session that it was made for. */
  Session session() {
    return session;
  }

  /** How far a mail has gone out. */
  enum Progress {
    ENVELOPE,
    /** The recipients were taken, the mail is under way: without its end it counts for nothing. */
    DATA,
    /** The end was sent: the server may have taken the mail. */
    ENDED
  }

  Progress progress() {
    return progress;
  }

  @Override
  protected void mailFrom() throws MessagingException {
    progress = Progress.ENVELOPE;
    super.mailFrom();
  }

  @Override
  protected OutputStream data() throws MessagingException {
    OutputStream stream = super.data();
    progress = Progress.DATA;
    return stream;
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    progress = Progress.ENDED;
    super.finishData();
  }
}
