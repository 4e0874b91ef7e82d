package dev.hilo.simulators.meta;

import dev.hilo.simulators.time.Changes;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Everybody whom the businesses on this provider know. */
public final class Chats {

  private final Map<String, Chat> byPerson = new ConcurrentHashMap<>();
  private final Map<String, Chat> byMessage = new ConcurrentHashMap<>();
  private final AtomicLong order = new AtomicLong();
  private final Changes changes;

  Chats(Changes changes) {
    this.changes = changes;
  }

  /** Everybody, by name. */
  public List<Chat> all() {
    return byPerson.values().stream()
        .sorted(Comparator.comparing((Chat chat) -> chat.person().name()))
        .toList();
  }

  /** The chat of the person with that id. */
  public Optional<Chat> find(String person) {
    return Optional.ofNullable(byPerson.get(person));
  }

  /** The chat that has a message. */
  Optional<Chat> withMessage(String mid) {
    return Optional.ofNullable(byMessage.get(mid));
  }

  /** Adds a person, or changes the one with that id; the chat is kept. */
  Chat put(Person person) {
    Chat chat = byPerson.computeIfAbsent(person.id(), id -> new Chat(person, changes));
    chat.become(person);
    return chat;
  }

  boolean remove(String person) {
    Optional<Chat> chat = Optional.ofNullable(byPerson.remove(person));
    chat.ifPresent(gone -> byMessage.values().removeIf(gone::equals));
    changes.signal();
    return chat.isPresent();
  }

  void add(Chat chat, DirectMessage message) {
    byMessage.put(message.mid(), chat);
    chat.add(message);
  }

  long nextOrder() {
    return order.incrementAndGet();
  }

  void clear() {
    byPerson.clear();
    byMessage.clear();
    order.set(0);
    changes.signal();
  }

  List<Chat.Saved> save() {
    return byPerson.values().stream().map(Chat::save).toList();
  }

  void restore(Collection<Chat.Saved> saved) {
    for (Chat.Saved one : saved) {
      Chat chat = put(one.person());
      chat.restore(one);
      for (DirectMessage message : one.messages()) {
        order.accumulateAndGet(message.order(), Math::max);
        byMessage.put(message.mid(), chat);
      }
    }
  }
}
