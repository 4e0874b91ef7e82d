package dev.hilo.inbox.reply;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.OutboundMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How long a free answer is allowed: counted from the provider's time of the last message. */
@Component
public class ReplyWindow {

  private final Clock clock;

  public ReplyWindow(Clock clock) {
    this.clock = clock;
  }

  /**
   * When the window closes for a person.
   *
   * @return empty if the channel has no window
   */
  public Optional<Instant> closesAt(Capabilities capabilities, Instant lastInboundAt) {
    return capabilities
        .personWindow()
        .or(capabilities::replyWindow)
        .map(window -> lastInboundAt.plus(window.length()));
  }

  /** How an answer sent now stands to the window. */
  public OutboundMessage.Window at(Capabilities capabilities, Instant lastInboundAt) {
    Instant now = clock.instant();
    if (capabilities.replyWindow().isEmpty()
        || now.isBefore(lastInboundAt.plus(capabilities.replyWindow().get().length()))) {
      return OutboundMessage.Window.OPEN;
    }
    boolean person =
        capabilities
            .personWindow()
            .filter(window -> now.isBefore(lastInboundAt.plus(window.length())))
            .isPresent();
    return person ? OutboundMessage.Window.PERSON_ONLY : OutboundMessage.Window.CLOSED;
  }

  /** Whether a person may answer freely now. */
  public boolean open(Capabilities capabilities, Instant lastInboundAt) {
    return at(capabilities, lastInboundAt) != OutboundMessage.Window.CLOSED;
  }
}
