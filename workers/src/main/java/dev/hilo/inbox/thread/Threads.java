package dev.hilo.inbox.thread;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ExternalId;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** The threads of all contacts, and their messages. */
@Component
public class Threads {

  private final Documents<CustomerThread> threads;
  private final Documents<MessageRecord> messages;
  private final Contacts contacts;
  private final Clock clock;

  public Threads(Store store, Contacts contacts, Clock clock) {
    this.threads = store.documents(Indexes.THREADS, CustomerThread.class);
    this.messages = store.documents(Indexes.MESSAGES, MessageRecord.class);
    this.contacts = contacts;
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
    // A redelivery: the first one may have stopped between the two writes.
    MessageRecord owned = owned(message);
    MessageRecord stored =
        messages.create(owned.id(), owned) ? owned : messages.get(owned.id()).orElse(owned);
    while (true) {
      String owner = contacts.rootId(stored.contactId());
      change(owner, thread -> thread.append(stored, news, clock.instant()));
      String now = contacts.rootId(stored.contactId());
      if (now.equals(owner)) {
        return owner;
      }
      // Merged or split in between: whoever carried that out may not have seen this message.
      settle(Set.of(owner));
    }
  }

  /**
   * Of several merged contacts a message belongs to the one whose address it came from or went to.
   */
  private MessageRecord owned(MessageRecord message) {
    return contacts
        .ownerOf(message.address())
        .filter(owner -> !owner.equals(message.contactId()))
        .filter(owner -> contacts.rootId(owner).equals(contacts.rootId(message.contactId())))
        .map(message::of)
        .orElse(message);
  }

  /**
   * What {@link #settle} found.
   *
   * @param news threads that have news that was taken over
   * @param given contacts that were given messages of a conversation which is open elsewhere
   * @param ended contacts that are merged and have a conversation open, which must end
   */
  public record Settled(Set<String> news, Set<String> given, Set<String> ended) {}

  /**
   * Brings threads in line with who is merged with whom: each message to the thread of the contact
   * that stands for whom it came from, unhandled news as news. May be repeated; stops only between
   * steps that may.
   *
   * @param contactIds whose threads to look at; those that stand for them are looked at as well
   */
  public Settled settle(Set<String> contactIds) {
    Set<String> places = new TreeSet<>(contactIds);
    contactIds.forEach(id -> places.add(contacts.rootId(id)));
    Settled settled = new Settled(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    Deque<String> open = new ArrayDeque<>(places);
    while (!open.isEmpty()) {
      open.addAll(settle(open.remove(), settled));
    }
    return settled;
  }

  /** Returns the threads to look at again, because somebody merged or split in between. */
  private Set<String> settle(String place, Settled settled) {
    String root = contacts.rootId(place);
    boolean stands = root.equals(place);
    CustomerThread thread =
        change(place, current -> stands ? current.reopened() : current.shut(root));
    Map<String, String> rootOf = new HashMap<>();
    Map<String, List<CustomerThread.Entry>> leaving = new TreeMap<>();
    for (CustomerThread.Entry entry : thread.entries()) {
      String target = rootOf.computeIfAbsent(entry.contactId(), contacts::rootId);
      if (!target.equals(place)) {
        leaving.computeIfAbsent(target, id -> new ArrayList<>()).add(entry);
      }
    }
    Map<CustomerThread.Reachable, String> moving = new LinkedHashMap<>();
    for (CustomerThread.Reachable address : thread.reachable()) {
      String target = contacts.ownerOf(address.address()).map(contacts::rootId).orElse(root);
      if (!target.equals(place)) {
        moving.put(address, target);
      }
    }
    Set<String> targets = new TreeSet<>(leaving.keySet());
    targets.addAll(moving.values());
    for (String target : targets) {
      List<CustomerThread.Entry> entries = leaving.getOrDefault(target, List.of());
      CustomerThread taken =
          change(
              target,
              current -> {
                CustomerThread next = current;
                for (CustomerThread.Entry entry : entries) {
                  next = next.taking(entry, thread.isUnhandled(entry), clock.instant());
                }
                for (Map.Entry<CustomerThread.Reachable, String> one : moving.entrySet()) {
                  next = one.getValue().equals(target) ? next.reaching(one.getKey()) : next;
                }
                return next;
              });
      if (taken.hasNews()) {
        settled.news().add(target);
      }
      if (stands && thread.attended() && wroteSince(thread, entries)) {
        settled.given().add(target);
      }
    }
    if (!targets.isEmpty()) {
      Set<String> gone = new HashSet<>();
      leaving.values().forEach(entries -> entries.forEach(entry -> gone.add(entry.messageId())));
      change(place, current -> current.without(gone, moving::containsKey));
    }
    if (!stands && thread.attended()) {
      change(root, current -> current.carrying(thread.conversation().orElseThrow()));
      settled.ended().add(place);
    }
    if (stands && thread.hasNews()) {
      settled.news().add(place);
    }
    // Looked at after the last write: a merge or split that came before it did not see what was
    // written, one that comes after it will.
    Set<String> again = new TreeSet<>();
    rootOf.forEach(
        (owner, target) -> {
          if (!contacts.rootId(owner).equals(target)) {
            again.add(target);
          }
        });
    targets.stream().filter(id -> !contacts.rootId(id).equals(id)).forEach(again::add);
    if (!contacts.rootId(place).equals(root)) {
      again.add(place);
    }
    return again;
  }

  /** Whether a customer wrote one of the entries while the thread's conversation was open. */
  private boolean wroteSince(CustomerThread thread, List<CustomerThread.Entry> entries) {
    Instant opened = thread.conversation().orElseThrow().openedAt();
    List<String> recent =
        entries.stream()
            .filter(entry -> !entry.receivedAt().isBefore(opened))
            .map(CustomerThread.Entry::messageId)
            .toList();
    return messages.getAll(recent).stream()
        .anyMatch(message -> message.direction() == MessageRecord.Direction.IN);
  }

  /** The thread; an empty one if the contact never wrote. Not followed to the one that stands. */
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
    List<String> ids = thread.byReceipt().stream().map(CustomerThread.Entry::messageId).toList();
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
