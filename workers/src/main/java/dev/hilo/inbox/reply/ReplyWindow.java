package dev.hilo.inbox.reply;

import dev.hilo.channel.Capabilities;
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
   * When the window closes.
   *
   * @return empty if the channel has no window
   */
  public Optional<Instant> closesAt(Capabilities capabilities, Instant lastInboundAt) {
    return capabilities.replyWindow().map(window -> lastInboundAt.plus(window.length()));
  }

  /** Whether a free answer may be sent now. */
  public boolean open(Capabilities capabilities, Instant lastInboundAt) {
    return closesAt(capabilities, lastInboundAt)
        .map(end -> clock.instant().isBefore(end))
        .orElse(true);
  }
}
