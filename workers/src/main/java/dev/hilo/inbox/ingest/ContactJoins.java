package dev.hilo.inbox.ingest;

import dev.hilo.channel.ChannelEvent.AddressChanged;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.EventHeader;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.ProofCodes;
import dev.hilo.inbox.engine.Engine;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Two addresses turn out to be one person's. May be repeated. */
@Component
class ContactJoins {

  private final Contacts contacts;
  private final ProofCodes proofs;
  private final Threads threads;
  private final Engine engine;
  private final Documents<AuditRecord> audit;
  private final ApplicationEventPublisher changes;
  private final Clock clock;

  /**
   * Something that was done to a contact, kept for ever.
   *
   * @param action what was done
   * @param actor who or what did it
   * @param subject the contact that stands
   * @param merged the contact that was merged into it, if any
   */
  record AuditRecord(
      String action, String actor, String subject, Optional<String> merged, Instant at) {}

  ContactJoins(
      Contacts contacts,
      ProofCodes proofs,
      Threads threads,
      Engine engine,
      Store store,
      ApplicationEventPublisher changes,
      Clock clock) {
    this.contacts = contacts;
    this.proofs = proofs;
    this.threads = threads;
    this.engine = engine;
    this.audit = store.documents(Indexes.AUDIT, AuditRecord.class);
    this.changes = changes;
    this.clock = clock;
  }

  /** A one-time code proves that a visitor and the sender of the code are one person. */
  void redeemCode(String text, EventHeader header) {
    ContactAddress sender = header.sender().address();
    proofs
        .redeem(text, header.id().value())
        .ifPresent(
            visitor -> {
              if (join(visitor, sender, "one-time code", header)) {
                changes.publishEvent(new VisitorProven(visitor, header.channel()));
              }
            });
  }

  /** The channel vouches that one address has become another. */
  boolean addressChanged(AddressChanged event) {
    return join(event.previous(), event.current(), "changed address", event.header());
  }

  private boolean join(
      ContactAddress first, ContactAddress second, String actor, EventHeader header) {
    Contacts.Joined joined = contacts.join(first, second);
    joined
        .merged()
        .ifPresent(
            loser -> {
              String winner = joined.contact().id();
              boolean news = threads.merge(loser, winner);
              engine.contactMerged(loser, winner);
              if (news) {
                engine.customerMessage(winner, "merged:" + loser + ">" + winner);
              }
            });
    audit.create(
        header.id().value(),
        new AuditRecord(
            joined.joined() ? "contact-joined" : "contact-join-refused",
            actor,
            joined.contact().id(),
            joined.merged(),
            clock.instant()));
    return joined.joined();
  }
}
