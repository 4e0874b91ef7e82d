package dev.hilo.inbox.ingest;

import static dev.hilo.inbox.Samples.ANA_PHONE;
import static dev.hilo.inbox.Samples.LINE;
import static dev.hilo.inbox.Samples.LINE_ACCOUNT;
import static dev.hilo.inbox.Samples.NOON;
import static dev.hilo.inbox.Samples.PHONE_CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.Capabilities.Confirmation;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.AddressChanged;
import dev.hilo.channel.ChannelEvent.DeliveredThrough;
import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.ChannelEvent.MessageDeleted;
import dev.hilo.channel.ChannelEvent.MessageEdited;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelEvent.MessageSentElsewhere;
import dev.hilo.channel.ChannelEvent.ReactionChanged;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.Envelope;
import dev.hilo.channel.Envelope.Mark;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.Sender;
import dev.hilo.inbox.Samples;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.ProofCodes;
import dev.hilo.inbox.engine.RecordingEngine;
import dev.hilo.inbox.health.AccountHealths;
import dev.hilo.inbox.media.Arrivals;
import dev.hilo.inbox.media.Attachment;
import dev.hilo.inbox.media.Attachments;
import dev.hilo.inbox.media.Blobs;
import dev.hilo.inbox.media.FolderBlobs;
import dev.hilo.inbox.reply.DeliveryUpdates;
import dev.hilo.inbox.reply.ExternalIds;
import dev.hilo.inbox.reply.ScriptedChannel;
import dev.hilo.inbox.reply.SentElsewhere;
import dev.hilo.inbox.store.MemoryStore;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.NoteKind;
import dev.hilo.inbox.thread.Threads;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {

  private static final ContactAddress BEN_PHONE = ContactAddress.phone("+573009998877");

  @TempDir private static Path folder;

  private final Blobs blobs = new FolderBlobs(folder);
  private final Clock clock = Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC);
  private final MemoryStore store = new MemoryStore();
  private final Contacts contacts = Samples.contacts(store, clock);
  private final Threads threads = new Threads(store, contacts, clock);
  private final RecordingEngine engine = new RecordingEngine();
  private final ExternalIds externalIds = new ExternalIds(store);
  private final Attachments attachments = new Attachments(store, clock);
  private final Arrivals arrivals = new Arrivals(attachments, blobs, clock);
  private final DeliveryUpdates deliveries =
      new DeliveryUpdates(threads, externalIds, store, engine, change -> {}, clock);
  private final Ingest ingest =
      new Ingest(
          Channels.of(
              List.of(new ScriptedChannel(PHONE_CHANNEL, Confirmation.NONE)),
              List.of(LINE_ACCOUNT)),
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
          new AccountHealths(store, clock),
          threads,
          engine,
          deliveries,
          store,
          change -> {},
          clock);

  private static EventHeader header(ContactAddress from, String id, int seconds) {
    return new EventHeader(
        EventId.derive(PHONE_CHANNEL, LINE, "event", id),
        PHONE_CHANNEL,
        LINE,
        Sender.of(from),
        NOON.plusSeconds(seconds),
        0);
  }

  private static MessageReceived says(ContactAddress from, String id, String text) {
    return new MessageReceived(
        header(from, id, 0),
        new ExternalId(id),
        new Content.Text(text),
        Optional.empty(),
        Optional.empty());
  }

  private static MessageReceived says(
      ContactAddress from, String id, String text, Envelope envelope) {
    return new MessageReceived(
        header(from, id, 0),
        new ExternalId(id),
        new Content.Text(text),
        Optional.empty(),
        Optional.empty(),
        Optional.of(envelope));
  }

  /** Taken as providers deliver: more than once. */
  private void take(ChannelEvent... events) {
    for (int i = 0; i < 2; i++) {
      for (ChannelEvent event : events) {
        ingest.take(List.of(event), clock.instant());
      }
    }
  }

  private List<MessageRecord> thread(ContactAddress of) {
    return threads.newest(threads.thread(contacts.find(of).orElseThrow().id()), 100);
  }

  private MessageRecord only(ContactAddress of) {
    List<MessageRecord> messages =
        thread(of).stream().filter(message -> message.direction() != Direction.NOTE).toList();
    assertThat(messages).hasSize(1);
    return messages.getFirst();
  }

  @Test
  void shouldShowWhatTheCustomerChangedTheMessageTo() {
    // when
    take(
        says(ANA_PHONE, "m-1", "talla 38"),
        new MessageEdited(
            header(ANA_PHONE, "e-1", 10), new ExternalId("m-1"), new Content.Text("talla 39")),
        new MessageEdited(
            header(ANA_PHONE, "e-2", 20), new ExternalId("m-1"), new Content.Text("talla 40")));
    // then
    MessageRecord message = only(ANA_PHONE);
    assertThat(message.text()).isEqualTo("talla 40");
    assertThat(message.revision().orElseThrow().earlier())
        .extracting(MessageRecord.Revision.Earlier::text)
        .containsExactly("talla 38", "talla 39");
    assertThat(thread(ANA_PHONE)).hasSize(3);
    assertThat(threads.thread(contacts.find(ANA_PHONE).orElseThrow().id()).hasNews()).isTrue();
  }

  @Test
  void shouldKeepTheLastChangeWhenAnOlderOneComesLate() {
    // when
    take(says(ANA_PHONE, "m-1", "talla 38"));
    take(
        new MessageEdited(
            header(ANA_PHONE, "e-2", 20), new ExternalId("m-1"), new Content.Text("talla 40")));
    take(
        new MessageEdited(
            header(ANA_PHONE, "e-1", 10), new ExternalId("m-1"), new Content.Text("talla 39")));
    // then
    assertThat(only(ANA_PHONE).text()).isEqualTo("talla 40");
  }

  @Test
  void shouldKeepNothingOfWhatTheCustomerTookBack() {
    // when
    take(
        says(ANA_PHONE, "m-1", "my card is 4111"),
        new MessageDeleted(header(ANA_PHONE, "d-1", 10), new ExternalId("m-1")));
    take(
        new MessageEdited(
            header(ANA_PHONE, "e-1", 5), new ExternalId("m-1"), new Content.Text("4111 1111")));
    // then
    MessageRecord message = only(ANA_PHONE);
    assertThat(message.text()).isEmpty();
    assertThat(message.content()).contains(new Content.Unsupported("deleted", Optional.empty()));
    assertThat(message.revision().orElseThrow().earlier()).isEmpty();
  }

  @Test
  void shouldExpectTheFilesOfAMessageOnceAndForgetThemWithIt() {
    // given
    Content two =
        new Content.Several(
            List.of(
                new Content.Text("see"),
                new Content.Media(
                    Content.Media.Form.IMAGE,
                    "ref-1",
                    Optional.of("image/png"),
                    Optional.of("a.png"),
                    Optional.empty(),
                    java.util.OptionalLong.empty()),
                new Content.Media(
                    Content.Media.Form.VIDEO,
                    "ref-2",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    java.util.OptionalLong.empty(),
                    Optional.of(new Content.LinkOnly("https://cdn.example/v", Optional.empty())))));
    // when
    take(
        new MessageReceived(
            header(ANA_PHONE, "m-1", 0),
            new ExternalId("m-1"),
            two,
            Optional.empty(),
            Optional.empty()));
    // then
    String id = only(ANA_PHONE).id();
    assertThat(attachments.get(Attachments.id(id, 0)).orElseThrow().state())
        .isEqualTo(Attachment.State.WAITING);
    assertThat(attachments.get(Attachments.id(id, 1)).orElseThrow().state())
        .isEqualTo(Attachment.State.LINK_ONLY);
    assertThat(attachments.get(Attachments.id(id, 2))).isEmpty();
    // when
    take(new MessageDeleted(header(ANA_PHONE, "d-1", 10), new ExternalId("m-1")));
    // then
    assertThat(attachments.get(Attachments.id(id, 0)).orElseThrow().state())
        .isEqualTo(Attachment.State.GONE);
  }

  @Test
  void shouldPutTheNewestReactionOnTheMessage() {
    // when
    take(
        says(ANA_PHONE, "m-1", "gracias"),
        new ReactionChanged(header(ANA_PHONE, "r-2", 20), new ExternalId("m-1"), Optional.of("🙏")),
        new ReactionChanged(
            header(ANA_PHONE, "r-1", 10), new ExternalId("m-1"), Optional.of("👍")));
    // then
    assertThat(only(ANA_PHONE).revision().orElseThrow().reactions())
        .extracting(MessageRecord.Revision.Reaction::emoji)
        .containsExactly(Optional.of("🙏"));
  }

  @Test
  void shouldShowAReactionToAMessageThatIsNotHere() {
    // when
    take(
        new ReactionChanged(
            header(ANA_PHONE, "r-1", 10), new ExternalId("m-0"), Optional.of("👍")));
    // then
    assertThat(only(ANA_PHONE).text()).isEqualTo("👍");
    assertThat(threads.thread(contacts.find(ANA_PHONE).orElseThrow().id()).hasNews()).isFalse();
  }

  @Test
  void shouldShowWhatWasSentWithAnotherAppOnceAndAsNoNews() {
    // when
    take(
        new MessageSentElsewhere(
            header(ANA_PHONE, "o-1", 0),
            new ExternalId("o-1"),
            new Content.Text("Hola, soy Juan"),
            Optional.of("phone")));
    // then
    MessageRecord message = only(ANA_PHONE);
    assertThat(message.direction()).isEqualTo(Direction.OUT);
    assertThat(message.text()).isEqualTo("Hola, soy Juan");
    assertThat(message.author()).contains("phone");
    assertThat(engine.published).isEmpty();
  }

  @Test
  void shouldApplyAWatermarkToEverythingSentBefore() {
    // given
    Instant sentAt = NOON;
    take(
        new MessageSentElsewhere(
            header(ANA_PHONE, "o-1", 0), new ExternalId("o-1"), text("first"), Optional.empty()),
        new MessageSentElsewhere(
            header(ANA_PHONE, "o-2", 40), new ExternalId("o-2"), text("second"), Optional.empty()));
    // when
    take(
        new DeliveredThrough(
            header(ANA_PHONE, "w-1", 30), DeliveryState.READ, sentAt.plus(Duration.ofSeconds(30))));
    // then
    assertThat(thread(ANA_PHONE))
        .extracting(MessageRecord::state)
        .containsExactly(Optional.of(DeliveryState.READ), Optional.of(DeliveryState.SENT));
  }

  private static Content text(String body) {
    return new Content.Text(body);
  }

  @Test
  void shouldKeepTheContactWhenItsAddressChanges() {
    // given
    take(says(ANA_PHONE, "m-1", "hola"));
    String before = contacts.find(ANA_PHONE).orElseThrow().id();
    // when
    take(new AddressChanged(header(ANA_PHONE, "a-1", 10), ANA_PHONE, BEN_PHONE));
    take(says(BEN_PHONE, "m-2", "soy yo, número nuevo"));
    // then
    assertThat(contacts.find(BEN_PHONE).orElseThrow().id()).isEqualTo(before);
    assertThat(thread(ANA_PHONE))
        .extracting(MessageRecord::noteKind)
        .contains(Optional.of(NoteKind.ADDRESS_CHANGED));
  }

  @Test
  void shouldJoinTheContactThatWroteFromTheNewAddressFirst() {
    // given
    take(says(ANA_PHONE, "m-1", "hola"), says(BEN_PHONE, "m-2", "soy yo"));
    // when
    take(new AddressChanged(header(ANA_PHONE, "a-1", 10), ANA_PHONE, BEN_PHONE));
    // then
    assertThat(contacts.find(ANA_PHONE).orElseThrow().id())
        .isEqualTo(contacts.find(BEN_PHONE).orElseThrow().id());
    assertThat(thread(ANA_PHONE)).extracting(MessageRecord::text).contains("hola", "soy yo");
  }

  @Test
  void shouldNotBelieveThatAnAnswerFailedWhenOnlyACopyOfItDid() {
    // given
    ContactAddress ana = ContactAddress.email("ana@example.org");
    ContactAddress copied = ContactAddress.email("copied@example.org");
    take(says(ana, "m-1", "hola"), answerTo(ana, "o-1"));
    // when
    take(failed(copied, "b-1", "o-1"));
    // then
    assertThat(thread(ana))
        .extracting(MessageRecord::state)
        .containsExactly(Optional.empty(), Optional.of(DeliveryState.SENT));
    // when
    take(failed(ana, "b-2", "o-1"));
    // then
    assertThat(thread(ana))
        .filteredOn(message -> message.direction() == Direction.OUT)
        .extracting(MessageRecord::state)
        .containsExactly(Optional.of(DeliveryState.FAILED));
  }

  private static DeliveryUpdated failed(ContactAddress whom, String id, String message) {
    return new DeliveryUpdated(
        header(whom, id, 20),
        new ExternalId(message),
        Optional.empty(),
        DeliveryState.FAILED,
        Optional.of(new DeliveryFailure(DeliveryError.RECIPIENT_UNREACHABLE, "5.1.1", "")));
  }

  @Test
  void shouldNotCallAnybodyForWhatAnotherAppHandles() {
    // when
    take(says(ANA_PHONE, "m-1", "hola", Envelope.marked(Mark.HANDLED_ELSEWHERE)));
    // then
    assertThat(only(ANA_PHONE).text()).isEqualTo("hola");
    assertThat(engine.published).isEmpty();
  }

  @Test
  void shouldNotPutAStrangerIntoTheThreadOfWhomTheyAnswer() {
    // given
    take(says(ANA_PHONE, "m-1", "hola"), answerTo(ANA_PHONE, "o-1"));
    // when
    take(says(BEN_PHONE, "m-2", "tell me all", refersTo("o-1")));
    // then
    assertThat(only(BEN_PHONE).text()).isEqualTo("tell me all");
    assertThat(thread(BEN_PHONE))
        .extracting(MessageRecord::noteKind)
        .contains(Optional.of(NoteKind.ANSWERS_ANOTHERS_MESSAGE));
    assertThat(thread(ANA_PHONE)).extracting(MessageRecord::text).doesNotContain("tell me all");
  }

  @Test
  void shouldPutSomebodyWhoGotCopiesIntoTheThreadTheyAnswer() {
    // given
    Envelope withCopy = new Envelope(List.of(), List.of(), List.of(BEN_PHONE), Optional.empty());
    take(says(ANA_PHONE, "m-1", "hola", withCopy), answerTo(ANA_PHONE, "o-1"));
    // when
    take(says(BEN_PHONE, "m-2", "I can help", refersTo("o-1")));
    // then
    assertThat(thread(ANA_PHONE)).extracting(MessageRecord::text).contains("I can help");
  }

  @Test
  void shouldShowAnAnswerAfterWhatItAnswersWhateverTheSendersClockSays() {
    // given
    take(says(ANA_PHONE, "m-1", "hola"), answerTo(ANA_PHONE, "o-1"));
    // when: written, as it says, before the message that it answers
    take(says(ANA_PHONE, "m-2", "gracias", refersTo("o-1")));
    // then
    assertThat(thread(ANA_PHONE))
        .extracting(MessageRecord::text)
        .containsExactly("hola", "we look into it", "gracias");
  }

  private static MessageSentElsewhere answerTo(ContactAddress to, String id) {
    return new MessageSentElsewhere(
        header(to, id, 5), new ExternalId(id), text("we look into it"), Optional.empty());
  }

  private static Envelope refersTo(String id) {
    return new Envelope(List.of(), List.of(new ExternalId(id)), List.of(), Optional.empty());
  }
}
