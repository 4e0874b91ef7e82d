package dev.hilo.inbox.thread;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
 *     as long as it is
 * @param carried the conversation of a merged contact that goes on here, until one is open here
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
    Optional<String> mergedInto,
    Optional<Conversation> carried) {

  /** How many handled entries are kept in the document. */
  static final int KEPT_ENTRIES = 200;

  /**
   * One message.
   *
   * @param news whether somebody must look at it
   * @param receivedAt when Hilo got it
   * @param contactId who it came from: goes with that contact when it is merged or split
   */
  public record Entry(
      long sequence, String messageId, boolean news, Instant receivedAt, String contactId) {}

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
    if (known || forgotten) {
      return this;
    }
    List<Reachable> addresses = reachable;
    if (message.direction() == MessageRecord.Direction.IN) {
      addresses =
          heardFrom(
              new Reachable(
                  message.channel(),
                  message.account(),
                  message.address(),
                  message.occurredAt(),
                  lastSequence + 1));
    }
    return placed(
        new Entry(lastSequence + 1, message.id(), news, message.receivedAt(), message.contactId()),
        addresses,
        now);
  }

  /**
   * Takes an entry over from another thread; one that is here already changes nothing.
   *
   * @param news whether somebody must still look at it
   */
  CustomerThread taking(Entry entry, boolean news, Instant now) {
    boolean known = entries.stream().anyMatch(own -> own.messageId().equals(entry.messageId()));
    return known
        ? this
        : placed(
            new Entry(
                lastSequence + 1, entry.messageId(), news, entry.receivedAt(), entry.contactId()),
            reachable,
            now);
  }

  private CustomerThread placed(Entry entry, List<Reachable> addresses, Instant now) {
    List<Entry> all = new ArrayList<>(entries);
    all.add(entry);
    Optional<Instant> forgotten = forgottenBefore;
    while (all.size() > KEPT_ENTRIES) {
      Optional<Entry> oldest =
          all.stream()
              .filter(one -> one.sequence() <= cursor || !one.news())
              .filter(one -> one.sequence() != entry.sequence())
              .min(Comparator.comparing(Entry::receivedAt));
      if (oldest.isEmpty()) {
        break;
      }
      all.remove(oldest.get());
      Instant left = oldest.get().receivedAt();
      forgotten = forgotten.filter(limit -> limit.isAfter(left)).or(() -> Optional.of(left));
    }
    return new CustomerThread(
        contactId,
        entry.sequence(),
        entry.news() ? entry.sequence() : lastNews,
        cursor,
        List.copyOf(all),
        forgotten,
        addresses,
        conversation,
        entry.news() ? unhandledSince.or(() -> Optional.of(now)) : unhandledSince,
        mergedInto,
        carried);
  }

  /** Takes an address over from another thread. */
  CustomerThread reaching(Reachable address) {
    boolean known =
        reachable.stream()
            .anyMatch(
                own ->
                    own.same(address.channel(), address.account(), address.address())
                        && !own.lastInboundAt().isBefore(address.lastInboundAt()));
    return known
        ? this
        : new CustomerThread(
            contactId,
            lastSequence,
            lastNews,
            cursor,
            entries,
            forgottenBefore,
            heardFrom(address),
            conversation,
            unhandledSince,
            mergedInto,
            carried);
  }

  /** Without what has gone to other threads. */
  CustomerThread without(Set<String> messages, Predicate<Reachable> goneAddress) {
    List<Entry> left =
        entries.stream().filter(entry -> !messages.contains(entry.messageId())).toList();
    List<Reachable> addresses = reachable.stream().filter(goneAddress.negate()).toList();
    if (left.size() == entries.size() && addresses.size() == reachable.size()) {
      return this;
    }
    List<Entry> news =
        left.stream().filter(entry -> entry.news() && entry.sequence() > cursor).toList();
    return new CustomerThread(
        contactId,
        lastSequence,
        news.isEmpty() ? Math.min(lastNews, cursor) : news.getLast().sequence(),
        cursor,
        left,
        forgottenBefore,
        addresses,
        conversation,
        news.isEmpty()
            ? Optional.empty()
            : unhandledSince.or(() -> Optional.of(news.getFirst().receivedAt())),
        mergedInto,
        carried);
  }

  /** Whether an entry is news that nobody has handled. */
  boolean isUnhandled(Entry entry) {
    return entry.news() && entry.sequence() > cursor;
  }

  /** The contacts whose messages are here. */
  public Set<String> contacts() {
    Set<String> all = new HashSet<>();
    entries.forEach(entry -> all.add(entry.contactId()));
    return all;
  }

  /** Entries in the order they were received, whichever thread they were in then. */
  public List<Entry> byReceipt() {
    return entries.stream()
        .sorted(Comparator.comparing(Entry::receivedAt).thenComparing(Entry::sequence))
        .toList();
  }

  private List<Reachable> heardFrom(Reachable address) {
    Instant heard = address.lastInboundAt();
    List<Reachable> addresses = new ArrayList<>();
    for (Reachable known : reachable) {
      if (known.same(address.channel(), address.account(), address.address())) {
        heard = known.lastInboundAt().isAfter(heard) ? known.lastInboundAt() : heard;
      } else {
        addresses.add(known);
      }
    }
    addresses.add(
        new Reachable(
            address.channel(),
            address.account(),
            address.address(),
            heard,
            address.lastSequence()));
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
    return with(next, conversation, since, mergedInto, carried);
  }

  /** Opens a conversation if there is news and the contact stands for itself. */
  public CustomerThread openedIfNews(String conversationId, Instant now) {
    return mergedInto.isEmpty() && hasNews() ? opened(conversationId, now) : this;
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
    Instant sinceAll = carried.map(Conversation::openedAt).filter(since::isAfter).orElse(since);
    return with(
        cursor,
        Optional.of(new Conversation(conversationId, Conversation.State.OPEN, sinceAll)),
        unhandledSince,
        mergedInto,
        Optional.empty());
  }

  /**
   * A conversation of a merged contact goes on here: the clock of the older one is kept.
   *
   * @param other open until now
   */
  CustomerThread carrying(Conversation other) {
    if (attended()) {
      Conversation own = conversation.orElseThrow();
      return other.openedAt().isBefore(own.openedAt())
          ? with(
              cursor,
              Optional.of(new Conversation(own.id(), own.state(), other.openedAt())),
              unhandledSince,
              mergedInto,
              carried)
          : this;
    }
    boolean older = carried.filter(known -> !other.openedAt().isBefore(known.openedAt())).isEmpty();
    return older
        ? with(cursor, conversation, unhandledSince, mergedInto, Optional.of(other))
        : this;
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
    return with(cursor, conversation.map(c -> c.in(state)), unhandledSince, mergedInto, carried);
  }

  /** Shuts the thread: whatever comes belongs to the other contact. */
  CustomerThread shut(String into) {
    return mergedInto.filter(into::equals).isPresent()
        ? this
        // The cursor stays: a repeated merge must still know what was unhandled.
        : with(cursor, conversation, Optional.empty(), Optional.of(into), carried);
  }

  /** The thread is its contact's own again. */
  CustomerThread reopened() {
    return mergedInto.isEmpty()
        ? this
        : with(
            cursor,
            conversation,
            entries.stream().filter(this::isUnhandled).map(Entry::receivedAt).findFirst(),
            Optional.empty(),
            carried);
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
      Optional<String> into,
      Optional<Conversation> goingOn) {
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
        into,
        goingOn);
  }
}
