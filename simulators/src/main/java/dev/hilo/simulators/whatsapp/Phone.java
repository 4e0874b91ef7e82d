package dev.hilo.simulators.whatsapp;

import dev.hilo.simulators.time.Changes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A customer's phone with its chats. Used by many threads. */
public final class Phone {

  /** Source: the customer service window, developers.facebook.com, read 2026-11-20. */
  private static final Duration WINDOW = Duration.ofHours(24);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Entry> chat = new LinkedHashMap<>();
  private final Map<String, Instant> lastWritten = new HashMap<>();
  private final Changes changes;
  private Customer customer;
  private boolean on = true;
  private boolean autoRead;
  private Instant typingUntil = Instant.EPOCH;
  private long version;

  private record Entry(long version, ChatMessage message) {}

  /**
   * What a phone's page draws.
   *
   * @param version of the newest change in it
   */
  public record View(
      Customer customer, boolean on, boolean typing, long version, List<ChatMessage> messages) {}

  /** Everything worth keeping over a restart. */
  record Saved(
      Customer customer,
      boolean on,
      boolean autoRead,
      Map<String, Instant> lastWritten,
      List<ChatMessage> messages) {}

  Phone(Customer customer, Changes changes) {
    this.customer = customer;
    this.changes = changes;
  }

  public Customer customer() {
    return locked(() -> customer);
  }

  public boolean isOn() {
    return locked(() -> on);
  }

  boolean readsAtOnce() {
    return locked(() -> autoRead);
  }

  void rename(Customer known) {
    change(() -> customer = known);
  }

  void setAutoRead(boolean value) {
    change(() -> autoRead = value);
  }

  void setOn(boolean value) {
    change(() -> on = value);
  }

  void setTypingUntil(Instant when) {
    change(() -> typingUntil = when);
  }

  void add(ChatMessage message) {
    change(
        () -> {
          chat.put(message.wamid(), new Entry(version, message));
          if (message.fromCustomer()) {
            lastWritten.merge(message.business(), message.at(), (a, b) -> a.isAfter(b) ? a : b);
          } else {
            typingUntil = Instant.EPOCH;
          }
        });
  }

  /** Whether a free answer of the business is allowed at that time. */
  boolean windowOpen(String business, Instant now) {
    return locked(
        () -> {
          Instant last = lastWritten.get(business);
          return last != null && now.isBefore(last.plus(WINDOW));
        });
  }

  /** One message of the chat. */
  public Optional<ChatMessage> message(String wamid) {
    return locked(() -> Optional.ofNullable(chat.get(wamid)).map(Entry::message));
  }

  /** Changes one message; empty when it is not here or the change is not for it. */
  Optional<ChatMessage> update(
      String wamid, Predicate<ChatMessage> concerned, UnaryOperator<ChatMessage> changed) {
    return mark(wamid, concerned, changed);
  }

  /** Marks a customer's message and all before it to the same business as read. */
  void readUpTo(String wamid, Instant now) {
    message(wamid)
        .ifPresent(
            last ->
                messages().stream()
                    .filter(ChatMessage::fromCustomer)
                    .filter(one -> one.business().equals(last.business()))
                    .filter(one -> one.order() <= last.order())
                    .forEach(one -> read(one.wamid(), now)));
  }

  /** Marks one message; empty when it is not here or was marked before. */
  Optional<ChatMessage> deliver(String wamid, Instant now) {
    return mark(wamid, message -> message.deliveredAt().isEmpty(), m -> m.delivered(now));
  }

  /** Marks one message; empty when it is not here or was marked before. */
  Optional<ChatMessage> read(String wamid, Instant now) {
    return mark(wamid, message -> message.readAt().isEmpty(), m -> m.read(now));
  }

  private Optional<ChatMessage> mark(
      String wamid, Predicate<ChatMessage> open, UnaryOperator<ChatMessage> marked) {
    return locked(
        () -> {
          Entry entry = chat.get(wamid);
          if (entry == null || !open.test(entry.message())) {
            return Optional.<ChatMessage>empty();
          }
          ChatMessage next = marked.apply(entry.message());
          version++;
          chat.put(wamid, new Entry(version, next));
          changes.signal();
          return Optional.of(next);
        });
  }

  /** All messages, in the order in which the platform took them. */
  public List<ChatMessage> messages() {
    return locked(
        () ->
            chat.values().stream()
                .map(Entry::message)
                .sorted(Comparator.comparingLong(ChatMessage::order))
                .toList());
  }

  /** What the owner sees, but only messages that changed after a version (0: all). */
  public View viewAfter(long seen, Instant now) {
    return locked(
        () ->
            new View(
                customer,
                on,
                now.isBefore(typingUntil),
                version,
                chat.values().stream()
                    .filter(entry -> entry.version() > seen)
                    .map(Entry::message)
                    .filter(ChatMessage::isOnThePhone)
                    .sorted(Comparator.comparingLong(ChatMessage::order))
                    .toList()));
  }

  Saved save() {
    return locked(
        () ->
            new Saved(
                customer,
                on,
                autoRead,
                Map.copyOf(lastWritten),
                chat.values().stream().map(Entry::message).toList()));
  }

  void restore(Saved saved) {
    change(
        () -> {
          on = saved.on();
          autoRead = saved.autoRead();
          lastWritten.putAll(saved.lastWritten());
          new ArrayList<>(saved.messages())
              .forEach(message -> chat.put(message.wamid(), new Entry(version, message)));
        });
  }

  private void change(Runnable action) {
    lock.lock();
    try {
      version++;
      action.run();
    } finally {
      lock.unlock();
    }
    changes.signal();
  }

  private <T extends @Nullable Object> T locked(Supplier<T> look) {
    lock.lock();
    try {
      return look.get();
    } finally {
      lock.unlock();
    }
  }
}
