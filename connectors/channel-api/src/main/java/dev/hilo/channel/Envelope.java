package dev.hilo.channel;

import java.util.List;
import java.util.Optional;

/**
 * What came with a message besides what it says.
 *
 * @param marks in the order of their declaration, each once
 * @param references provider's ids of the messages it continues, nearest first; whether they are
 *     this customer's is for the reader to check
 * @param alsoTo who else got it, us not counted
 * @param replyContext what the channel needs to answer this message well (subject, copies, chain);
 *     opaque, handed back in {@link OutboundMessage#replyContext}
 */
public record Envelope(
    List<Mark> marks,
    List<ExternalId> references,
    List<ContactAddress> alsoTo,
    Optional<String> replyContext) {

  /** A circumstance that decides what may be done about a message. */
  public enum Mark {
    /** A machine wrote it: nothing automatic may answer. */
    AUTOMATIC,
    /**
     * The address it is from is not vouched for: anybody can have written it. It is claimed, not
     * proven, though answers go to it.
     */
    SENDER_UNVERIFIED,
    /** Another app of the business has the customer now: kept, and nobody need look at it. */
    HANDLED_ELSEWHERE,
    /** The customer passed on what somebody else wrote. */
    FORWARDED,
    /** The provider or a filter takes it for junk. */
    SUSPECTED_SPAM,
    /** Parts of it could not be read; the raw message has them. */
    DAMAGED
  }

  public Envelope {
    marks = marks.stream().distinct().sorted().toList();
    references = List.copyOf(references);
    alsoTo = List.copyOf(alsoTo);
  }

  /** Nothing but marks. */
  public static Envelope marked(Mark... marks) {
    return new Envelope(List.of(marks), List.of(), List.of(), Optional.empty());
  }

  public boolean has(Mark mark) {
    return marks.contains(mark);
  }
}
