package dev.hilo.inbox.contact;

import dev.hilo.channel.ContactAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one contact by itself, whatever it was merged with: the document.
 *
 * @param id random; says nothing of the person
 * @param addresses all addresses that lead here, and those only claimed, in the order they came
 * @param fields at most one value of each field and source
 * @param merge the contact that took this one's place
 * @param absorbed contacts that may point here: each is looked at before it is believed
 * @param pending changes that stand and are not yet carried out everywhere, oldest first
 * @param pendingSince when the oldest of them was made
 */
public record ContactRecord(
    String id,
    List<KnownAddress> addresses,
    List<FieldValue> fields,
    Optional<MergePointer> merge,
    List<String> absorbed,
    List<IdentityChange> pending,
    Optional<Instant> pendingSince,
    Instant createdAt) {

  /** Of two contacts the first one stands: the older, so that no two can point at each other. */
  public static final Comparator<ContactRecord> STANDING_FIRST =
      Comparator.comparing(ContactRecord::createdAt).thenComparing(ContactRecord::id);

  static ContactRecord fresh(String id, Instant now) {
    return new ContactRecord(
        id, List.of(), List.of(), Optional.empty(), List.of(), List.of(), Optional.empty(), now);
  }

  /** How sure an address is; empty if it is not this contact's own. */
  Optional<Proof> proofOf(ContactAddress address) {
    return addresses.stream()
        .filter(known -> known.is(address))
        .map(KnownAddress::proof)
        .findFirst();
  }

  ContactRecord knowing(ContactAddress address, Proof proof) {
    if (proofOf(address).filter(proof::equals).isPresent()) {
      return this;
    }
    List<KnownAddress> all = new ArrayList<>();
    boolean found = false;
    for (KnownAddress known : addresses) {
      boolean same = known.is(address);
      all.add(same ? new KnownAddress(known.address(), proof, id) : known);
      found |= same;
    }
    if (!found) {
      all.add(new KnownAddress(address, proof, id));
    }
    return new ContactRecord(
        id, List.copyOf(all), fields, merge, absorbed, pending, pendingSince, createdAt);
  }

  /** With a value in place of what the same source said before. */
  ContactRecord saying(FieldValue value) {
    List<FieldValue> all = new ArrayList<>();
    for (FieldValue known : fields) {
      boolean replaced = known.field().equals(value.field()) && known.source() == value.source();
      if (replaced
          && (known.at().isAfter(value.at())
              || (known.value().equals(value.value())
                  && known.confidence() == value.confidence()))) {
        return this;
      }
      if (!replaced) {
        all.add(known);
      }
    }
    all.add(value);
    return new ContactRecord(
        id, addresses, List.copyOf(all), merge, absorbed, pending, pendingSince, createdAt);
  }

  ContactRecord absorbing(String other) {
    if (absorbed.contains(other)) {
      return this;
    }
    List<String> more = new ArrayList<>(absorbed);
    more.add(other);
    return new ContactRecord(
        id, addresses, fields, merge, List.copyOf(more), pending, pendingSince, createdAt);
  }

  ContactRecord releasing(String other) {
    if (!absorbed.contains(other)) {
      return this;
    }
    List<String> fewer = absorbed.stream().filter(one -> !one.equals(other)).toList();
    return new ContactRecord(id, addresses, fields, merge, fewer, pending, pendingSince, createdAt);
  }

  /** Points to another contact; one that points already is left alone. */
  ContactRecord merged(MergePointer pointer, IdentityChange change) {
    return merge.isPresent() ? this : changed(Optional.of(pointer), change);
  }

  /** Stands alone again, if it is this merge that made it point. */
  ContactRecord split(String mergeId, IdentityChange change) {
    return merge.filter(pointer -> pointer.mergeId().equals(mergeId)).isPresent()
        ? changed(Optional.empty(), change)
        : this;
  }

  ContactRecord pointing(Optional<MergePointer> pointer) {
    return new ContactRecord(
        id, addresses, fields, pointer, absorbed, pending, pendingSince, createdAt);
  }

  private ContactRecord changed(Optional<MergePointer> pointer, IdentityChange change) {
    List<IdentityChange> more = new ArrayList<>(pending);
    more.add(change);
    return new ContactRecord(
        id,
        addresses,
        fields,
        pointer,
        absorbed,
        List.copyOf(more),
        pendingSince.or(() -> Optional.of(change.at())),
        createdAt);
  }

  ContactRecord settled(String changeId) {
    List<IdentityChange> fewer =
        pending.stream().filter(change -> !change.id().equals(changeId)).toList();
    return fewer.size() == pending.size()
        ? this
        : new ContactRecord(
            id,
            addresses,
            fields,
            merge,
            absorbed,
            fewer,
            fewer.stream().map(IdentityChange::at).findFirst(),
            createdAt);
  }
}
