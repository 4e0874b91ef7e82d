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
  private final ContactTree tree;
  private final Clock clock;

  public Contacts(Store store, ContactTree tree, Clock clock) {
    this.aliases = store.documents(Indexes.ALIASES, AliasRecord.class);
    this.tree = tree;
    this.clock = clock;
  }

  /**
   * The contact that an event is from, made if there is none. May be repeated.
   *
   * @param account says how typed phone numbers are read and when claims link
   * @return the contact at the end of all merges
   */
  public Contact resolve(Sender sender, Account account) {
    return resolve(sender, account, Proof.PROVEN);
  }

  /**
   * The contact that an event is from, made if there is none. May be repeated.
   *
   * @param account says how typed phone numbers are read and when claims link
   * @param proof {@code CLAIMED} if the channel does not vouch for the sender, as with a mail that
   *     anybody may have sent: it leads to the contact, and proves and changes nothing there
   * @return the contact at the end of all merges
   */
  public Contact resolve(Sender sender, Account account, Proof proof) {
    if (proof == Proof.CLAIMED) {
      return resolveUnproven(sender);
    }
    List<ContactAddress> claims = normalised(sender, account);
    AliasRecord alias =
        sender
            .vouched()
            .flatMap(address -> alias(address).stream())
            .filter(found -> !(isLinkedByOwnClaim(found) && isVerified(sender)))
            .findFirst()
            .orElseGet(() -> introduce(sender, claims, account.linkClaims()));
    if (isProvenByThis(alias, sender)) {
      takeOver(alias);
    } else if (isProvenLater(alias)) {
      prove(alias.address());
      alias = alias.proven();
    }
    remember(sender, alias, claims, account.linkClaims());
    return tree.view(alias.contactId());
  }

  private Contact resolveUnproven(Sender sender) {
    ContactAddress address = sender.address();
    AliasRecord alias =
        alias(address)
            .orElseGet(
                () ->
                    createAlias(
                        address, UUID.randomUUID().toString(), Proof.CLAIMED, Optional.empty()));
    ContactRecord record = tree.record(alias.contactId());
    boolean proven = record.addresses().stream().anyMatch(known -> known.proof() == Proof.PROVEN);
    if (!proven) {
      UnaryOperator<ContactRecord> change =
          current -> told(current.knowing(address, alias.proof()), sender, alias);
      if (!change.apply(record).equals(record)) {
        tree.change(record.id(), change);
      }
    }
    return tree.view(alias.contactId());
  }

  /** Whether a mailbox that nobody vouched for at first is vouched for now. */
  private static boolean isProvenLater(AliasRecord alias) {
    return alias.address().kind() == ContactAddress.Kind.EMAIL
        && alias.proof() == Proof.CLAIMED
        && alias.claimedBy().isEmpty();
  }

  /**
   * Contacts by themselves to which the addresses lead that the channel vouches for together: more
   * than one that are not merged are one person in two records.
   */
  public List<String> contactsOf(Sender sender) {
    return sender
        .vouched()
        .flatMap(address -> alias(address).stream())
        // What only a claim led somewhere says nothing of who that is.
        .filter(alias -> alias.proof() == Proof.PROVEN)
        .map(AliasRecord::contactId)
        .distinct()
        .toList();
  }

  /** Follows merges to the contact that stands now. */
  public Contact root(String contactId) {
    return tree.view(contactId);
  }

  /** Id of the contact that stands for this one. */
  public String rootId(String contactId) {
    return tree.rootId(contactId);
  }

  /** Id of the contact by itself that an address leads to, if any; not followed. */
  public Optional<String> ownerOf(ContactAddress address) {
    return alias(address).map(AliasRecord::contactId);
  }

  /** The contact an address leads to, if any. */
  public Optional<Contact> find(ContactAddress address) {
    return alias(address).map(alias -> tree.view(alias.contactId()));
  }

  /** The ids of the contacts that some addresses lead to, for those that lead to any. */
  public Map<ContactAddress, String> ids(Collection<ContactAddress> addresses) {
    Map<String, String> standing = new HashMap<>();
    for (AliasRecord alias :
        aliases.getAll(addresses.stream().distinct().map(Contacts::aliasId).toList())) {
      standing.put(aliasId(alias.address()), alias.contactId());
    }
    Map<String, String> roots = tree.rootIds(standing.values());
    // By the addresses that were asked for, however the alias was written first.
    Map<ContactAddress, String> ids = new HashMap<>();
    for (ContactAddress address : addresses) {
      Optional.ofNullable(standing.get(aliasId(address)))
          .ifPresent(id -> ids.put(address, roots.getOrDefault(id, id)));
    }
    return ids;
  }

  /**
   * Looks at two addresses that turn out to be one person's: a visitor has shown to own the other,
   * or one has become the other. May be repeated.
   *
   * @param owned the address that the proof came from, vouched for by its channel
   */
  public Join join(ContactAddress visitor, ContactAddress owned) {
    AliasRecord visitorAlias =
        alias(visitor).orElseGet(() -> introduce(visitor, List.of(), LinkClaims.WHEN_PROVEN));
    Contact first = tree.view(visitorAlias.contactId());
    AliasRecord ownedAlias =
        createAlias(owned, visitorAlias.contactId(), Proof.PROVEN, Optional.empty());
    Contact second = tree.view(ownedAlias.contactId());
    boolean free = first.id().equals(second.id()) || !hasOtherProof(first, visitor, owned);
    return new Join(visitorAlias.contactId(), ownedAlias.contactId(), free);
  }

  /** Notes that both addresses are shown to be their contacts' own. */
  public void prove(ContactAddress address) {
    aliases
        .change(aliasId(address), alias -> alias == null ? null : alias.proven())
        .ifPresent(
            alias ->
                tree.change(alias.contactId(), record -> record.knowing(address, Proof.PROVEN)));
  }

  /**
   * Two addresses that are one person's.
   *
   * @param first whose the first address is
   * @param second whose the second one is
   * @param free false if both have other proven addresses of their own: that is for a person to
   *     decide
   */
  public record Join(String first, String second, boolean free) {}

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
        && sender.vouched().anyMatch(address -> aliasId(address).equals(aliasId(alias.address())));
  }

  /**
   * The owner of a claimed address has come: the contact is the owner's from now on, and whoever
   * typed the address is the one who has something to prove.
   */
  private void takeOver(AliasRecord alias) {
    ContactAddress claimant = alias.claimedBy().orElseThrow();
    aliases.change(aliasId(alias.address()), record -> record == null ? null : record.proven());
    aliases.change(aliasId(claimant), record -> record == null ? null : record.claimed());
    tree.change(
        alias.contactId(),
        record -> record.knowing(alias.address(), Proof.PROVEN).knowing(claimant, Proof.CLAIMED));
  }

  private void remember(
      Sender sender, AliasRecord alias, List<ContactAddress> claims, LinkClaims linkClaims) {
    String id = alias.contactId();
    ContactRecord before = tree.record(id);
    Set<ContactAddress> others = new LinkedHashSet<>(sender.vouched().toList());
    others.removeIf(other -> aliasId(other).equals(aliasId(alias.address())));
    others.removeIf(other -> before.proofOf(other).isPresent());
    // One that leads to somebody else is for a merge to settle: see contactsOf.
    others.removeIf(
        other -> !createAlias(other, id, Proof.PROVEN, Optional.empty()).contactId().equals(id));
    Set<ContactAddress> newClaims = new LinkedHashSet<>(claims);
    newClaims.removeIf(claim -> before.proofOf(claim).isPresent());
    if (linkClaims == LinkClaims.AT_ONCE) {
      for (ContactAddress claim : newClaims) {
        createAlias(claim, id, Proof.CLAIMED, Optional.of(sender.address()));
      }
    }
    UnaryOperator<ContactRecord> change =
        current -> {
          ContactRecord next = current;
          if (current.proofOf(alias.address()).isEmpty()) {
            next = next.knowing(alias.address(), alias.proof());
          }
          for (ContactAddress other : others) {
            next = next.knowing(other, Proof.PROVEN);
          }
          for (ContactAddress claim : newClaims) {
            if (current.proofOf(claim).isEmpty()) {
              next = next.knowing(claim, Proof.CLAIMED);
            }
          }
          return told(next, sender, alias);
        };
    if (!change.apply(before).equals(before)) {
      tree.change(id, change);
    }
  }

  private ContactRecord told(ContactRecord record, Sender sender, AliasRecord alias) {
    FieldSource source =
        sender.address().kind() == ContactAddress.Kind.VISITOR
            ? FieldSource.CUSTOMER
            : FieldSource.PROVIDER;
    double confidence = alias.proof() == Proof.PROVEN ? 1 : 0.5;
    boolean named =
        record.fields().stream().anyMatch(value -> value.field().equals(ContactFields.NAME));
    // A claimed name must not rename a contact whose other addresses are proven.
    Optional<String> name =
        alias.proof() == Proof.PROVEN || !named ? sender.displayName() : Optional.empty();
    return said(
        said(record, ContactFields.NAME, name, source, confidence),
        ContactFields.LANGUAGE,
        sender.language(),
        source,
        confidence);
  }

  private ContactRecord said(
      ContactRecord record,
      String field,
      Optional<String> value,
      FieldSource source,
      double confidence) {
    return value
        .filter(text -> !text.isBlank())
        .map(
            text ->
                record.saying(
                    new FieldValue(
                        field, text, source, clock.instant(), confidence, Optional.empty())))
        .orElse(record);
  }

  private static boolean hasOtherProof(
      Contact contact, ContactAddress visitor, ContactAddress owned) {
    return contact.addresses().stream()
        .filter(known -> known.proof() == Proof.PROVEN)
        .map(KnownAddress::address)
        .anyMatch(
            address ->
                address.kind() != ContactAddress.Kind.VISITOR
                    && !address.equals(visitor)
                    && !address.equals(owned));
  }

  /** Notes what a provider says of a contact that did not tell its name itself. */
  public Contact introduced(String id, Optional<String> name, Optional<String> language) {
    ContactRecord before = tree.record(id);
    if (before.fields().stream().noneMatch(value -> value.field().equals(ContactFields.NAME))) {
      tree.change(
          id,
          record ->
              said(
                  said(record, ContactFields.NAME, name, FieldSource.PROVIDER, 1),
                  ContactFields.LANGUAGE,
                  language,
                  FieldSource.PROVIDER,
                  1));
    }
    return tree.view(id);
  }

  /** Notes what somebody says of a contact. May be repeated. */
  public Contact write(String id, List<FieldValue> values) {
    tree.change(
        id,
        record -> {
          ContactRecord next = record;
          for (FieldValue value : values) {
            next = next.saying(value);
          }
          return next;
        });
    return tree.view(id);
  }

  /**
   * Gives a contact an address, if nobody has it yet. May be repeated.
   *
   * @return whose the address is now
   */
  public String know(String id, ContactAddress address, Proof proof) {
    AliasRecord alias = createAlias(address, id, proof, Optional.empty());
    if (alias.contactId().equals(id)) {
      tree.change(id, record -> record.knowing(address, alias.proof()));
    }
    return alias.contactId();
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
      case PHONE -> AliasKeys.typedPhone(claim.value(), country).stream();
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
          .formatHex(digest.digest(AliasKeys.of(address).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
