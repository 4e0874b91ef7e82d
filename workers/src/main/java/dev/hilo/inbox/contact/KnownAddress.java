package dev.hilo.inbox.contact;

import dev.hilo.channel.ContactAddress;

/**
 * An address of a contact.
 *
 * @param proof how sure it is that it is theirs
 * @param contactId the contact that it came with; another than the root if that one was merged
 */
public record KnownAddress(ContactAddress address, Proof proof, String contactId) {

  /** Whether it is this address, however it is written. */
  boolean is(ContactAddress other) {
    return address.equals(other)
        || (address.kind() == other.kind() && AliasKeys.of(address).equals(AliasKeys.of(other)));
  }
}
