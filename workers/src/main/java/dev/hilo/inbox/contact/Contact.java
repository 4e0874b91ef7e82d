package dev.hilo.inbox.contact;

import dev.hilo.channel.ContactAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A customer: the contact that stands, with all that was merged into it. The golden record.
 *
 * @param id of the contact that stands
 * @param members ids of all contacts that are this one now, itself first
 * @param addresses all addresses that lead here, and those only claimed
 * @param fields what counts of each field
 * @param createdAt of the oldest
 */
public record Contact(
    String id,
    List<String> members,
    List<KnownAddress> addresses,
    List<GoldenField> fields,
    Instant createdAt) {

  public Contact {
    members = List.copyOf(members);
    addresses = List.copyOf(addresses);
    fields = List.copyOf(fields);
  }

  /** The name that counts. */
  public Optional<String> displayName() {
    return value(ContactFields.NAME);
  }

  /** The language that counts, a BCP 47 tag. */
  public Optional<String> language() {
    return value(ContactFields.LANGUAGE);
  }

  /** The value of a field that counts. */
  public Optional<String> value(String field) {
    return field(field).map(golden -> golden.value().value());
  }

  /** A field with its source and what else is said of it. */
  public Optional<GoldenField> field(String field) {
    return fields.stream().filter(golden -> golden.field().equals(field)).findFirst();
  }

  /** How sure an address is; empty if it is not the contact's. */
  public Optional<Proof> proofOf(ContactAddress address) {
    return addresses.stream()
        .filter(known -> known.is(address))
        .map(KnownAddress::proof)
        .min(Proof::compareTo);
  }

  /**
   * Which of the {@link #members} an address came with: whoever writes from it is that one, should
   * the contact be split.
   */
  public String memberWith(ContactAddress address) {
    return addresses.stream()
        .filter(known -> known.is(address))
        .map(KnownAddress::contactId)
        .findFirst()
        .orElse(id);
  }
}
