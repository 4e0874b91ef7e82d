package dev.hilo.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the store holds of some customers, to be compared with what they sent.
 *
 * @param threads ids of the messages in the thread of each contact
 * @param conversations ids of the conversations of each contact
 * @param contacts how many of the contacts have a document
 * @param aliases how many addresses lead to the contacts
 */
record Inventory(
    List<StoredMessage> messages,
    Map<String, List<String>> threads,
    Map<String, List<String>> conversations,
    int contacts,
    int aliases) {

  /**
   * The first thing that is not as it must be: every message stored once and in one thread once,
   * every customer one contact with one address and one conversation.
   *
   * @return a sentence; empty if nothing is lost or doubled
   */
  Optional<String> defect(Collection<CustomerMessage> sent) {
    return lostOrDoubled(sent)
        .or(() -> manyContacts(sent))
        .or(this::wrongThread)
        .or(this::wrongConversations);
  }

  private Optional<String> lostOrDoubled(Collection<CustomerMessage> sent) {
    Map<String, Integer> stored = new HashMap<>();
    messages.forEach(message -> stored.merge(message.externalId(), 1, Integer::sum));
    Set<String> lost = new TreeSet<>();
    Set<String> doubled = new TreeSet<>();
    for (CustomerMessage message : sent) {
      int copies = stored.getOrDefault(message.id(), 0);
      if (copies == 0) {
        lost.add(message.id());
      } else if (copies > 1) {
        doubled.add(message.id());
      }
      stored.remove(message.id());
    }
    return some(lost, sent.size(), "acknowledged messages are not in the store")
        .or(() -> some(doubled, sent.size(), "messages are in the store more than once"))
        .or(() -> some(stored.keySet(), messages.size(), "stored messages were never sent"));
  }

  private Optional<String> manyContacts(Collection<CustomerMessage> sent) {
    Map<String, Set<String>> byAddress = new TreeMap<>();
    Set<String> all = new HashSet<>();
    for (StoredMessage message : messages) {
      byAddress
          .computeIfAbsent(message.addressKey(), address -> new HashSet<>())
          .add(message.contactId());
      all.add(message.contactId());
    }
    long customers = sent.stream().map(CustomerMessage::from).distinct().count();
    Set<String> several = new TreeSet<>();
    byAddress.forEach(
        (address, ids) -> {
          if (ids.size() > 1) {
            several.add(address);
          }
        });
    if (!several.isEmpty()) {
      return some(several, byAddress.size(), "customers became more than one contact");
    }
    return all.size() == customers && contacts == customers && aliases == customers
        ? Optional.empty()
        : Optional.of(
            "%d customers have %d contacts (%d documents, %d addresses)."
                .formatted(customers, all.size(), contacts, aliases));
  }

  private Optional<String> wrongThread() {
    Map<String, List<String>> expected = new HashMap<>();
    messages.forEach(
        message ->
            expected
                .computeIfAbsent(message.contactId(), contact -> new ArrayList<>())
                .add(message.id()));
    Set<String> wrong = new TreeSet<>();
    expected.forEach(
        (contact, ids) -> {
          List<String> entries = threads.getOrDefault(contact, List.of());
          if (entries.size() != ids.size() || !new HashSet<>(entries).equals(new HashSet<>(ids))) {
            wrong.add(contact);
          }
        });
    return some(wrong, expected.size(), "threads do not hold each stored message once");
  }

  private Optional<String> wrongConversations() {
    Set<String> none = new TreeSet<>();
    Set<String> several = new TreeSet<>();
    for (StoredMessage message : messages) {
      int count = conversations.getOrDefault(message.contactId(), List.of()).size();
      if (count == 0) {
        none.add(message.contactId());
      } else if (count > 1) {
        several.add(message.contactId());
      }
    }
    return some(none, threads.size(), "contacts wrote and have no conversation")
        .or(() -> some(several, threads.size(), "contacts have more than one conversation"));
  }

  private static Optional<String> some(Set<String> which, int of, String what) {
    return which.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d of %d %s, the first: %s."
                .formatted(which.size(), of, what, which.iterator().next()));
  }
}
