package dev.hilo.channel;

import java.time.Duration;

/** What came of one attempt to send. */
public sealed interface SendResult {

  /**
   * The provider took it; whether it arrives is told later by {@link ChannelEvent.DeliveryUpdated}.
   */
  record Accepted(ExternalId externalId) implements SendResult {}

  /** The provider said no, and will say no again. */
  record Rejected(DeliveryFailure failure) implements SendResult {}

  /**
   * The provider certainly did not take it; the same send may work later.
   *
   * @param after how long to wait at least
   */
  record RetryLater(DeliveryFailure failure, Duration after) implements SendResult {}

  /** The request went out and no usable answer came: the provider may have taken it or not. */
  record Unconfirmed(String detail) implements SendResult {}
}
