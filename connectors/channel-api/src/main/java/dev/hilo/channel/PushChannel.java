package dev.hilo.channel;

/** A channel whose source calls us over HTTP. */
public interface PushChannel extends Channel {

  /**
   * Whether the delivery is from whom it says: checked on the raw bytes, in constant time, before
   * {@link #parse}.
   */
  Verification verify(RawDelivery delivery);

  /**
   * Answers the provider's question whether this address is ours (a GET).
   *
   * @return the text to answer with, or why not
   */
  default Handshake handshake(RawDelivery delivery) {
    return new Handshake.Denied(Refusal.MALFORMED, "this channel has no verification handshake");
  }

  /** The answer to a verification request. */
  sealed interface Handshake {
    /**
     * The address is ours.
     *
     * @param body plain text, exactly as it must be echoed
     */
    record Granted(String body) implements Handshake {}

    /** Not ours, with one line of why. */
    record Denied(Refusal refusal, String detail) implements Handshake {}
  }
}
