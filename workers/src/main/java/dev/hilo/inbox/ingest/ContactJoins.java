package dev.hilo.inbox.ingest;

import dev.hilo.channel.ChannelEvent.AddressChanged;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.EventHeader;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.audit.AuditRecord;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.ProofCodes;
import dev.hilo.inbox.engine.Engine;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
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
  private final AuditLog audit;
  private final ApplicationEventPublisher changes;
  private final Clock clock;

  ContactJoins(
      Contacts contacts,
      ProofCodes proofs,
      Threads threads,
      Engine engine,
      AuditLog audit,
      ApplicationEventPublisher changes,
      Clock clock) {
    this.contacts = contacts;
    this.proofs = proofs;
    this.threads = threads;
    this.engine = engine;
    this.audit = audit;
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
    audit.addOnce(
        header.id().value(),
        new AuditRecord(
            joined.joined() ? "contact-joined" : "contact-join-refused",
            actor,
            joined.contact().id(),
            joined.merged(),
            Optional.empty(),
            clock.instant()));
    return joined.joined();
  }
}
