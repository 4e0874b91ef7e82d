package dev.hilo.inbox.thread;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ExternalId;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** The threads of all contacts, and their messages. */
@Component
public class Threads {

  private final Documents<CustomerThread> threads;
  private final Documents<MessageRecord> messages;
  private final Clock clock;

  public Threads(Store store, Clock clock) {
    this.threads = store.documents(Indexes.THREADS, CustomerThread.class);
    this.messages = store.documents(Indexes.MESSAGES, MessageRecord.class);
    this.clock = clock;
  }

  /**
   * Stores a message once and adds it to its contact's thread once, following merges. May be
   * repeated at any time with the same effect as once.
   *
   * @param news whether somebody must look at it
   * @return the contact whose thread has it now
   */
  public String add(MessageRecord message, boolean news) {
    MessageRecord stored = message;
    if (!messages.create(message.id(), message)) {
      // A redelivery: the first one may have stopped between the two writes.
      stored = messages.get(message.id()).orElse(message);
    }
    return append(message.contactId(), stored, news);
  }

  private String append(String contactId, MessageRecord message, boolean news) {
    String contact = contactId;
    while (true) {
      String target = contact;
      Optional<String> merged =
          threads
              .change(
                  target,
                  thread ->
                      (thread == null ? CustomerThread.empty(target) : thread)
                          .append(message, news, clock.instant()))
              .flatMap(CustomerThread::mergedInto);
      if (merged.isEmpty()) {
        return contact;
      }
      contact = merged.get();
    }
  }

  /** The thread; an empty one if the contact never wrote. Not followed to a merged contact. */
  public CustomerThread thread(String contactId) {
    return threads.get(contactId).orElseGet(() -> CustomerThread.empty(contactId));
  }

  /** Changes a thread by compare-and-set. */
  public CustomerThread change(String contactId, UnaryOperator<CustomerThread> change) {
    return threads
        .change(
            contactId,
            thread -> change.apply(thread == null ? CustomerThread.empty(contactId) : thread))
        .orElseGet(() -> CustomerThread.empty(contactId));
  }

  /**
   * Moves everything of one contact's thread to another's; from now on nothing is added to the
   * first. Unhandled news stays news. May be repeated.
   *
   * @return whether the other thread has news now
   */
  public boolean merge(String loser, String winner) {
    CustomerThread shut = change(loser, thread -> thread.merged(winner));
    for (CustomerThread.Entry entry : shut.entries()) {
      boolean news = entry.news() && entry.sequence() > shut.cursor();
      messages.get(entry.messageId()).ifPresent(message -> append(winner, message, news));
    }
    return thread(winner).hasNews();
  }

  public Optional<MessageRecord> message(String id) {
    return messages.get(id);
  }

  /** Changes a message by compare-and-set. */
  public Optional<MessageRecord> changeMessage(String id, UnaryOperator<MessageRecord> change) {
    return messages.change(id, message -> message == null ? null : change.apply(message));
  }

  /**
   * The newest messages of a thread.
   *
   * @param limit most messages to return
   * @return in the provider's order, oldest first
   */
  public List<MessageRecord> newest(CustomerThread thread, int limit) {
    List<String> ids = thread.entries().stream().map(CustomerThread.Entry::messageId).toList();
    // A late message may stand before the last ones, so a few more are read than are shown.
    List<String> tail = ids.subList(Math.max(0, ids.size() - 2 * limit), ids.size());
    List<MessageRecord> read =
        messages.getAll(tail).stream().sorted(MessageRecord.PROVIDER_ORDER).toList();
    return read.subList(Math.max(0, read.size() - limit), read.size());
  }

  /**
   * A message of a thread by its provider's id, in or out; sees what was just stored.
   *
   * @return empty if it is not among those whose places the thread still keeps
   */
  public Optional<MessageRecord> byExternalId(
      CustomerThread thread, ChannelType channel, AccountId account, ExternalId externalId) {
    List<String> ids = thread.entries().stream().map(CustomerThread.Entry::messageId).toList();
    return messages.getAll(ids).stream()
        .filter(message -> message.direction() != MessageRecord.Direction.NOTE)
        .filter(message -> message.externalId().equals(Optional.of(externalId)))
        .filter(message -> message.channel().equals(channel))
        .filter(message -> message.account().equals(account))
        .findFirst();
  }

  /**
   * Messages to and from some addresses that changed after a time; sees a change after about a
   * second.
   */
  public List<MessageRecord> changedSince(Collection<String> addressKeys, Instant since, int size) {
    return messages.search(
        StoreQuery.ofSize(size)
            .with("addressKey", addressKeys)
            .after("changedAt", since)
            .sortedBy("changedAt"));
  }

  /**
   * The messages to and from one address that changed last, after a time; sees a change after about
   * a second.
   *
   * @param size most messages to return
   * @return oldest change first
   */
  public List<MessageRecord> latestChanges(String addressKey, Instant since, int size) {
    return messages
        .search(
            StoreQuery.ofSize(size)
                .with("addressKey", List.of(addressKey))
                .after("changedAt", since)
                .newestFirst("changedAt"))
        .reversed();
  }

  /** Threads with news older than a time; sees a change after about a second. */
  public List<CustomerThread> unhandledSince(Instant before, int size) {
    return threads.search(StoreQuery.ofSize(size).before("unhandledSince", before));
  }
}
