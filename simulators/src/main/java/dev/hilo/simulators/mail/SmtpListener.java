package dev.hilo.simulators.mail;

import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.ServerSocket;
import java.net.Socket;

/** GreenMail's SMTP with commands of our own, see {@link SmtpDialogue}. */
final class SmtpListener extends SmtpServer {

  private final ServerSocket socket;
  private final MailLogin login;
  private final MailFaults faults;
  private final PostOffice office;

  SmtpListener(
      ServerSocket socket,
      Mailboxes mailboxes,
      MailLogin login,
      MailFaults faults,
      PostOffice office) {
    super(ImapListener.setup(socket, ServerSetup.PROTOCOL_SMTP), mailboxes.managers());
    this.socket = socket;
    this.login = login;
    this.faults = faults;
    this.office = office;
    setClientSocketTimeout(MailListening.AUTOLOGOUT);
    setDaemon(true);
  }

  @Override
  protected ServerSocket openServerSocket() {
    return socket;
  }

  @Override
  protected ProtocolHandler createProtocolHandler(Socket client) {
    SmtpDialogue dialogue = new SmtpDialogue(client, login, faults, office);
    return new MailListening.Quiet(
        new SmtpHandler(dialogue, managers.getSmtpManager(), client), () -> {});
  }
}
