package dev.hilo.channel;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a channel can do, as data: nobody asks which channel it is, everybody asks what it can do.
 *
 * @param label the channel's name for people, a proper noun: the same in every language
 * @param maxTextLength longest text of one message
 * @param replyWindow how long after the customer's last message a free answer is allowed; empty:
 *     always
 * @param templates whether approved templates may be sent outside the window
 * @param deliveryStates the states that the channel reports
 * @param confirmation how a send whose answer was lost is cleared up
 * @param messagesPerSecond pace of one account; empty: no limit known
 * @param provesAddress whether a message shows that its sender owns the address
 */
public record Capabilities(
    String label,
    Limit maxTextLength,
    Optional<Window> replyWindow,
    boolean templates,
    List<DeliveryState> deliveryStates,
    Confirmation confirmation,
    Optional<Limit> messagesPerSecond,
    boolean provesAddress) {

  public Capabilities {
    deliveryStates = List.copyOf(deliveryStates);
  }

  /**
   * A number with where it was read.
   *
   * @param unit what is counted: {@code UTF-16 units}, {@code bytes}, {@code messages/s}
   */
  public record Limit(long value, String unit, URI source) {}

  /** A duration with where it was read. */
  public record Window(Duration length, URI source) {}

  /** How it is found out whether a send took place when its answer was lost. */
  public enum Confirmation {
    /** A status event hands our own id back. */
    CALLBACK_WITH_OUR_ID,
    /** The same send may be repeated without harm. */
    IDEMPOTENT,
    /** There is no way to find out. */
    NONE
  }
}
