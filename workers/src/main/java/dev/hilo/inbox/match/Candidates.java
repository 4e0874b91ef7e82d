package dev.hilo.inbox.match;

import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Finds in the store who may be the same person as a contact, and scores them. A contact is found
 * after it was {@link #remember remembered}, about a second later.
 */
@Component
public class Candidates {

  /** Those with the most and rarest keys in common. */
  private static final int MOST = 50;

  /** How many of them are read and compared. */
  private static final int MOST_COMPARED = 20;

  private final Documents<IdentityRecord> identities;
  private final Contacts contacts;
  private final MatchModels models;
  private final Clock clock;

  public Candidates(Store store, Contacts contacts, MatchModels models, Clock clock) {
    this.identities = store.documents(Indexes.IDENTITIES, IdentityRecord.class);
    this.contacts = contacts;
    this.models = models;
    this.clock = clock;
  }

  /**
   * Somebody who may be the same person.
   *
   * @param contact that stands
   */
  public record Candidate(Contact contact, Score score) {}

  /** Writes down what the contact is found by. To be called when it changed; may be repeated. */
  public void remember(Contact contact) {
    List<String> keys = keys(Persons.of(contact));
    identities.change(
        contact.id(),
        before ->
            before != null && before.keys().equals(keys)
                ? before
                : new IdentityRecord(contact.id(), keys, clock.instant()));
  }

  /**
   * Who may be the same person, the likeliest first.
   *
   * @param least probability
   */
  public List<Candidate> of(Contact contact, double least) {
    Person person = Persons.of(contact);
    Set<String> roots = new LinkedHashSet<>();
    for (IdentityRecord found : find(person, MOST)) {
      if (roots.size() < MOST_COMPARED && !contact.members().contains(found.contactId())) {
        roots.add(contacts.rootId(found.contactId()));
      }
    }
    roots.remove(contact.id());
    List<Contact> others = roots.stream().map(contacts::root).toList();
    List<Score> scores =
        models.matcher().compare(person, others.stream().map(Persons::of).toList());
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      if (scores.get(i).probability() >= least) {
        candidates.add(new Candidate(others.get(i), scores.get(i)));
      }
    }
    candidates.sort(
        Comparator.comparingDouble((Candidate it) -> it.score().probability()).reversed());
    return candidates;
  }

  List<IdentityRecord> find(Person person, int most) {
    List<String> keys = keys(person);
    return keys.isEmpty()
        ? List.of()
        : identities.search(StoreQuery.ofSize(most).rankedBy("keys", keys));
  }

  /** Digests, so that the index holds no name or number in plain. */
  static List<String> keys(Person person) {
    return BlockingKeys.of(person).stream()
        .map(key -> Long.toHexString(TermFrequencies.hash(key)))
        .sorted()
        .toList();
  }
}
