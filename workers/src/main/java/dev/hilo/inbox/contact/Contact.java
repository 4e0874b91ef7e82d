package dev.hilo.inbox.contact;

import dev.hilo.channel.ContactAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A customer.
 *
 * @param id random; says nothing of the person
 * @param displayName as the customer or the provider gave it last
 * @param language BCP 47 tag, where known
 * @param addresses all addresses that lead here, and those only claimed, in the order they came
 * @param mergedInto the contact that took this one's place
 */
public record Contact(
    String id,
    Optional<String> displayName,
    Optional<String> language,
    List<KnownAddress> addresses,
    Optional<String> mergedInto,
    Instant createdAt) {

  /** An address of the contact. */
  public record KnownAddress(ContactAddress address, Proof proof) {}

  static Contact fresh(String id, Instant now) {
    return new Contact(id, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), now);
  }

  /** How sure an address is; empty if it is not the contact's. */
  public Optional<Proof> proofOf(ContactAddress address) {
    return addresses.stream()
        .filter(known -> known.address().equals(address))
        .map(KnownAddress::proof)
        .findFirst();
  }

  Contact knowing(ContactAddress address, Proof proof) {
    if (proofOf(address).filter(proof::equals).isPresent()) {
      return this;
    }
    List<KnownAddress> all = new ArrayList<>();
    boolean found = false;
    for (KnownAddress known : addresses) {
      boolean same = known.address().equals(address);
      all.add(same ? new KnownAddress(address, proof) : known);
      found |= same;
    }
    if (!found) {
      all.add(new KnownAddress(address, proof));
    }
    return new Contact(id, displayName, language, List.copyOf(all), mergedInto, createdAt);
  }

  Contact named(Optional<String> name, Optional<String> spoken) {
    Optional<String> newName = name.filter(value -> !value.isBlank()).or(() -> displayName);
    Optional<String> newLanguage = spoken.or(() -> language);
    if (newName.equals(displayName) && newLanguage.equals(language)) {
      return this;
    }
    return new Contact(id, newName, newLanguage, addresses, mergedInto, createdAt);
  }

  Contact merged(String into) {
    return mergedInto.isPresent()
        ? this
        : new Contact(id, displayName, language, addresses, Optional.of(into), createdAt);
  }
}
