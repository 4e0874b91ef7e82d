package dev.hilo.inbox.attend;

import static dev.hilo.inbox.Samples.ANA_PHONE;
import static dev.hilo.inbox.Samples.LINE;
import static dev.hilo.inbox.Samples.LINE_ACCOUNT;
import static dev.hilo.inbox.Samples.NOON;
import static dev.hilo.inbox.Samples.PHONE_CHANNEL;
import static dev.hilo.inbox.Samples.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.Capabilities.Confirmation;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.Sender;
import dev.hilo.inbox.Samples;
import dev.hilo.inbox.agent.AgentWords;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.media.Arrivals;
import dev.hilo.inbox.media.Attachments;
import dev.hilo.inbox.media.FolderBlobs;
import dev.hilo.inbox.people.PeopleSettings;
import dev.hilo.inbox.queue.Queues;
import dev.hilo.inbox.reply.ReplyWindow;
import dev.hilo.inbox.reply.ScriptedChannel;
import dev.hilo.inbox.reply.TemplateRegistry;
import dev.hilo.inbox.store.MemoryStore;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentViewsTest {

  private final Clock clock = Clock.fixed(NOON.plusSeconds(600), ZoneOffset.UTC);
  private final MemoryStore store = new MemoryStore();
  private final Contacts contacts = Samples.contacts(store, clock);
  private final Threads threads = new Threads(store, contacts, clock);
  private final Channels channels =
      Channels.of(
          List.of(new ScriptedChannel(PHONE_CHANNEL, Confirmation.CALLBACK_WITH_OUR_ID)),
          List.of(LINE_ACCOUNT));
  @TempDir private static java.nio.file.Path folder;

  private final AgentViews views =
      new AgentViews(
          contacts,
          threads,
          channels,
          new Queues(
              List.of(
                  new Queues.Queue(
                      "support",
                      Map.of(),
                      "en",
                      Duration.ofHours(24),
                      Duration.ofHours(8),
                      ZoneOffset.UTC))),
          new ReplyWindow(clock),
          new TemplateRegistry(channels, store, clock),
          new Arrivals(new Attachments(store, clock), new FolderBlobs(folder), clock),
          new PeopleSettings(Map.of(), "groups", "hilo-", "https://hilo.example"),
          clock);
  private final String ana = contacts.resolve(Sender.of(ANA_PHONE), LINE_ACCOUNT).id();

  private AgentView view() {
    return views.view(
        ana, "conversation-1", "support", new AgentWords(Locale.ENGLISH), Optional.empty());
  }

  @Test
  void shouldTakeFreeTextWhenTheCustomerWroteJustNow() {
    // given
    threads.add(inbound("in-1", ana, NOON), true);

    // when
    AgentView view = view();

    // then
    assertThat(view.windowClosed()).isFalse();
    assertThat(view.replyTargets().getFirst().label()).contains("free answers until");
  }

  @Test
  void shouldOfferTemplatesWhenTheProviderRefusedAnAnswerAsTooLate() {
    // given
    threads.add(inbound("in-1", ana, NOON), true);
    threads.add(answer("out-1", NOON.plusSeconds(60), DeliveryError.OUTSIDE_REPLY_WINDOW), false);

    // when
    AgentView view = view();

    // then
    assertThat(view.windowClosed()).isTrue();
    assertThat(view.replyTargets().getFirst().label())
        .endsWith("free answers closed, template only");
  }

  @Test
  void shouldTakeFreeTextAgainWhenTheCustomerWroteAfterTheRefusal() {
    // given
    threads.add(inbound("in-1", ana, NOON), true);
    threads.add(answer("out-1", NOON.plusSeconds(60), DeliveryError.OUTSIDE_REPLY_WINDOW), false);
    threads.add(inbound("in-2", ana, NOON.plusSeconds(120)), true);

    // when
    AgentView view = view();

    // then
    assertThat(view.windowClosed()).isFalse();
  }

  @Test
  void shouldTakeFreeTextWhenAnAnswerFailedForAnotherReason() {
    // given
    threads.add(inbound("in-1", ana, NOON), true);
    threads.add(answer("out-1", NOON.plusSeconds(60), DeliveryError.RECIPIENT_UNREACHABLE), false);

    // when
    AgentView view = view();

    // then
    assertThat(view.windowClosed()).isFalse();
  }

  @Test
  void shouldNameABusinessScopedIdOnlyWhenThereIsNoPhone() {
    // given
    ContactAddress scoped = ContactAddress.businessScoped("CO.1234567890");
    String known =
        contacts
            .resolve(
                new Sender(
                    ANA_PHONE, List.of(scoped), List.of(), Optional.of("Ana"), Optional.empty()),
                LINE_ACCOUNT)
            .id();

    // when
    AgentView view =
        views.view(
            known, "conversation-1", "support", new AgentWords(Locale.ENGLISH), Optional.empty());

    // then
    assertThat(contacts.find(scoped)).isPresent();
    assertThat(view.customerAliases())
        .extracting(AgentView.Alias::label)
        .containsExactly("+57 300 1234567");
  }

  @Test
  void shouldFitTheTasksLineIntoTheListWhenTheTextIsLong() {
    // given
    threads.add(inbound("in-" + "x".repeat(100), ana, NOON), true);

    // when
    AgentView view = view();

    // then
    assertThat(view.taskContext()).hasSize(47).endsWith("x…");
  }

  private MessageRecord answer(String id, Instant at, DeliveryError error) {
    return new MessageRecord(
        id,
        ana,
        Optional.of("conversation-1"),
        PHONE_CHANNEL,
        LINE,
        ANA_PHONE,
        Direction.OUT,
        "Ya salió",
        Optional.empty(),
        Optional.of(new OutboundContent.Text("Ya salió")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        at,
        at,
        0,
        at,
        Optional.of("demo"),
        Optional.of(DeliveryState.FAILED),
        List.of(),
        Optional.empty(),
        1,
        Optional.of(new DeliveryFailure(error, "131047", "")),
        Optional.empty(),
        Optional.empty());
  }
}
