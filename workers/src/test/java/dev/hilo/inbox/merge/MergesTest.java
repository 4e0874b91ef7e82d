package dev.hilo.inbox.merge;

import static dev.hilo.inbox.Samples.LINE_ACCOUNT;
import static dev.hilo.inbox.Samples.NOON;
import static dev.hilo.inbox.Samples.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Sender;
import dev.hilo.inbox.Together;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.contact.Actor;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.ContactFields;
import dev.hilo.inbox.contact.ContactTree;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.FieldPrecedence;
import dev.hilo.inbox.contact.FieldSource;
import dev.hilo.inbox.contact.FieldValue;
import dev.hilo.inbox.contact.GoldenField;
import dev.hilo.inbox.contact.IdentityChange;
import dev.hilo.inbox.contact.Proof;
import dev.hilo.inbox.engine.RecordingEngine;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.MemoryStore;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MergesTest {

  private static final Actor LUZ = Actor.person("luz");

  private Instant now = NOON;
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final MemoryStore store = new MemoryStore();
  private final ContactTree tree = new ContactTree(store, FieldPrecedence.standard(), clock);
  private final Contacts contacts = new Contacts(store, tree, clock);
  private final Threads threads = new Threads(store, contacts, clock);
  private final RecordingEngine engine = new RecordingEngine();
  private final MergeLog log = new MergeLog(store);
  private final Merges merges =
      new Merges(tree, threads, engine, log, new AuditLog(store), change -> {}, clock);

  private final String ana = customer("+573001110001", "Ana Rojas");
  private final String anita = customer("+573001110002", "Anita Rojas");
  private final String boss = customer("+573001110003", "A. Rojas");

  /** A customer who is younger than all before. */
  private String customer(String phone, String name) {
    now = now.plusSeconds(1);
    return contacts
        .resolve(
            new Sender(
                ContactAddress.phone(phone),
                List.of(),
                List.of(),
                Optional.of(name),
                Optional.empty()),
            LINE_ACCOUNT)
        .id();
  }

  private MergeOutcome merge(String id, String first, String second) {
    return merges.merge(
        new MergeRequest(id, first, second, LUZ, "same person", Map.of(), Optional.empty()));
  }

  private MergeOutcome split(String id, String contact) {
    return merges.split(new SplitRequest(id, contact, LUZ, "a mistake"));
  }

  private void writes(String contact, String message, boolean news) {
    now = now.plusSeconds(1);
    ContactAddress from = tree.record(contact).addresses().getFirst().address();
    threads.add(inbound(message, contact, from, now), news);
  }

  private List<String> thread(String contact) {
    return threads.newest(threads.thread(contact), 100).stream()
        .filter(message -> message.direction() != MessageRecord.Direction.NOTE)
        .map(MessageRecord::id)
        .toList();
  }

  @Test
  void shouldMakeOneOfTwoAndTwoAgain() {
    // given
    writes(ana, "a1", true);
    writes(anita, "b1", true);
    threads.change(ana, thread -> thread.handledThrough(1, now));

    // when
    MergeOutcome merged = merge("m1", anita, ana);
    writes(anita, "b2", true);
    writes(ana, "a2", true);

    // then
    assertThat(merged).isInstanceOf(MergeOutcome.Done.class);
    assertThat(contacts.root(anita).id()).as("the older one stands").isEqualTo(ana);
    assertThat(contacts.root(ana).members()).containsExactly(ana, anita);
    assertThat(thread(ana)).containsExactly("a1", "b1", "b2", "a2");
    assertThat(thread(anita)).isEmpty();
    assertThat(threads.thread(ana).hasNews()).isTrue();
    assertThat(engine.published).contains("customer-message " + ana + " m1>" + ana);

    // when
    MergeOutcome split = split("s1", anita);

    // then
    assertThat(split).isInstanceOf(MergeOutcome.Done.class);
    assertThat(contacts.root(anita).id()).isEqualTo(anita);
    assertThat(contacts.root(ana).members()).containsExactly(ana);
    assertThat(thread(ana)).containsExactly("a1", "a2");
    assertThat(thread(anita)).containsExactly("b1", "b2");
    assertThat(threads.thread(anita).hasNews()).isTrue();
    assertThat(tree.record(anita).pending()).isEmpty();
  }

  @Test
  void shouldGiveBackEveryFieldAndAddressExactly() {
    // given
    Contact before = contacts.root(ana);
    Contact other = contacts.root(anita);

    // when
    merge("m1", ana, anita);
    Contact together = contacts.root(ana);
    split("s1", anita);

    // then
    assertThat(together.addresses()).hasSize(2);
    assertThat(contacts.root(ana)).isEqualTo(before);
    assertThat(contacts.root(anita)).isEqualTo(other);
  }

  @Test
  void shouldLetAPersonChooseWhichValueCountsUntilAPersonSaysSomethingNew() {
    // given
    assertThat(contacts.root(anita).displayName()).contains("Anita Rojas");

    // when
    MergeOutcome outcome =
        merges.merge(
            new MergeRequest(
                "m1",
                ana,
                anita,
                LUZ,
                "same person",
                Map.of(ContactFields.NAME, ana),
                Optional.of(0.93)));

    // then
    IdentityChange change = ((MergeOutcome.Done) outcome).change();
    assertThat(change.fields())
        .singleElement()
        .satisfies(
            field -> {
              assertThat(field.won().value()).isEqualTo("Ana Rojas");
              assertThat(field.lost().value()).isEqualTo("Anita Rojas");
              assertThat(field.chosen()).isTrue();
            });
    GoldenField name = contacts.root(ana).field(ContactFields.NAME).orElseThrow();
    assertThat(name.value().value()).isEqualTo("Ana Rojas");
    assertThat(name.chosen()).isTrue();
    assertThat(name.others()).extracting(other -> other.value().value()).contains("Anita Rojas");

    // when
    now = now.plusSeconds(60);
    contacts.write(
        anita,
        List.of(
            new FieldValue(
                ContactFields.NAME,
                "Ana María Rojas",
                FieldSource.AGENT,
                now,
                1,
                Optional.of("luz"))));

    // then
    assertThat(contacts.root(ana).displayName()).contains("Ana María Rojas");
  }

  @Test
  void shouldLogTheValueThatCountsWhenAnEarlierChoiceStillHolds() {
    // given: chosen against the table, which prefers the newest
    merges.merge(
        new MergeRequest(
            "m1", ana, anita, LUZ, "", Map.of(ContactFields.NAME, ana), Optional.empty()));

    // when
    MergeOutcome outcome = merge("m2", ana, boss);

    // then
    assertThat(contacts.root(ana).displayName()).contains("Ana Rojas");
    assertThat(((MergeOutcome.Done) outcome).change().fields())
        .singleElement()
        .satisfies(
            field -> {
              assertThat(field.won().value()).isEqualTo("Ana Rojas");
              assertThat(field.lost().value()).isEqualTo("A. Rojas");
            });
  }

  @Test
  void shouldEndTheLosersConversationAndKeepTheOlderClock() {
    // given
    writes(anita, "b1", true);
    Instant older = now;
    threads.change(anita, thread -> thread.openedIfNews("conversation-1", older));
    threads.change(anita, thread -> thread.handledThrough(1, now));
    writes(ana, "a1", true);
    threads.change(ana, thread -> thread.openedIfNews("conversation-2", now));

    // when
    merge("m1", ana, anita);

    // then
    assertThat(engine.published).contains("merged " + anita + " " + ana);
    CustomerThread standing = threads.thread(ana);
    assertThat(standing.conversation().orElseThrow().id()).isEqualTo("conversation-2");
    assertThat(standing.conversation().orElseThrow().openedAt()).isEqualTo(older);
    assertThat(standing.hasNews()).isTrue();
  }

  @Test
  void shouldGoOnWithAnOpenConversationWhenTheOtherContactHasNone() {
    // given: handled, and the agent waits for the customer
    writes(anita, "b1", true);
    threads.change(anita, thread -> thread.openedIfNews("conversation-1", now));
    threads.change(anita, thread -> thread.handledThrough(1, now));

    // when
    merge("m1", ana, anita);

    // then
    assertThat(threads.thread(ana).hasNews()).as("somebody goes on with it").isTrue();
    assertThat(engine.published).contains("customer-message " + ana + " m1>" + ana);
  }

  @Test
  void shouldGiveASplitContactItsOpenMatterBack() {
    // given
    merge("m1", ana, anita);
    writes(anita, "b1", true);
    threads.change(ana, thread -> thread.openedIfNews("conversation-1", now.minusSeconds(1)));
    threads.change(ana, thread -> thread.handledThrough(thread.lastSequence(), now));

    // when
    split("s1", anita);

    // then
    assertThat(thread(anita)).containsExactly("b1");
    assertThat(threads.thread(anita).hasNews()).isTrue();
    assertThat(engine.published).contains("customer-message " + anita + " s1>" + anita);
  }

  @Test
  void shouldMergeOnceWhenTwoAgentsMergeTheSamePair() throws Exception {
    // when
    List<MergeOutcome> outcomes =
        Together.run(
            IntStream.range(0, 20)
                .mapToObj(
                    i ->
                        (Callable<MergeOutcome>)
                            () ->
                                i % 2 == 0
                                    ? merge("m" + i, ana, anita)
                                    : merge("m" + i, anita, ana))
                .toList());

    // then
    assertThat(outcomes).filteredOn(MergeOutcome.Done.class::isInstance).hasSize(1);
    assertThat(log.of(List.of(ana))).hasSize(1);
  }

  @RepeatedTest(20)
  void shouldEndInOneWhenManyMergeEverybodyAtOnce() throws Exception {
    // given
    List<String> all =
        IntStream.range(0, 12).mapToObj(i -> customer("+57300222000" + (10 + i), "C" + i)).toList();
    all.forEach(one -> writes(one, "first-" + one, true));

    // when
    Together.run(
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    (Callable<MergeOutcome>)
                        () -> merge("m" + i, all.get(i), all.get((i * 5 + 1) % 12)))
            .toList());
    IntStream.range(0, 12).forEach(i -> merge("n" + i, all.getFirst(), all.get(i)));

    // then
    assertThat(contacts.root(all.getFirst()).members()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(thread(all.getFirst())).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void shouldTakeAMiddleLinkOutWithAllThatHangsOnIt() {
    // given
    String last = customer("+573001110004", "Z");
    List.of(ana, anita, boss, last).forEach(one -> writes(one, "of-" + one, false));
    merge("m1", boss, last);
    merge("m2", anita, boss);
    merge("m3", ana, anita);

    // when
    split("s1", anita);

    // then
    assertThat(contacts.root(ana).members()).containsExactly(ana);
    assertThat(contacts.root(last).members()).containsExactly(anita, boss, last);
    assertThat(thread(ana)).containsExactly("of-" + ana);
    assertThat(thread(anita)).containsExactlyInAnyOrder("of-" + anita, "of-" + boss, "of-" + last);

    // when
    split("s2", boss);

    // then
    assertThat(thread(anita)).containsExactly("of-" + anita);
    assertThat(thread(boss)).containsExactlyInAnyOrder("of-" + boss, "of-" + last);
  }

  @Test
  void shouldNotMergeAgainWhenAnOldRequestIsRepeatedAfterASplit() {
    // given
    merge("m1", ana, anita);
    split("s1", anita);

    // when
    merge("m1", ana, anita);

    // then
    assertThat(contacts.root(anita).id()).isEqualTo(anita);
  }

  @Test
  void shouldRefuseAMachineAndNotAPersonWhenTheBusinessKnowsBothApart() {
    // given
    contacts.know(ana, ContactAddress.external("shop", "1001"), Proof.PROVEN);
    contacts.know(anita, ContactAddress.external("shop", "1002"), Proof.PROVEN);

    // when
    MergeOutcome byMachine = byMachine("m1", ana, anita);

    // then
    assertThat(byMachine)
        .isEqualTo(new MergeOutcome.Refused(MergeOutcome.Reason.EXTERNAL_IDS_DIFFER));
    assertThat(merge("m2", ana, anita)).isInstanceOf(MergeOutcome.Done.class);
  }

  @Test
  void shouldRefuseAMachineWhenDocumentsOfOneKindDiffer() {
    // given
    contacts.know(ana, ContactAddress.document("CL", "RUT", "12345678-5"), Proof.CLAIMED);
    contacts.know(anita, ContactAddress.document("CL", "RUT", "11111111-1"), Proof.CLAIMED);
    contacts.know(boss, ContactAddress.document("PE", "DNI", "12345678"), Proof.CLAIMED);

    // then
    assertThat(byMachine("m1", ana, anita))
        .isEqualTo(new MergeOutcome.Refused(MergeOutcome.Reason.DOCUMENTS_DIFFER));
    assertThat(byMachine("m2", ana, boss))
        .as("one person has a document of each country")
        .isInstanceOf(MergeOutcome.Done.class);
  }

  private MergeOutcome byMachine(String id, String first, String second) {
    return merges.merge(
        new MergeRequest(
            id, first, second, Actor.machine("score"), "", Map.of(), Optional.of(0.9999)));
  }

  @Test
  void shouldFindAnEntryThatWasChangedLater() {
    // given
    merge("m1", ana, anita);
    split("s1", anita);
    merge("m2", ana, boss);
    assertThat(log.verify()).isEmpty();

    // when: somebody edits the store by hand
    store
        .documents(Indexes.MERGE_LOG, MergeLog.Entry.class)
        .change(
            "000000000002",
            found -> {
              MergeLog.Entry entry = Objects.requireNonNull(found);
              IdentityChange c = entry.change();
              IdentityChange forged =
                  new IdentityChange(
                      c.kind(),
                      c.id(),
                      c.mergeId(),
                      c.loser(),
                      c.winner(),
                      Actor.person("nobody"),
                      c.why(),
                      c.at(),
                      c.probability(),
                      c.fields());
              return new MergeLog.Entry(
                  entry.number(),
                  entry.previous(),
                  entry.digest(),
                  forged,
                  entry.at(),
                  entry.kind(),
                  entry.loser(),
                  entry.winner());
            });

    // then
    assertThat(log.verify()).containsExactly(2L);
  }
}
