package dev.hilo.channel;

/** How far an outbound message has come. States only rise; FAILED ends it unless it had arrived. */
public enum DeliveryState {
  QUEUED(0),
  SENT(1),
  FAILED(2),
  DELIVERED(3),
  READ(4);

  private final int rank;

  DeliveryState(int rank) {
    this.rank = rank;
  }

  /**
   * Whether an update to {@code next} changes anything: a state never falls; a failure after a
   * delivery is not believed, and a delivery after a failure is.
   *
   * <p>Source: WhatsApp status webhooks come in any order, {@code failed} may follow {@code sent}.
   */
  public boolean risesTo(DeliveryState next) {
    return next.rank > rank;
  }

  /** Larger is further. */
  public int rank() {
    return rank;
  }
}
