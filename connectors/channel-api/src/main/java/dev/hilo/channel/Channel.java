package dev.hilo.channel;

/**
 * A channel: the one port that every provider's adapter implements.
 *
 * <p>Instances are used by many threads at once.
 */
public interface Channel {

  ChannelType type();

  Capabilities capabilities();

  /**
   * Reads a delivery. A pure function: no I/O, no clock; the same delivery gives equal events.
   * Never throws, whatever the bytes: what cannot be read is {@link ParseResult.Refused}, what is
   * not known is {@link Content.Unsupported} or a named {@link ParseResult.Skipped}.
   */
  ParseResult parse(RawDelivery delivery);

  /** Makes one attempt. Never throws for a provider's no or silence; may block for its answer. */
  SendResult send(OutboundMessage message);
}
