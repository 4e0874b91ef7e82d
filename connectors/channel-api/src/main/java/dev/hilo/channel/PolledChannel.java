package dev.hilo.channel;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A channel whose source is asked, or holds a connection, instead of calling us.
 *
 * <p>The channel remembers nothing: its place in the source is the cursor that it was given, and a
 * cursor is kept only after everything before it was taken.
 */
public interface PolledChannel extends Channel {

  /**
   * Receives an account's messages until the thread is interrupted or the connection ends; whoever
   * called calls again after a while. One thread an account, on one machine at a time.
   *
   * @throws IOException if the source cannot be reached or the connection broke; its message is one
   *     line for an administrator
   * @throws InterruptedException when asked to stop
   */
  void receive(AccountId account, Receiver receiver) throws IOException, InterruptedException;

  /** Where what was received goes. */
  interface Receiver {

    /** The cursor as last kept; opaque. */
    Optional<String> cursor();

    /** Keeps a cursor: everything before it was taken or set aside. */
    void keep(String cursor);

    /**
     * Hands deliveries over, in the order in which they came. Those of one customer are taken one
     * after the other, those of different customers side by side. Each was stored and published
     * when its outcome is {@link Outcome.Taken}, and kept with its raw bytes for a person to look
     * at when it is {@link Outcome.SetAside}: only then may the source be told. Handing one over
     * again changes nothing.
     *
     * @return an outcome for each, in the same order
     * @throws InterruptedException when asked to stop; any of them may have been taken
     */
    List<Outcome> take(List<RawDelivery> deliveries) throws InterruptedException;

    /**
     * Sets a delivery aside that the channel itself could not fetch whole.
     *
     * @param reference the source's name of it, for an administrator
     * @param reason one line; no personal data
     * @param raw what there is of it; may be empty
     * @throws IOException if it could not be kept now
     */
    void setAside(String reference, String reason, byte[] raw) throws IOException;

    /** Says that the account is connected, or why not. */
    void report(CheckedChannel.Health health);
  }

  /** What became of a delivery. */
  sealed interface Outcome {
    /** Stored and published. */
    record Taken() implements Outcome {}

    /** Cannot be read; kept for a person to look at. */
    record SetAside() implements Outcome {}

    /**
     * It could not be taken now: it must be handed over again, and whatever came after it too.
     *
     * @param cause its message is one line for an administrator
     */
    record Later(IOException cause) implements Outcome {}
  }
}
