package dev.hilo.simulators.whatsapp;

import dev.hilo.simulators.time.Changes;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Everybody who has WhatsApp in this world. */
public final class Phones {

  private final Map<String, Phone> byKey = new ConcurrentHashMap<>();
  private final Map<String, Phone> byUserId = new ConcurrentHashMap<>();
  private final Map<String, Phone> byOwnMessage = new ConcurrentHashMap<>();
  private final AtomicLong order = new AtomicLong();
  private final Changes changes;

  public Phones(Changes changes) {
    this.changes = changes;
  }

  /** Everybody, by name. */
  public List<Phone> all() {
    return byKey.values().stream()
        .sorted(Comparator.comparing(phone -> phone.customer().name()))
        .toList();
  }

  /**
   * Finds a customer.
   *
   * @param key E.164 number or business-scoped user id
   */
  public Optional<Phone> find(String key) {
    return Optional.ofNullable(byKey.get(key)).or(() -> Optional.ofNullable(byUserId.get(key)));
  }

  /** Adds a customer, or renames the one who has that number or id; the chat is kept. */
  Phone put(Customer customer) {
    Phone phone = byKey.computeIfAbsent(customer.key(), key -> new Phone(customer, changes));
    phone.rename(customer);
    customer.userId().ifPresent(id -> byUserId.put(id, phone));
    changes.signal();
    return phone;
  }

  /** Takes a customer away, with the chat. */
  boolean remove(String key) {
    Optional<Phone> phone = find(key);
    phone.ifPresent(
        gone -> {
          byKey.remove(gone.customer().key());
          gone.customer().userId().ifPresent(byUserId::remove);
          byOwnMessage.values().removeIf(gone::equals);
        });
    changes.signal();
    return phone.isPresent();
  }

  void clear() {
    byKey.clear();
    byUserId.clear();
    byOwnMessage.clear();
    order.set(0);
    changes.signal();
  }

  long nextOrder() {
    return order.incrementAndGet();
  }

  /** Remembers whose message that is, so that the business can mark it as read. */
  void wroteMessage(Phone phone, String wamid) {
    byOwnMessage.put(wamid, phone);
  }

  Optional<Phone> writerOf(String wamid) {
    return Optional.ofNullable(byOwnMessage.get(wamid));
  }

  List<Phone.Saved> save() {
    return byKey.values().stream().map(Phone::save).toList();
  }

  void restore(Collection<Phone.Saved> saved) {
    for (Phone.Saved one : saved) {
      Phone phone = put(one.customer());
      phone.restore(one);
      for (ChatMessage message : one.messages()) {
        order.accumulateAndGet(message.order(), Math::max);
        if (message.fromCustomer()) {
          wroteMessage(phone, message.wamid());
        }
      }
    }
  }
}
