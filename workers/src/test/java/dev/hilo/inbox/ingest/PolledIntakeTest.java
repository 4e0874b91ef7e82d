package dev.hilo.inbox.ingest;

import static dev.hilo.inbox.Samples.LINE;
import static dev.hilo.inbox.Samples.LINE_ACCOUNT;
import static dev.hilo.inbox.Samples.NOON;
import static dev.hilo.inbox.Samples.PHONE_CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Confirmation;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.Envelope;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.PolledChannel;
import dev.hilo.channel.PolledChannel.Outcome;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.Sender;
import dev.hilo.inbox.Samples;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.ProofCodes;
import dev.hilo.inbox.engine.Engine;
import dev.hilo.inbox.engine.EngineUnavailableException;
import dev.hilo.inbox.health.AccountHealths;
import dev.hilo.inbox.health.PayloadSamples;
import dev.hilo.inbox.media.Arrivals;
import dev.hilo.inbox.media.Attachments;
import dev.hilo.inbox.media.Blobs;
import dev.hilo.inbox.media.FolderBlobs;
import dev.hilo.inbox.reply.DeliveryUpdates;
import dev.hilo.inbox.reply.ExternalIds;
import dev.hilo.inbox.reply.ScriptedChannel;
import dev.hilo.inbox.reply.SentElsewhere;
import dev.hilo.inbox.store.MemoryStore;
import dev.hilo.inbox.thread.CustomerThread.Entry;
import dev.hilo.inbox.thread.Threads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolledIntakeTest {

  @TempDir private static Path folder;

  private final Clock clock = Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC);
  private final MemoryStore store = new MemoryStore();
  private final Blobs blobs = new FolderBlobs(folder);
  private final Contacts contacts = Samples.contacts(store, clock);
  private final Threads threads = new Threads(store, contacts, clock);
  private final AccountHealths health = new AccountHealths(store, clock);
  private final SetAside setAside = new SetAside(store, blobs, health, clock);
  private final Letters channel = new Letters();
  private final Gate engine = new Gate();
  private final PolledIntake intake = intake();

  private PolledIntake intake() {
    Channels channels =
        Channels.of(
            List.of(new ScriptedChannel(PHONE_CHANNEL, Confirmation.NONE)), List.of(LINE_ACCOUNT));
    ExternalIds externalIds = new ExternalIds(store);
    Arrivals arrivals = new Arrivals(new Attachments(store, clock), blobs, clock);
    Ingest ingest =
        new Ingest(
            channels,
            contacts,
            new ContactJoins(
                contacts,
                new ProofCodes(store, clock),
                Samples.merges(store, threads, engine, clock),
                new AuditLog(store),
                change -> {},
                clock),
            new Revisions(threads, arrivals, change -> {}, clock),
            new Referenced(externalIds, threads),
            new SentElsewhere(threads, externalIds, change -> {}, clock),
            arrivals,
            health,
            threads,
            engine,
            new DeliveryUpdates(threads, externalIds, store, engine, change -> {}, clock),
            store,
            change -> {},
            clock);
    return new PolledIntake(
        channels,
        contacts,
        ingest,
        setAside,
        blobs,
        new PayloadSamples(store, clock),
        new SimpleMeterRegistry(),
        clock);
  }

  @Test
  void shouldTakeThoseOfDifferentCustomersSideBySide() throws Exception {
    // given: nobody's message is let through before three are under way
    engine.openAfter(3);
    // when
    List<Outcome> outcomes = take("ana 1", "ben 1", "carla 1");
    // then
    assertThat(outcomes).hasSize(3).allMatch(Outcome.Taken.class::isInstance);
  }

  @Test
  void shouldKeepTheOrderOfEachCustomer() throws Exception {
    // given
    List<String> letters = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      for (String customer : List.of("ana", "ben", "carla", "dora", "eva")) {
        letters.add(customer + " " + i);
      }
    }
    // when
    List<Outcome> outcomes = take(letters.toArray(String[]::new));
    // then
    assertThat(outcomes).hasSize(200).allMatch(Outcome.Taken.class::isInstance);
    for (String customer : List.of("ana", "ben", "carla", "dora", "eva")) {
      assertThat(thread(customer))
          .containsExactlyElementsOf(
              letters.stream()
                  .filter(letter -> letter.startsWith(customer))
                  .map(this::id)
                  .toList());
    }
  }

  @Test
  void shouldTakeAnAnswerAfterWhatItAnswers() throws Exception {
    // given: two people of whom one answers what the other wrote
    engine.openAfter(2);
    // when
    List<Outcome> outcomes = take("ana 1", "ben 1 > ana 1", "carla 1");
    // then: the answer is not among the two that let each other through
    assertThat(outcomes).hasSize(3).allMatch(Outcome.Taken.class::isInstance);
    assertThat(engine.seen.indexOf(id("ana 1")))
        .isLessThan(engine.seen.indexOf(id("ben 1 > ana 1")));
  }

  @Test
  void shouldKeepTheOrderOfACustomerWithTwoAddresses() throws Exception {
    // given: both addresses are known to be one customer's
    contacts.join(ContactAddress.visitor("widget-1/ana"), address("ana"));
    contacts.join(ContactAddress.visitor("widget-1/ana"), address("anita"));
    engine.refused.add(id("ana 1"));
    // when
    List<Outcome> outcomes = take("ana 1", "anita 2", "ben 1");
    // then
    assertThat(contacts.find(address("ana"))).isEqualTo(contacts.find(address("anita")));
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Later.class);
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Taken.class);
  }

  @Test
  void shouldTakeNothingOfACustomerBehindWhatCouldNotBeTaken() throws Exception {
    // given
    engine.refused.add(id("ana 1"));
    // when
    List<Outcome> outcomes = take("ana 0", "ana 1", "ben 1", "ana 2");
    // then
    assertThat(outcomes)
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Outcome.Taken.class),
            second -> assertThat(second).isInstanceOf(Outcome.Later.class),
            third -> assertThat(third).isInstanceOf(Outcome.Taken.class),
            fourth -> assertThat(fourth).isInstanceOf(Outcome.Later.class));
    // when: all of them come again
    engine.refused.clear();
    List<Outcome> again = take("ana 0", "ana 1", "ben 1", "ana 2");
    // then
    assertThat(again).allMatch(Outcome.Taken.class::isInstance);
    assertThat(thread("ana")).containsExactly(id("ana 0"), id("ana 1"), id("ana 2"));
    assertThat(thread("ben")).containsExactly(id("ben 1"));
  }

  @Test
  void shouldSetAsideWhatFailsAgainAndAgainAndGoOn() throws Exception {
    // given
    engine.broken.add(id("ana 1"));
    // when
    List<Outcome> first = take("ana 1", "ana 2");
    take("ana 1", "ana 2");
    List<Outcome> third = take("ana 1", "ana 2");
    // then
    assertThat(first).allMatch(Outcome.Later.class::isInstance);
    assertThat(third).containsExactly(new Outcome.SetAside(), new Outcome.Taken());
    assertThat(setAside.waiting()).hasSize(1);
  }

  @Test
  void shouldSetAsideWhatItsChannelCannotReadAndTakeTheOthers() throws Exception {
    // when
    List<Outcome> outcomes = take("ana 1", "poison", "ben 1");
    // then
    assertThat(outcomes)
        .containsExactly(new Outcome.Taken(), new Outcome.SetAside(), new Outcome.Taken());
  }

  private List<Outcome> take(String... letters) throws InterruptedException {
    return intake.take(channel, LINE, Stream.of(letters).map(PolledIntakeTest::letter).toList());
  }

  private static RawDelivery letter(String text) {
    return new RawDelivery(
        Optional.of(LINE),
        Map.of(),
        Map.of(),
        text.getBytes(StandardCharsets.UTF_8),
        NOON.plusSeconds(1));
  }

  private List<String> thread(String customer) {
    String contact = contacts.find(address(customer)).orElseThrow().id();
    return threads.thread(contact).entries().stream().map(Entry::messageId).toList();
  }

  private String id(String letter) {
    return EventId.derive(PHONE_CHANNEL, LINE, "letter", letter).value();
  }

  private static ContactAddress address(String customer) {
    return ContactAddress.email(customer + "@example.com");
  }

  /** Letters of the form {@code who number [> the letter it answers]}. */
  private static final class Letters implements PolledChannel {

    @Override
    public ParseResult parse(RawDelivery delivery) {
      String text = new String(delivery.body(), StandardCharsets.UTF_8);
      if (text.equals("poison")) {
        throw new IllegalArgumentException("no letter");
      }
      int answers = text.indexOf(" > ");
      List<ExternalId> references =
          answers < 0 ? List.of() : List.of(new ExternalId(text.substring(answers + 3)));
      return new ParseResult.Events(
          List.of(
              new MessageReceived(
                  new EventHeader(
                      EventId.derive(PHONE_CHANNEL, LINE, "letter", text),
                      PHONE_CHANNEL,
                      LINE,
                      Sender.of(address(text.substring(0, text.indexOf(' ')))),
                      NOON,
                      0),
                  new ExternalId(text),
                  new Content.Text(text),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(new Envelope(List.of(), references, List.of(), Optional.empty())))),
          List.of());
    }

    @Override
    public ChannelType type() {
      return PHONE_CHANNEL;
    }

    @Override
    public Capabilities capabilities() {
      return new ScriptedChannel(PHONE_CHANNEL, Confirmation.NONE).capabilities();
    }

    @Override
    public SendResult send(OutboundMessage message) {
      throw new UnsupportedOperationException("nothing is sent here");
    }

    @Override
    public void receive(AccountId account, Receiver receiver) {
      throw new UnsupportedOperationException("nothing is received here");
    }
  }

  /** An engine that lets messages through when enough are under way, and not all of them. */
  private static final class Gate implements Engine {

    final List<String> seen = java.util.Collections.synchronizedList(new ArrayList<>());
    final Set<String> refused = ConcurrentHashMap.newKeySet();
    final Set<String> broken = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch needed = new CountDownLatch(0);

    void openAfter(int underWay) {
      needed = new CountDownLatch(underWay);
    }

    @Override
    public void customerMessage(String contactId, String messageId) {
      seen.add(messageId);
      if (refused.contains(messageId)) {
        throw new EngineUnavailableException("pushed back", new IllegalStateException());
      }
      if (broken.contains(messageId)) {
        throw new IllegalStateException("a bug of ours");
      }
      needed.countDown();
      try {
        if (!needed.await(30, TimeUnit.SECONDS)) {
          throw new EngineUnavailableException("nobody came beside", new IllegalStateException());
        }
      } catch (InterruptedException e) {
        throw new EngineUnavailableException("stopped", e);
      }
    }

    @Override
    public void wakeAgentStep(String contactId, long newest) {}

    @Override
    public void contactMerged(String contactId, String into) {}
  }
}
