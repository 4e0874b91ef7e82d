package dev.hilo.inbox.merge;

import static dev.hilo.inbox.Samples.LINE_ACCOUNT;
import static dev.hilo.inbox.Samples.NOON;
import static dev.hilo.inbox.Samples.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Sender;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.contact.Actor;
import dev.hilo.inbox.contact.ContactRecord;
import dev.hilo.inbox.contact.ContactTree;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.FieldPrecedence;
import dev.hilo.inbox.contact.IdentityChange;
import dev.hilo.inbox.engine.RecordingEngine;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.MemoryStore;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreQuery;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of first messages, new addresses, merges, splits and messages, with nodes that
 * stop at random places, against a model of a few lines. {@code -Dhilo.sequences} says how many.
 */
class MergeSequencesTest {

  private static final int SEQUENCES = Integer.getInteger("hilo.sequences", 40);
  private static final int STEPS = 30;

  @Test
  void shouldEndAsTheModelSaysWhateverHappensInBetween() {
    for (int seed = 0; seed < SEQUENCES; seed++) {
      new Sequence(seed).play();
    }
  }

  /** The node stops here. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A store whose node is killed before the n-th write. */
  private static final class MortalStore implements Store {

    private final Store store;
    private int left = Integer.MAX_VALUE;

    MortalStore(Store store) {
      this.store = store;
    }

    private void write() {
      if (left-- <= 0) {
        left = 0;
        throw new Killed();
      }
    }

    @Override
    public <T> Documents<T> documents(String kind, Class<T> type) {
      Documents<T> documents = store.documents(kind, type);
      return new Documents<>() {
        @Override
        public boolean create(String id, T document) {
          write();
          return documents.create(id, document);
        }

        @Override
        public Optional<T> get(String id) {
          return documents.get(id);
        }

        @Override
        public List<T> getAll(Collection<String> ids) {
          return documents.getAll(ids);
        }

        @Override
        public Optional<T> change(String id, Function<@Nullable T, @Nullable T> change) {
          write();
          return documents.change(id, change);
        }

        @Override
        public List<T> search(StoreQuery query) {
          return documents.search(query);
        }
      };
    }
  }

  private static final class Sequence {

    private final int seed;
    private final Random random;
    private Instant now = NOON;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final MortalStore store = new MortalStore(new MemoryStore());
    private final ContactTree tree = new ContactTree(store, FieldPrecedence.standard(), clock);
    private final Contacts contacts = new Contacts(store, tree, clock);
    private final Threads threads = new Threads(store, contacts, clock);
    private final Merges merges =
        new Merges(
            tree,
            threads,
            new RecordingEngine(),
            new MergeLog(store),
            new AuditLog(store),
            change -> {},
            clock);

    /** The model: whose an address is, who points to whom, which messages came from whom. */
    private final Map<ContactAddress, String> ownerOf = new LinkedHashMap<>();

    private final Map<String, String> pointsTo = new TreeMap<>();
    private final List<String> age = new ArrayList<>();
    private final Map<String, List<String>> messagesOf = new TreeMap<>();

    Sequence(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    private String standing(String contact) {
      String root = contact;
      while (pointsTo.containsKey(root)) {
        root = pointsTo.get(root);
      }
      return root;
    }

    private List<String> messages(String contact) {
      return messagesOf.computeIfAbsent(contact, one -> new ArrayList<>());
    }

    private String owner(ContactAddress address) {
      return Objects.requireNonNull(ownerOf.get(address));
    }

    private <T> T pick(Collection<T> all) {
      return new ArrayList<>(all).get(random.nextInt(all.size()));
    }

    /** Does something; the node may be killed in between, and what asked asks again. */
    private void mortally(Runnable act) {
      if (random.nextInt(3) == 0) {
        store.left = random.nextInt(14);
        try {
          act.run();
        } catch (Killed e) {
          // Another node goes on; sometimes it first finishes what it finds.
          store.left = Integer.MAX_VALUE;
          if (random.nextBoolean()) {
            watch();
          }
        }
        store.left = Integer.MAX_VALUE;
      }
      act.run();
    }

    private void watch() {
      for (String contact : age) {
        ContactRecord record = tree.record(contact);
        for (IdentityChange change : record.pending()) {
          merges.carryOut(change);
        }
      }
    }

    void play() {
      for (int step = 0; step < STEPS; step++) {
        now = now.plusSeconds(1);
        String id = seed + "-" + step;
        switch (random.nextInt(10)) {
          case 0, 1 -> firstMessage(id);
          case 2 -> anotherAddress(id);
          case 3, 4 -> merge(id);
          case 5 -> split(id);
          default -> message(id);
        }
      }
      watch();
      check();
    }

    private void firstMessage(String id) {
      ContactAddress address = ContactAddress.phone("+57300" + (1_000_000 + ownerOf.size()));
      mortally(() -> receive(Sender.of(address), "m" + id));
      String contact = contacts.ownerOf(address).orElseThrow();
      ownerOf.put(address, contact);
      age.add(contact);
      messages(contact).add("m" + id);
    }

    private void receive(Sender sender, String messageId) {
      String contact = contacts.resolve(sender, LINE_ACCOUNT).memberWith(sender.address());
      threads.add(inbound(messageId, contact, sender.address(), now), true);
    }

    private void anotherAddress(String id) {
      if (ownerOf.isEmpty()) {
        return;
      }
      ContactAddress known = pick(ownerOf.keySet());
      ContactAddress another = ContactAddress.businessScoped("US." + ownerOf.size());
      Sender sender =
          new Sender(known, List.of(another), List.of(), Optional.empty(), Optional.empty());
      mortally(() -> receive(sender, "m" + id));
      String contact = owner(known);
      ownerOf.put(another, contact);
      messages(contact).add("m" + id);
    }

    private void message(String id) {
      if (ownerOf.isEmpty()) {
        return;
      }
      ContactAddress from = pick(ownerOf.keySet());
      mortally(() -> receive(Sender.of(from), "m" + id));
      messages(owner(from)).add("m" + id);
    }

    private void merge(String id) {
      if (age.size() < 2) {
        return;
      }
      String first = pick(age);
      String second = pick(age);
      mortally(
          () ->
              merges.merge(
                  new MergeRequest(
                      "merge-" + id,
                      first,
                      second,
                      Actor.person("luz"),
                      "",
                      Map.of(),
                      Optional.empty())));
      String one = standing(first);
      String other = standing(second);
      if (!one.equals(other)) {
        boolean oneIsOlder = age.indexOf(one) < age.indexOf(other);
        pointsTo.put(oneIsOlder ? other : one, oneIsOlder ? one : other);
      }
    }

    private void split(String id) {
      if (age.isEmpty()) {
        return;
      }
      String contact = pick(age);
      mortally(
          () -> merges.split(new SplitRequest("split-" + id, contact, Actor.person("luz"), "")));
      pointsTo.remove(contact);
    }

    private void check() {
      Map<String, TreeSet<String>> expected = new TreeMap<>();
      for (String contact : age) {
        expected
            .computeIfAbsent(standing(contact), root -> new TreeSet<>())
            .addAll(messages(contact));
      }
      Map<String, TreeSet<String>> found = new TreeMap<>();
      for (String contact : age) {
        assertThat(contacts.rootId(contact)).as("seed %s", seed).isEqualTo(standing(contact));
        found
            .computeIfAbsent(contacts.rootId(contact), root -> new TreeSet<>())
            .addAll(
                threads.newest(threads.thread(contact), 500).stream()
                    .map(MessageRecord::id)
                    .collect(Collectors.toSet()));
        if (pointsTo.containsKey(contact)) {
          assertThat(threads.thread(contact).entries()).as("seed %s", seed).isEmpty();
        } else {
          assertThat(contacts.root(contact).members())
              .as("seed %s", seed)
              .containsExactlyInAnyOrderElementsOf(
                  age.stream().filter(one -> standing(one).equals(contact)).toList());
        }
        assertThat(tree.record(contact).pending()).as("seed %s", seed).isEmpty();
      }
      assertThat(found).as("seed %s", seed).isEqualTo(expected);
      assertThat(new MergeLog(store).verify()).isEmpty();
      ownerOf.forEach(
          (address, contact) ->
              assertThat(contacts.ownerOf(address)).as("seed %s", seed).contains(contact));
    }
  }
}
