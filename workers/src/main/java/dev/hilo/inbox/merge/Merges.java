package dev.hilo.inbox.merge;

import dev.hilo.channel.ContactAddress;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.audit.AuditRecord;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.ContactRecord;
import dev.hilo.inbox.contact.ContactTree;
import dev.hilo.inbox.contact.GoldenField;
import dev.hilo.inbox.contact.IdentityChange;
import dev.hilo.inbox.contact.IdentityChange.FieldOutcome;
import dev.hilo.inbox.contact.IdentityChange.Kind;
import dev.hilo.inbox.contact.MergePointer;
import dev.hilo.inbox.engine.Engine;
import dev.hilo.inbox.merge.MergeOutcome.Done;
import dev.hilo.inbox.merge.MergeOutcome.Nothing;
import dev.hilo.inbox.merge.MergeOutcome.Reason;
import dev.hilo.inbox.merge.MergeOutcome.Refused;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.MessageChanged;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.NoteKind;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Merge and split. Both are one compare-and-set on one contact, which holds in the same document
 * what is still to be done: threads, engine and log follow, at once or, if this node stops, by
 * {@link MergeWatch}. Everything may be repeated.
 */
@Component
public class Merges {

  private final ContactTree tree;
  private final Threads threads;
  private final Engine engine;
  private final MergeLog log;
  private final AuditLog audit;
  private final ApplicationEventPublisher changes;
  private final Clock clock;

  public Merges(
      ContactTree tree,
      Threads threads,
      Engine engine,
      MergeLog log,
      AuditLog audit,
      ApplicationEventPublisher changes,
      Clock clock) {
    this.tree = tree;
    this.threads = threads;
    this.engine = engine;
    this.log = log;
    this.audit = audit;
    this.changes = changes;
    this.clock = clock;
  }

  /** Makes two contacts one. The older one stands. */
  public MergeOutcome merge(MergeRequest request) {
    Optional<IdentityChange> done = log.find(request.requestId());
    if (done.isPresent()) {
      // Asked again, perhaps after somebody has split them since: once is enough.
      return new Done(done.get());
    }
    while (true) {
      ContactRecord first = tree.rootRecord(request.first());
      ContactRecord second = tree.rootRecord(request.second());
      Optional<IdentityChange> begun =
          Stream.of(first.id(), second.id(), request.first(), request.second())
              .distinct()
              .flatMap(id -> tree.record(id).pending().stream())
              .filter(change -> change.id().equals(request.requestId()))
              .findFirst();
      if (begun.isPresent()) {
        carryOut(begun.get());
        return new Done(begun.get());
      }
      if (first.id().equals(second.id())) {
        return new Nothing(first.id());
      }
      boolean firstStands = ContactRecord.STANDING_FIRST.compare(first, second) < 0;
      ContactRecord winner = firstStands ? first : second;
      ContactRecord loser = firstStands ? second : first;
      Contact standing = tree.viewFrom(winner.id());
      Contact giving = tree.viewFrom(loser.id());
      if (request.by().isMachine()) {
        Optional<Reason> conflict = conflict(standing, giving);
        if (conflict.isPresent()) {
          return new Refused(conflict.get());
        }
      }
      Instant now = clock.instant();
      MergePointer pointer =
          new MergePointer(
              request.requestId(),
              winner.id(),
              request.by(),
              request.why(),
              now,
              request.choices(),
              request.probability());
      IdentityChange change =
          new IdentityChange(
              Kind.MERGED,
              request.requestId(),
              request.requestId(),
              loser.id(),
              winner.id(),
              request.by(),
              request.why(),
              now,
              request.probability(),
              outcomes(standing, giving, tree.viewMerged(loser.id(), pointer), request));
      ContactRecord after = tree.point(pointer, change);
      if (isOf(after, request.requestId())) {
        carryOut(change);
        return new Done(change);
      }
      // Somebody merged it with another contact just before: look again who stands now.
    }
  }

  private static boolean isOf(ContactRecord record, String mergeId) {
    return record.merge().filter(pointer -> pointer.mergeId().equals(mergeId)).isPresent();
  }

  /** Undoes the merge by which a contact gave way: everything goes back to whom it came from. */
  public MergeOutcome split(SplitRequest request) {
    Optional<IdentityChange> done = log.find(request.requestId());
    if (done.isPresent()) {
      return new Done(done.get());
    }
    ContactRecord record = tree.record(request.contactId());
    Optional<IdentityChange> begun =
        record.pending().stream().filter(one -> one.id().equals(request.requestId())).findFirst();
    if (begun.isPresent()) {
      carryOut(begun.get());
      return new Done(begun.get());
    }
    if (record.merge().isEmpty()) {
      return new Nothing(record.id());
    }
    MergePointer pointer = record.merge().get();
    IdentityChange change =
        new IdentityChange(
            Kind.SPLIT,
            request.requestId(),
            pointer.mergeId(),
            record.id(),
            pointer.into(),
            request.by(),
            request.why(),
            clock.instant(),
            Optional.empty(),
            List.of());
    ContactRecord after = tree.unpoint(change);
    if (after.pending().stream().noneMatch(one -> one.id().equals(change.id()))) {
      return new Nothing(record.id());
    }
    carryOut(change);
    return new Done(change);
  }

  /** Does what follows from a change that stands; may be repeated at any time. */
  void carryOut(IdentityChange change) {
    String stands = tree.rootId(change.winner());
    Set<String> places = new TreeSet<>(List.of(change.loser(), change.winner(), stands));
    Threads.Settled settled = threads.settle(places);
    for (String ended : settled.ended()) {
      String into = tree.rootId(ended);
      note(change, ended, into, NoteKind.CONTACT_MERGED);
      engine.contactMerged(ended, into);
    }
    for (String given : settled.given()) {
      note(change, given, given, NoteKind.CONTACT_SPLIT);
    }
    Set<String> news = new TreeSet<>(settled.news());
    settled.ended().forEach(ended -> news.add(tree.rootId(ended)));
    news.addAll(settled.given());
    for (String contact : news) {
      engine.customerMessage(contact, change.id() + ">" + contact);
    }
    log.append(change);
    audit.addOnce(
        change.id(),
        new AuditRecord(
            change.kind() == Kind.MERGED ? "contact-merged" : "contact-split",
            change.by().name(),
            change.winner(),
            Optional.of(change.loser()),
            Optional.of(change.mergeId()),
            change.at()));
    tree.settled(change);
  }

  /** A note that somebody must look at: what was open goes on in another conversation. */
  private void note(IdentityChange change, String from, String contact, NoteKind kind) {
    CustomerThread thread = threads.thread(from);
    thread
        .lastReachable()
        .or(() -> threads.thread(contact).lastReachable())
        .ifPresent(
            reachable -> {
              Instant now = clock.instant();
              MessageRecord note =
                  MessageRecord.note(
                      change.id() + "-" + from + "-note",
                      contact,
                      reachable.channel(),
                      reachable.account(),
                      reachable.address(),
                      kind,
                      change.at(),
                      change.at(),
                      now);
              threads.add(note, true);
              changes.publishEvent(new MessageChanged(note));
            });
  }

  private static List<FieldOutcome> outcomes(
      Contact standing, Contact giving, Contact together, MergeRequest request) {
    List<FieldOutcome> outcomes = new ArrayList<>();
    for (GoldenField own : standing.fields()) {
      Optional<GoldenField> other = giving.field(own.field());
      if (other.isEmpty()) {
        continue;
      }
      boolean otherWins =
          together
              .field(own.field())
              .filter(golden -> giving.members().contains(golden.contactId()))
              .isPresent();
      GoldenField won = otherWins ? other.get() : own;
      GoldenField lost = otherWins ? own : other.get();
      outcomes.add(
          new FieldOutcome(
              own.field(),
              won.value(),
              won.contactId(),
              lost.value(),
              lost.contactId(),
              request.choices().containsKey(own.field())));
    }
    return outcomes;
  }

  /** Strong ids that no one person has two of. */
  private static Optional<Reason> conflict(Contact one, Contact other) {
    if (differ(one, other, ContactAddress.Kind.DOCUMENT, ':')) {
      return Optional.of(Reason.DOCUMENTS_DIFFER);
    }
    if (differ(one, other, ContactAddress.Kind.EXTERNAL, '/')) {
      return Optional.of(Reason.EXTERNAL_IDS_DIFFER);
    }
    return Optional.empty();
  }

  /** Whether both have a value of one realm, and they have none in common. */
  private static boolean differ(
      Contact one, Contact other, ContactAddress.Kind kind, char separator) {
    for (String realm : realms(one, kind, separator)) {
      List<String> own = values(one, kind, realm + separator);
      List<String> others = values(other, kind, realm + separator);
      if (!others.isEmpty() && own.stream().noneMatch(others::contains)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> realms(Contact contact, ContactAddress.Kind kind, char separator) {
    Set<String> realms = new TreeSet<>();
    for (String value : values(contact, kind, "")) {
      int end = value.indexOf(separator);
      if (end > 0) {
        realms.add(value.substring(0, end));
      }
    }
    return realms;
  }

  private static List<String> values(Contact contact, ContactAddress.Kind kind, String prefix) {
    return contact.addresses().stream()
        .map(known -> known.address())
        .filter(address -> address.kind() == kind && address.value().startsWith(prefix))
        .map(ContactAddress::value)
        .toList();
  }
}
