package dev.hilo.inbox.ingest;

import dev.hilo.channel.ChannelEvent.AddressChanged;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.EventHeader;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.audit.AuditRecord;
import dev.hilo.inbox.contact.Actor;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.ProofCodes;
import dev.hilo.inbox.merge.MergeOutcome;
import dev.hilo.inbox.merge.MergeRequest;
import dev.hilo.inbox.merge.Merges;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Two addresses turn out to be one person's. May be repeated. */
@Component
class ContactJoins {

  private final Contacts contacts;
  private final ProofCodes proofs;
  private final Merges merges;
  private final AuditLog audit;
  private final ApplicationEventPublisher changes;
  private final Clock clock;

  ContactJoins(
      Contacts contacts,
      ProofCodes proofs,
      Merges merges,
      AuditLog audit,
      ApplicationEventPublisher changes,
      Clock clock) {
    this.contacts = contacts;
    this.proofs = proofs;
    this.merges = merges;
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

  /** Addresses that a channel vouches for together, and that lead to several contacts. */
  void vouchedTogether(EventHeader header) {
    if (header.sender().alsoKnownAs().isEmpty()) {
      return;
    }
    List<String> several = contacts.contactsOf(header.sender());
    for (int i = 1; i < several.size(); i++) {
      merge(
          several.getFirst(),
          several.get(i),
          "vouched for together",
          header.id().value() + "-" + i);
    }
  }

  private boolean join(
      ContactAddress first, ContactAddress second, String actor, EventHeader header) {
    Contacts.Join join = contacts.join(first, second);
    boolean joined =
        join.free() && merge(join.first(), join.second(), actor, header.id().value() + "-merge");
    if (joined) {
      contacts.prove(second);
      contacts.prove(first);
    }
    audit.addOnce(
        header.id().value(),
        new AuditRecord(
            joined ? "contact-joined" : "contact-join-refused",
            actor,
            contacts.rootId(join.second()),
            Optional.of(join.first()),
            Optional.empty(),
            clock.instant()));
    return joined;
  }

  private boolean merge(String first, String second, String actor, String requestId) {
    MergeOutcome outcome =
        merges.merge(
            new MergeRequest(
                requestId, first, second, Actor.machine(actor), actor, Map.of(), Optional.empty()));
    return !(outcome instanceof MergeOutcome.Refused);
  }
}
