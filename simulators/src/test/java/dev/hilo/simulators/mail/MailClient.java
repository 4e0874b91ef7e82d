package dev.hilo.simulators.mail;

import dev.hilo.simulators.World;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** A mail program of somebody else's making: Angus Mail. */
final class MailClient {

  private final World world;
  private final Session session;

  /**
   * A program that logs in by password or token.
   *
   * @param mechanisms for example XOAUTH2; empty: a password
   */
  MailClient(World world, String mechanisms) {
    this.world = world;
    Properties properties = new Properties();
    properties.setProperty("mail.imap.timeout", "30000");
    properties.setProperty("mail.smtp.timeout", "30000");
    properties.setProperty("mail.smtp.auth", "true");
    if (!mechanisms.isEmpty()) {
      properties.setProperty("mail.imap.auth.mechanisms", mechanisms);
      properties.setProperty("mail.smtp.auth.mechanisms", mechanisms);
    }
    this.session = Session.getInstance(properties);
  }

  Store open(String user, String secret) throws MessagingException {
    Store store = session.getStore("imap");
    store.connect("127.0.0.1", world.simulators.imapPort(), user, secret);
    return store;
  }

  IMAPFolder inbox(Store store) throws MessagingException {
    IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX");
    inbox.open(Folder.READ_WRITE);
    return inbox;
  }

  MimeMessage mail(String from, String to, String subject) throws MessagingException {
    MimeMessage mail =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<out-1@tienda-aurora.example>");
          }
        };
    mail.setFrom(new InternetAddress(from));
    mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
    mail.setSubject(subject);
    mail.setText("Hola,\r\n.\r\n..y un punto\r\n");
    mail.saveChanges();
    return mail;
  }

  void send(String user, String secret, MimeMessage mail) throws MessagingException {
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect("127.0.0.1", world.simulators.smtpPort(), user, secret);
      transport.sendMessage(mail, mail.getAllRecipients());
    }
  }
}
