package dev.hilo.email;

import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.CheckedChannel.Finding;
import dev.hilo.channel.CheckedChannel.Health;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A mailbox cannot be used now; the message is one line for an administrator. */
final class MailboxException extends IOException {

  private static final long serialVersionUID = 1;

  private final Aspect aspect;
  private final String line;

  MailboxException(Aspect aspect, String message) {
    super(message);
    this.aspect = aspect;
    this.line = message;
  }

  /** Whether we are not let in, rather than not getting through. */
  boolean isDenied() {
    return aspect == Aspect.CREDENTIALS;
  }

  /** The message. */
  String line() {
    return line;
  }

  Finding finding() {
    return new Finding(aspect, Level.BAD, line);
  }

  Health health() {
    return new Health(false, Optional.empty(), List.of(finding()));
  }
}
