package dev.hilo.simulators.mail;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** GreenMail's IMAP behind {@link ImapWire}. */
final class ImapListener extends AbstractServer {

  private final ServerSocket socket;
  private final Mailboxes mailboxes;
  private final MailLogin login;
  private final MailFaults faults;
  private final List<ImapWire> wires = new CopyOnWriteArrayList<>();

  ImapListener(ServerSocket socket, Mailboxes mailboxes, MailLogin login, MailFaults faults) {
    super(setup(socket, ServerSetup.PROTOCOL_IMAP), mailboxes.managers());
    this.socket = socket;
    this.mailboxes = mailboxes;
    this.login = login;
    this.faults = faults;
    setClientSocketTimeout(MailListening.AUTOLOGOUT);
    setDaemon(true);
  }

  static ServerSetup setup(ServerSocket socket, String protocol) {
    return new ServerSetup(
        socket.getLocalPort(), socket.getInetAddress().getHostAddress(), protocol);
  }

  @Override
  protected ServerSocket openServerSocket() {
    return socket;
  }

  @Override
  protected ProtocolHandler createProtocolHandler(Socket client) {
    try {
      // GreenMail writes an answer in pieces; each would wait for the one before to be confirmed.
      client.setTcpNoDelay(true);
      Managers all = managers;
      ImapWire wire = new ImapWire(client, mailboxes, login, faults);
      wires.add(wire);
      ImapHandler handler = new ImapHandler(all.getUserManager(), all.getImapHostManager(), wire);
      return new MailListening.Quiet(handler, () -> wires.remove(wire));
    } catch (IOException e) {
      throw new UncheckedIOException("the client is gone already", e);
    }
  }

  List<ImapWire> wires() {
    return List.copyOf(wires);
  }
}
