package dev.hilo.simulators.meta;

import dev.hilo.simulators.time.Changes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A customer's chat with a business, on the customer's phone. Used by many threads. */
public final class Chat {

  /**
   * Source: the messaging window, developers.facebook.com/docs/messenger-platform/policy, read
   * 2026-11-20.
   */
  private static final Duration WINDOW = Duration.ofHours(24);

  /** Source: the human agent tag, same page. */
  private static final Duration HUMAN_AGENT_WINDOW = Duration.ofDays(7);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Entry> messages = new LinkedHashMap<>();
  private final Changes changes;
  private Person person;
  private boolean on = true;
  private boolean autoRead;
  private Optional<Instant> lastAction = Optional.empty();
  private Optional<String> otherOwner = Optional.empty();
  private Instant typingUntil = Instant.EPOCH;
  private long version;

  private record Entry(long version, DirectMessage message) {}

  /**
   * What a phone's page draws.
   *
   * @param version of the newest change in it
   */
  public record View(
      Person person, boolean on, boolean typing, long version, List<DirectMessage> messages) {}

  /** Everything worth keeping over a restart. */
  public record Saved(
      Person person,
      boolean on,
      boolean autoRead,
      Optional<Instant> lastAction,
      Optional<String> otherOwner,
      List<DirectMessage> messages) {}

  Chat(Person person, Changes changes) {
    this.person = person;
    this.changes = changes;
  }

  public Person person() {
    return locked(() -> person);
  }

  void become(Person known) {
    change(() -> person = known);
  }

  public boolean isOn() {
    return locked(() -> on);
  }

  void setOn(boolean value) {
    change(() -> on = value);
  }

  boolean readsAtOnce() {
    return locked(() -> autoRead);
  }

  /** Whether the customer's messages count as read the moment they arrive. */
  public void setAutoRead(boolean value) {
    change(() -> autoRead = value);
  }

  void setTypingUntil(Instant when) {
    change(() -> typingUntil = when);
  }

  /** The app that has the thread, if it is not the one that webhooks belong to. */
  public Optional<String> otherOwner() {
    return locked(() -> otherOwner);
  }

  void setOtherOwner(Optional<String> appId) {
    change(() -> otherOwner = appId);
  }

  /** The customer did something: the business may answer. */
  void acted(Instant when) {
    change(() -> lastAction = Optional.of(lastAction.filter(when::isBefore).orElse(when)));
  }

  /** Whether the business may write at that time; as a person within seven days. */
  boolean windowOpen(Instant now, boolean humanAgent) {
    Duration window = humanAgent ? HUMAN_AGENT_WINDOW : WINDOW;
    return locked(() -> lastAction.filter(last -> now.isBefore(last.plus(window))).isPresent());
  }

  void add(DirectMessage message) {
    change(
        () -> {
          messages.put(message.mid(), new Entry(version, message));
          if (!message.fromPerson()) {
            typingUntil = Instant.EPOCH;
          }
        });
  }

  /** Changes one message; empty when it is not here or stays as it is. */
  Optional<DirectMessage> update(String mid, UnaryOperator<DirectMessage> change) {
    Optional<DirectMessage> changed =
        locked(
            () -> {
              Entry entry = messages.get(mid);
              if (entry == null) {
                return Optional.<DirectMessage>empty();
              }
              DirectMessage next = change.apply(entry.message());
              if (next.equals(entry.message())) {
                return Optional.<DirectMessage>empty();
              }
              version++;
              messages.put(mid, new Entry(version, next));
              return Optional.of(next);
            });
    changed.ifPresent(message -> changes.signal());
    return changed;
  }

  /** All messages, in the order in which the platform took them. */
  public List<DirectMessage> messages() {
    return locked(
        () ->
            messages.values().stream()
                .map(Entry::message)
                .sorted(Comparator.comparingLong(DirectMessage::order))
                .toList());
  }

  Optional<DirectMessage> message(String mid) {
    return locked(() -> Optional.ofNullable(messages.get(mid)).map(Entry::message));
  }

  /** What the customer sees, but only messages that changed after a version (0: all). */
  public View viewAfter(long seen, Instant now) {
    return locked(
        () ->
            new View(
                person,
                on,
                now.isBefore(typingUntil),
                version,
                messages.values().stream()
                    .filter(entry -> entry.version() > seen)
                    .map(Entry::message)
                    .filter(DirectMessage::isOnThePhone)
                    .sorted(Comparator.comparingLong(DirectMessage::order))
                    .toList()));
  }

  Saved save() {
    return locked(
        () ->
            new Saved(
                person,
                on,
                autoRead,
                lastAction,
                otherOwner,
                messages.values().stream().map(Entry::message).toList()));
  }

  void restore(Saved saved) {
    change(
        () -> {
          on = saved.on();
          autoRead = saved.autoRead();
          lastAction = saved.lastAction();
          otherOwner = saved.otherOwner();
          saved
              .messages()
              .forEach(message -> messages.put(message.mid(), new Entry(version, message)));
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
