package dev.hilo.simulators.mail;

import com.icegreen.greenmail.server.ProtocolHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** What the listeners for IMAP and SMTP have in common. */
final class MailListening {

  /** Source: RFC 3501 section 5.4, at least 30 minutes. */
  static final int AUTOLOGOUT = (int) Duration.ofMinutes(30).toMillis();

  private static final Logger LOG = System.getLogger(MailListening.class.getName());

  private MailListening() {}

  /** A handler whose client may go away at any time, which is no failure of ours. */
  static final class Quiet implements ProtocolHandler {

    private final ProtocolHandler handler;
    private final Runnable whenOver;

    Quiet(ProtocolHandler handler, Runnable whenOver) {
      this.handler = handler;
      this.whenOver = whenOver;
    }

    @Override
    public void run() {
      try {
        handler.run();
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "a mail connection ended: {0}", e.toString());
      } finally {
        whenOver.run();
      }
    }

    @Override
    public void close() {
      handler.close();
    }
  }
}
