package dev.hilo.meta;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.Sender;
import java.time.Instant;
import java.util.Optional;

/**
 * One element of a conversation: a message or an event, and who it is about.
 *
 * @param node {@code {sender, recipient, timestamp, <what happened>}}
 * @param entryTime when the webhook was made, for elements without a time of their own
 * @param standby whether another app of the business has the customer now
 */
record Item(
    Part node, MetaAccount account, Optional<Instant> entryTime, boolean standby, Reading reading) {

  /** Before the reference of somebody who has no id yet: a guest of the chat plugin. */
  static final String GUEST = "user_ref:";

  /** Whether the business itself did it: an echo, or our account is the sender. */
  boolean outgoing() {
    return node.part("message").flag("is_echo") || party("sender").equals(Optional.of(ours()));
  }

  /** The customer's side of it; empty when it does not say. */
  Optional<ContactAddress> customer() {
    Optional<String> sender = party("sender");
    Optional<String> person =
        outgoing() ? party("recipient").filter(id -> !id.equals(ours())).or(() -> sender) : sender;
    return person
        .filter(id -> !id.equals(ours()))
        .map(id -> new ContactAddress(ContactAddress.Kind.SOCIAL, id));
  }

  private String ours() {
    return account.id().value();
  }

  private Optional<String> party(String name) {
    Part party = node.part(name);
    return party
        .id("id")
        .or(() -> party.id("user_ref").map(reference -> GUEST + reference))
        .filter(id -> id.length() <= 512);
  }

  /** The provider's time of it. */
  Instant at() {
    return node.time("timestamp").or(() -> entryTime).orElse(reading.receivedAt());
  }

  /** The time as it was written; tells two events of one kind apart. */
  String when() {
    return node.text("timestamp").orElse("");
  }

  /** The header of the event that is added next. */
  EventHeader header(ContactAddress customer, String kind, String... parts) {
    return reading.header(account.id(), Sender.of(customer), at(), kind, parts);
  }

  /** The header of an event about the account itself: it has no customer. */
  EventHeader accountHeader(String kind, String... parts) {
    ContactAddress self = new ContactAddress(ContactAddress.Kind.SOCIAL, ours());
    return reading.header(account.id(), Sender.of(self), at(), kind, parts);
  }
}
