package dev.hilo.inbox.contact;

import dev.hilo.channel.ContactAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * An address and the contact it leads to: the one document that decides who a message is from.
 *
 * @param contactId where it leads; a merged contact is followed from there
 * @param proof whether it is shown that the address belongs to this contact
 * @param claimedBy the address whose owner typed this one, for a claim
 */
record AliasRecord(
    ContactAddress address,
    String contactId,
    Proof proof,
    Optional<ContactAddress> claimedBy,
    Instant createdAt) {

  AliasRecord proven() {
    return proof == Proof.PROVEN
        ? this
        : new AliasRecord(address, contactId, Proof.PROVEN, claimedBy, createdAt);
  }

  AliasRecord claimed() {
    return proof == Proof.CLAIMED
        ? this
        : new AliasRecord(address, contactId, Proof.CLAIMED, claimedBy, createdAt);
  }
}
