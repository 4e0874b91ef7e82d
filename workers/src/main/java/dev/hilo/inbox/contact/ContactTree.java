package dev.hilo.inbox.contact;

import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/**
 * Contacts and what points to what. A merged contact points to the one that stands in its place;
 * nothing else is written by a merge, so that taking the pointer away is an exact split. Pointers
 * go from the younger contact to the older one and so never in a circle.
 */
@Component
public class ContactTree {

  /** A chain of merges is as long as people make it; one longer than this is a fault. */
  private static final int LONGEST_CHAIN = 10_000;

  private final Documents<ContactRecord> records;
  private final FieldPrecedence precedence;
  private final Clock clock;

  public ContactTree(Store store, FieldPrecedence precedence, Clock clock) {
    this.records = store.documents(Indexes.CONTACTS, ContactRecord.class);
    this.precedence = precedence;
    this.clock = clock;
  }

  /** What is known of a contact by itself; made if there is none. */
  public ContactRecord record(String id) {
    Optional<ContactRecord> known = records.get(id);
    return known.isPresent() ? known.get() : change(id, record -> record);
  }

  /** Changes what is known of a contact by itself, by compare-and-set. */
  ContactRecord change(String id, UnaryOperator<ContactRecord> change) {
    return records
        .change(
            id,
            record ->
                change.apply(record == null ? ContactRecord.fresh(id, clock.instant()) : record))
        .orElseThrow();
  }

  /** The contact at the end of all pointers, by itself. */
  public ContactRecord rootRecord(String id) {
    return rootRecord(record(id));
  }

  private ContactRecord rootRecord(ContactRecord from) {
    ContactRecord record = from;
    for (int i = 0; record.merge().isPresent(); i++) {
      if (i > LONGEST_CHAIN) {
        throw new IllegalStateException("contact " + from.id() + " points in a circle");
      }
      record = record(record.merge().get().into());
    }
    return record;
  }

  /** Id of the contact that stands for this one. */
  public String rootId(String id) {
    return rootRecord(id).id();
  }

  /** Ids of the contacts that stand for some, read together. */
  public Map<String, String> rootIds(Collection<String> ids) {
    Map<String, String> roots = new HashMap<>();
    for (ContactRecord record : records.getAll(ids.stream().distinct().toList())) {
      roots.put(record.id(), rootRecord(record).id());
    }
    return roots;
  }

  /** The contact that stands for this one, whole. */
  public Contact view(String id) {
    return view(rootRecord(id));
  }

  /** What a contact would be if nothing stood above it. */
  public Contact viewFrom(String id) {
    return view(record(id));
  }

  private Contact view(ContactRecord root) {
    return view(root, Map.of());
  }

  /** With some records instead of the stored ones. */
  private Contact view(ContactRecord root, Map<String, ContactRecord> instead) {
    Map<String, ContactRecord> members = members(root, instead);
    List<KnownAddress> addresses =
        members.values().stream().flatMap(member -> member.addresses().stream()).toList();
    List<GoldenField> fields = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    members.values().forEach(m -> m.fields().forEach(value -> names.add(value.field())));
    Map<String, List<ContactRecord>> under = new HashMap<>();
    for (ContactRecord member : members.values()) {
      if (!member.id().equals(root.id())) {
        member
            .merge()
            .ifPresent(
                pointer ->
                    under.computeIfAbsent(pointer.into(), id -> new ArrayList<>()).add(member));
      }
    }
    under
        .values()
        .forEach(
            children ->
                children.sort(
                    Comparator.comparing((ContactRecord child) -> child.merge().orElseThrow().at())
                        .thenComparing(ContactRecord::id)));
    for (String name : names) {
      golden(name, root, under).ifPresent(fields::add);
    }
    Instant oldest =
        members.values().stream()
            .map(ContactRecord::createdAt)
            .min(Instant::compareTo)
            .orElseThrow();
    return new Contact(root.id(), List.copyOf(members.keySet()), addresses, fields, oldest);
  }

  /** The contact itself, then all that point to it, level by level. */
  private Map<String, ContactRecord> members(
      ContactRecord root, Map<String, ContactRecord> instead) {
    Map<String, ContactRecord> members = new LinkedHashMap<>();
    members.put(root.id(), root);
    List<ContactRecord> level = List.of(root);
    while (!level.isEmpty()) {
      List<ContactRecord> next = new ArrayList<>();
      Map<String, ContactRecord> children = new HashMap<>();
      records
          .getAll(level.stream().flatMap(parent -> parent.absorbed().stream()).toList())
          .forEach(child -> children.put(child.id(), child));
      children.putAll(instead);
      for (ContactRecord parent : level) {
        for (String id : parent.absorbed()) {
          ContactRecord child = children.get(id);
          if (child != null
              && child.merge().filter(pointer -> pointer.into().equals(parent.id())).isPresent()
              && members.putIfAbsent(id, child) == null) {
            next.add(child);
          }
        }
      }
      level = next;
    }
    return members;
  }

  /**
   * What counts of a field: by the table, but for what a person chose at a merge. A choice holds
   * until a person says something new of the field.
   */
  private Optional<GoldenField> golden(
      String field, ContactRecord node, Map<String, List<ContactRecord>> under) {
    Comparator<GoldenField.Candidate> strongest = precedence.strongestFirst(field);
    List<GoldenField.Candidate> all = new ArrayList<>();
    for (FieldValue value : node.fields()) {
      if (value.field().equals(field)) {
        all.add(new GoldenField.Candidate(value, node.id()));
      }
    }
    all.sort(strongest);
    Optional<GoldenField.Candidate> chosen = Optional.empty();
    Instant chosenAt = Instant.MIN;
    for (ContactRecord child : under.getOrDefault(node.id(), List.of())) {
      MergePointer pointer = child.merge().orElseThrow();
      Optional<GoldenField> below = golden(field, child, under);
      String choice = pointer.choices().get(field);
      if (choice != null) {
        boolean fromBelow = choice.equals(child.id()) || isUnder(choice, child, under);
        Optional<GoldenField.Candidate> before = chosen;
        Optional<GoldenField.Candidate> picked =
            fromBelow
                ? below.map(golden -> new GoldenField.Candidate(golden.value(), golden.contactId()))
                // Its own value; if it has none, what counted where it stands.
                : all.stream()
                    .filter(candidate -> candidate.contactId().equals(choice))
                    .findFirst()
                    .or(() -> before)
                    .or(() -> all.stream().findFirst());
        if (picked.isPresent()) {
          chosen = picked;
          chosenAt = pointer.at();
        }
      }
      below.ifPresent(
          golden -> {
            all.add(new GoldenField.Candidate(golden.value(), golden.contactId()));
            all.addAll(golden.others());
          });
      all.sort(strongest);
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Instant since = chosenAt;
    Optional<GoldenField.Candidate> newer =
        all.stream()
            .filter(c -> c.value().source() == FieldSource.AGENT && c.value().at().isAfter(since))
            .max(Comparator.comparing(c -> c.value().at()));
    boolean byChoice = chosen.isPresent() && newer.isEmpty();
    GoldenField.Candidate first =
        byChoice ? chosen.orElseThrow() : chosen.isEmpty() ? all.getFirst() : newer.orElseThrow();
    List<GoldenField.Candidate> others =
        all.stream().filter(candidate -> !candidate.equals(first)).toList();
    return Optional.of(new GoldenField(first.value(), first.contactId(), byChoice, others));
  }

  private static boolean isUnder(
      String id, ContactRecord node, Map<String, List<ContactRecord>> under) {
    return under.getOrDefault(node.id(), List.of()).stream()
        .anyMatch(child -> child.id().equals(id) || isUnder(id, child, under));
  }

  /** What the two would be as one, if the loser pointed to the other. Nothing is written. */
  public Contact viewMerged(String loser, MergePointer pointer) {
    ContactRecord giving = record(loser).pointing(Optional.of(pointer));
    return view(record(pointer.into()).absorbing(loser), Map.of(loser, giving));
  }

  /**
   * Commits a merge: one compare-and-set on the loser. What it says is in {@link
   * ContactRecord#pending} of the loser from the same instant.
   *
   * @return the loser as it stands now; whether this merge did it is seen by its pointer
   */
  public ContactRecord point(MergePointer pointer, IdentityChange change) {
    // Before the pointer, so that there is no instant in which the loser cannot be found from here.
    change(pointer.into(), record -> record.absorbing(change.loser()));
    return change(change.loser(), record -> record.merged(pointer, change));
  }

  /**
   * Commits a split: one compare-and-set on the contact that is to stand alone again.
   *
   * @return the contact as it stands now
   */
  public ContactRecord unpoint(IdentityChange change) {
    ContactRecord alone = change(change.loser(), record -> record.split(change.mergeId(), change));
    if (alone.merge().isEmpty()) {
      forget(change.winner(), change.loser());
    }
    return alone;
  }

  /** Takes a contact off the list of those that point here, unless it points here again. */
  private void forget(String winner, String loser) {
    change(winner, record -> record.releasing(loser));
    if (record(loser).merge().filter(pointer -> pointer.into().equals(winner)).isPresent()) {
      change(winner, record -> record.absorbing(loser));
    }
  }

  /** Notes that a change is carried out and logged. */
  public void settled(IdentityChange change) {
    change(change.loser(), record -> record.settled(change.id()));
  }

  /** Contacts with changes that were not carried out by then; sees them after about a second. */
  public List<ContactRecord> pendingSince(Instant before, int size) {
    return records.search(StoreQuery.ofSize(size).before("pendingSince", before));
  }
}
