package dev.hilo.inbox.thread;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A contact's thread as a mailbox: which messages there are, in the order they arrived here, and
 * how far they have been handled (the cursor). One document per contact, changed by
 * compare-and-set, so that sequence numbers have no gap and no twin.
 *
 * @param lastSequence number of the newest entry; 0 for an empty thread
 * @param lastNews number of the newest entry that somebody must look at
 * @param cursor news up to this number has been handled
 * @param entries newest last; old handled ones are left out, their messages stay in the store
 * @param forgottenBefore entries of messages received before this time may have been left out
 * @param reachable where the customer wrote from, and when last
 * @param conversation the latest conversation
 * @param unhandledSince when the oldest unhandled news came; empty when all is handled
 * @param mergedInto the contact that this thread's contact was merged into; nothing is added here
 *     any more
 */
public record CustomerThread(
    String contactId,
    long lastSequence,
    long lastNews,
    long cursor,
    List<Entry> entries,
    Optional<Instant> forgottenBefore,
    List<Reachable> reachable,
    Optional<Conversation> conversation,
    Optional<Instant> unhandledSince,
    Optional<String> mergedInto) {

  /** How many handled entries are kept in the document. */
  static final int KEPT_ENTRIES = 200;

  /**
   * One message.
   *
   * @param news whether somebody must look at it
   * @param receivedAt when Hilo got it
   */
  public record Entry(long sequence, String messageId, boolean news, Instant receivedAt) {}

  /**
   * An address that the customer wrote from.
   *
   * @param lastInboundAt the provider's time of the last message from there: reply windows count
   *     from it
   * @param lastSequence entry of that message
   */
  public record Reachable(
      ChannelType channel,
      AccountId account,
      ContactAddress address,
      Instant lastInboundAt,
      long lastSequence) {

    boolean same(ChannelType otherChannel, AccountId otherAccount, ContactAddress other) {
      return channel.equals(otherChannel) && account.equals(otherAccount) && address.equals(other);
    }
  }

  /**
   * The latest conversation on this thread.
   *
   * @param id derived from the process instance
   */
  public record Conversation(String id, State state, Instant openedAt) {
    /** Where a conversation stands. */
    public enum State {
      OPEN,
      CLOSED,
      TRANSFERRED
    }

    Conversation in(State next) {
      return new Conversation(id, next, openedAt);
    }
  }

  public static CustomerThread empty(String contactId) {
    return new CustomerThread(
        contactId,
        0,
        0,
        0,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether there is news that nobody has handled. */
  public boolean hasNews() {
    return lastNews > cursor;
  }

  /** Whether a conversation is open. */
  public boolean attended() {
    return conversation.filter(c -> c.state() == Conversation.State.OPEN).isPresent();
  }

  /**
   * Adds a message; adding it again changes nothing.
   *
   * @param news whether somebody must look at it
   * @return this same thread if the message is here already, or was and has been left out since
   */
  public CustomerThread append(MessageRecord message, boolean news, Instant now) {
    boolean known = entries.stream().anyMatch(entry -> entry.messageId().equals(message.id()));
    boolean forgotten =
        forgottenBefore.filter(limit -> message.receivedAt().isBefore(limit)).isPresent();
    if (known || forgotten || mergedInto.isPresent()) {
      return this;
    }
    long sequence = lastSequence + 1;
    List<Entry> all = new ArrayList<>(entries);
    all.add(new Entry(sequence, message.id(), news, message.receivedAt()));
    Optional<Instant> forgottenNow = forgottenBefore;
    while (all.size() > KEPT_ENTRIES && all.getFirst().sequence() <= cursor) {
      Instant left = all.removeFirst().receivedAt();
      forgottenNow = forgottenNow.filter(limit -> limit.isAfter(left)).or(() -> Optional.of(left));
    }
    List<Reachable> addresses = reachable;
    if (message.direction() == MessageRecord.Direction.IN) {
      addresses = heardFrom(message, sequence);
    }
    return new CustomerThread(
        contactId,
        sequence,
        news ? sequence : lastNews,
        cursor,
        List.copyOf(all),
        forgottenNow,
        addresses,
        conversation,
        news ? unhandledSince.or(() -> Optional.of(now)) : unhandledSince,
        mergedInto);
  }

  private List<Reachable> heardFrom(MessageRecord message, long sequence) {
    Instant heard = message.occurredAt();
    List<Reachable> addresses = new ArrayList<>();
    for (Reachable known : reachable) {
      if (known.same(message.channel(), message.account(), message.address())) {
        heard = known.lastInboundAt().isAfter(heard) ? known.lastInboundAt() : heard;
      } else {
        addresses.add(known);
      }
    }
    addresses.add(
        new Reachable(message.channel(), message.account(), message.address(), heard, sequence));
    return List.copyOf(addresses);
  }

  /** Moves the cursor; it never goes back. */
  public CustomerThread handledThrough(long sequence, Instant now) {
    long next = Math.max(cursor, Math.min(sequence, lastSequence));
    if (next == cursor) {
      return this;
    }
    Optional<Instant> since = Optional.empty();
    if (lastNews > next) {
      since =
          entries.stream()
              .filter(entry -> entry.news() && entry.sequence() > next)
              .map(Entry::receivedAt)
              .findFirst()
              .or(() -> Optional.of(now));
    }
    return with(next, conversation, since, mergedInto);
  }

  /** Opens a conversation, in place of whatever was there. */
  public CustomerThread opened(String conversationId, Instant now) {
    if (conversation.filter(c -> c.id().equals(conversationId)).isPresent() && attended()) {
      return this;
    }
    Instant since =
        conversation
            .filter(c -> c.id().equals(conversationId))
            .map(Conversation::openedAt)
            .orElse(now);
    return with(
        cursor,
        Optional.of(new Conversation(conversationId, Conversation.State.OPEN, since)),
        unhandledSince,
        mergedInto);
  }

  /**
   * Closes the conversation, unless there is news: then it stays open. Both in one step, so that a
   * message cannot fall between.
   */
  public CustomerThread closedUnlessNews(String conversationId) {
    return hasNews() ? this : ended(conversationId, Conversation.State.CLOSED);
  }

  /** Ends this conversation; another one is left alone. */
  public CustomerThread ended(String conversationId, Conversation.State state) {
    if (conversation.filter(c -> c.id().equals(conversationId)).isEmpty() || !attended()) {
      return this;
    }
    return with(cursor, conversation.map(c -> c.in(state)), unhandledSince, mergedInto);
  }

  /** Shuts the thread: whatever comes from now on belongs to the other contact. */
  public CustomerThread merged(String into) {
    if (mergedInto.isPresent()) {
      return this;
    }
    // The cursor stays: a repeated merge must still know what was unhandled.
    return with(cursor, conversation, Optional.empty(), Optional.of(into));
  }

  /** The address of the newest inbound message. */
  public Optional<Reachable> lastReachable() {
    return reachable.isEmpty() ? Optional.empty() : Optional.of(reachable.getLast());
  }

  public Optional<Reachable> reachable(
      ChannelType channel, AccountId account, ContactAddress address) {
    return reachable.stream().filter(known -> known.same(channel, account, address)).findFirst();
  }

  private CustomerThread with(
      long newCursor,
      Optional<Conversation> newConversation,
      Optional<Instant> since,
      Optional<String> into) {
    return new CustomerThread(
        contactId,
        lastSequence,
        lastNews,
        newCursor,
        entries,
        forgottenBefore,
        reachable,
        newConversation,
        since,
        into);
  }
}
