package dev.hilo.inbox.contact;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Sender;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.LinkClaims;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * All contacts. An address is found by one read by id; a new one is created with create-only
 * semantics, so that two racing messages make one contact.
 */
@Component
public class Contacts {

  private final Documents<AliasRecord> aliases;
  private final Documents<Contact> contacts;
  private final Clock clock;

  public Contacts(Store store, Clock clock) {
    this.aliases = store.documents(Indexes.ALIASES, AliasRecord.class);
    this.contacts = store.documents(Indexes.CONTACTS, Contact.class);
    this.clock = clock;
  }

  /**
   * The contact that an event is from, made if there is none. May be repeated.
   *
   * @param account says how typed phone numbers are read and when claims link
   * @return the contact at the end of all merges
   */
  public Contact resolve(Sender sender, Account account) {
    List<ContactAddress> claims = normalised(sender, account);
    AliasRecord alias =
        sender
            .vouched()
            .flatMap(address -> alias(address).stream())
            .filter(found -> !(isLinkedByOwnClaim(found) && isVerified(sender)))
            .findFirst()
            .orElseGet(() -> introduce(sender, claims, account.linkClaims()));
    Contact contact = root(alias.contactId());
    if (isProvenByThis(alias, sender)) {
      contact = takeOver(alias, contact);
    }
    return remember(contact, sender, alias, claims, account.linkClaims());
  }

  /** Follows merges to the contact that stands now. */
  public Contact root(String contactId) {
    Contact contact = contact(contactId);
    while (contact.mergedInto().isPresent()) {
      contact = contact(contact.mergedInto().get());
    }
    return contact;
  }

  /** The contact an address leads to, if any. */
  public Optional<Contact> find(ContactAddress address) {
    return alias(address).map(alias -> root(alias.contactId()));
  }

  /** The ids of the contacts that some addresses lead to, for those that lead to any. */
  public Map<ContactAddress, String> ids(Collection<ContactAddress> addresses) {
    List<AliasRecord> known =
        aliases.getAll(addresses.stream().distinct().map(Contacts::aliasId).toList());
    Map<String, Contact> read = new HashMap<>();
    contacts
        .getAll(known.stream().map(AliasRecord::contactId).distinct().toList())
        .forEach(contact -> read.put(contact.id(), contact));
    Map<String, String> standing = new HashMap<>();
    for (AliasRecord alias : known) {
      boolean merged =
          Optional.ofNullable(read.get(alias.contactId())).flatMap(Contact::mergedInto).isPresent();
      standing.put(
          aliasId(alias.address()), merged ? root(alias.contactId()).id() : alias.contactId());
    }
    // By the addresses that were asked for, however the alias was written first.
    Map<ContactAddress, String> ids = new HashMap<>();
    for (ContactAddress address : addresses) {
      Optional.ofNullable(standing.get(aliasId(address))).ifPresent(id -> ids.put(address, id));
    }
    return ids;
  }

  /**
   * Joins the contact of a visitor with the contact of an address that the visitor has shown to
   * own. May be repeated.
   *
   * @param owned the address that the proof came from, vouched for by its channel
   * @return what happened, with the contact that stands
   */
  public Joined join(ContactAddress visitor, ContactAddress owned) {
    AliasRecord visitorAlias =
        alias(visitor).orElseGet(() -> introduce(visitor, List.of(), LinkClaims.WHEN_PROVEN));
    Contact visitorContact = root(visitorAlias.contactId());
    AliasRecord ownedAlias =
        createAlias(owned, visitorContact.id(), Proof.PROVEN, Optional.empty());
    Contact ownedContact = root(ownedAlias.contactId());
    Optional<String> merged = Optional.empty();
    if (!ownedContact.id().equals(visitorContact.id())) {
      if (hasOtherProof(visitorContact, visitor, owned)) {
        return new Joined(ownedContact, Optional.empty(), false);
      }
      merged = Optional.of(visitorContact.id());
      change(visitorContact.id(), contact -> contact.merged(ownedContact.id()));
      for (Contact.KnownAddress address : visitorContact.addresses()) {
        if (ownedContact.proofOf(address.address()).isEmpty()) {
          change(ownedContact.id(), contact -> contact.knowing(address.address(), address.proof()));
        }
      }
    }
    prove(owned);
    prove(visitor);
    Contact standing =
        change(
            ownedContact.id(),
            contact -> contact.knowing(owned, Proof.PROVEN).knowing(visitor, Proof.PROVEN));
    return new Joined(standing, merged, true);
  }

  /**
   * What a join did.
   *
   * @param contact the contact that stands
   * @param merged the contact that was merged into it, if there were two
   * @param joined false if both have other proven addresses of their own: that is for a person to
   *     decide
   */
  public record Joined(Contact contact, Optional<String> merged, boolean joined) {}

  private Contact contact(String id) {
    return contacts
        .change(id, contact -> contact == null ? Contact.fresh(id, clock.instant()) : contact)
        .orElseThrow();
  }

  /**
   * Whether the channel vouches for more than the address itself. What a claim led to is then not
   * this person's contact: nothing that is proven may get there by what somebody typed.
   */
  private static boolean isVerified(Sender sender) {
    return !sender.alsoKnownAs().isEmpty();
  }

  private static boolean isLinkedByOwnClaim(AliasRecord alias) {
    return alias.proof() == Proof.CLAIMED && alias.claimedBy().isEmpty();
  }

  /** First sight of a sender, who gets a contact of its own where a claim leads nowhere. */
  private AliasRecord introduce(Sender sender, List<ContactAddress> claims, LinkClaims linkClaims) {
    if (!isVerified(sender)) {
      return introduce(sender.address(), claims, linkClaims);
    }
    ContactAddress unknown =
        sender
            .vouched()
            .filter(address -> alias(address).isEmpty())
            .findFirst()
            .orElseGet(() -> sender.alsoKnownAs().getFirst());
    return introduce(unknown, List.of(), linkClaims);
  }

  /** First sight of an address: a claim may lead it to a contact that is there already. */
  private AliasRecord introduce(
      ContactAddress address, List<ContactAddress> claims, LinkClaims linkClaims) {
    Optional<AliasRecord> linked =
        linkClaims == LinkClaims.AT_ONCE
            ? claims.stream().flatMap(claim -> alias(claim).stream()).findFirst()
            : Optional.empty();
    return linked
        .map(claim -> createAlias(address, claim.contactId(), Proof.CLAIMED, Optional.empty()))
        .orElseGet(
            () ->
                createAlias(address, UUID.randomUUID().toString(), Proof.PROVEN, Optional.empty()));
  }

  /** Whether the channel vouches now for what somebody else had only typed before. */
  private static boolean isProvenByThis(AliasRecord alias, Sender sender) {
    return alias.proof() == Proof.CLAIMED
        && alias.claimedBy().isPresent()
        && sender.vouched().anyMatch(alias.address()::equals);
  }

  /**
   * The owner of a claimed address has come: the contact is the owner's from now on, and whoever
   * typed the address is the one who has something to prove.
   */
  private Contact takeOver(AliasRecord alias, Contact contact) {
    ContactAddress claimant = alias.claimedBy().orElseThrow();
    prove(alias.address());
    aliases.change(aliasId(claimant), record -> record == null ? null : record.claimed());
    return change(
        contact.id(),
        c -> c.knowing(alias.address(), Proof.PROVEN).knowing(claimant, Proof.CLAIMED));
  }

  private Contact remember(
      Contact contact,
      Sender sender,
      AliasRecord alias,
      List<ContactAddress> claims,
      LinkClaims linkClaims) {
    Set<ContactAddress> others = new LinkedHashSet<>(sender.vouched().toList());
    others.remove(alias.address());
    for (ContactAddress other : others) {
      createAlias(other, contact.id(), Proof.PROVEN, Optional.empty());
    }
    Set<ContactAddress> newClaims = new LinkedHashSet<>(claims);
    newClaims.removeIf(claim -> contact.proofOf(claim).isPresent());
    if (linkClaims == LinkClaims.AT_ONCE) {
      for (ContactAddress claim : newClaims) {
        createAlias(claim, contact.id(), Proof.CLAIMED, Optional.of(sender.address()));
      }
    }
    // A claimed name must not rename a contact whose other addresses are proven.
    boolean mayName = alias.proof() == Proof.PROVEN || contact.displayName().isEmpty();
    UnaryOperator<Contact> learn =
        current -> {
          Contact next = current;
          if (current.proofOf(alias.address()).isEmpty()) {
            next = next.knowing(alias.address(), alias.proof());
          }
          for (ContactAddress other : others) {
            next = next.knowing(other, Proof.PROVEN);
          }
          for (ContactAddress claim : newClaims) {
            if (contact.proofOf(claim).isEmpty()) {
              next = next.knowing(claim, Proof.CLAIMED);
            }
          }
          return next.named(mayName ? sender.displayName() : Optional.empty(), sender.language());
        };
    // Mostly there is nothing to learn, and what was just read need not be read again.
    return learn.apply(contact).equals(contact) ? contact : change(contact.id(), learn);
  }

  private static boolean hasOtherProof(
      Contact contact, ContactAddress visitor, ContactAddress owned) {
    return contact.addresses().stream()
        .filter(known -> known.proof() == Proof.PROVEN)
        .map(Contact.KnownAddress::address)
        .anyMatch(
            address ->
                address.kind() != ContactAddress.Kind.VISITOR
                    && !address.equals(visitor)
                    && !address.equals(owned));
  }

  /** Notes what a provider says of a contact that did not tell its name itself. */
  public Contact introduced(String id, Optional<String> name, Optional<String> language) {
    return change(
        root(id).id(),
        contact -> contact.displayName().isPresent() ? contact : contact.named(name, language));
  }

  private Contact change(String id, UnaryOperator<Contact> change) {
    return contacts
        .change(
            id,
            contact -> change.apply(contact == null ? Contact.fresh(id, clock.instant()) : contact))
        .orElseThrow();
  }

  private void prove(ContactAddress address) {
    aliases.change(aliasId(address), alias -> alias == null ? null : alias.proven());
  }

  private Optional<AliasRecord> alias(ContactAddress address) {
    return aliases.get(aliasId(address));
  }

  /** Creates the alias, or gives the one that was created first. */
  private AliasRecord createAlias(
      ContactAddress address, String contactId, Proof proof, Optional<ContactAddress> claimedBy) {
    AliasRecord fresh = new AliasRecord(address, contactId, proof, claimedBy, clock.instant());
    if (aliases.create(aliasId(address), fresh)) {
      return fresh;
    }
    return alias(address).orElse(fresh);
  }

  private static List<ContactAddress> normalised(Sender sender, Account account) {
    return sender.claims().stream()
        .flatMap(claim -> normalised(claim, account.country()))
        .distinct()
        .toList();
  }

  private static Stream<ContactAddress> normalised(ContactAddress claim, String country) {
    return switch (claim.kind()) {
      case PHONE -> PhoneNumbers.toE164(claim.value(), country).map(ContactAddress::phone).stream();
      case EMAIL -> {
        String email = claim.value().trim().toLowerCase(Locale.ROOT);
        yield email.matches("[^@\\s]+@[^@\\s]+")
            ? Stream.of(ContactAddress.email(email))
            : Stream.of();
      }
      case DOCUMENT -> IdentityDocument.of(claim).map(IdentityDocument::address).stream();
      // Nobody can type these.
      case SOCIAL, BUSINESS_SCOPED, VISITOR, EXTERNAL -> Stream.of();
    };
  }

  /** A digest, so that no address stands in a URL or a log of the store. */
  static String aliasId(ContactAddress address) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(address.key().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
