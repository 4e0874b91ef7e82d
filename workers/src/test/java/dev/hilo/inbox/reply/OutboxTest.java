package dev.hilo.inbox.reply;

import static dev.hilo.inbox.Samples.ANA_PHONE;
import static dev.hilo.inbox.Samples.LINE;
import static dev.hilo.inbox.Samples.LINE_ACCOUNT;
import static dev.hilo.inbox.Samples.NOON;
import static dev.hilo.inbox.Samples.PHONE_CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hilo.channel.Capabilities.Confirmation;
import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.Sender;
import dev.hilo.inbox.Samples;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.engine.JobRunner.PassingFault;
import dev.hilo.inbox.engine.RecordingEngine;
import dev.hilo.inbox.health.AccountHealths;
import dev.hilo.inbox.store.MemoryStore;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.Threads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final DeliveryFailure THROTTLED =
      new DeliveryFailure(DeliveryError.THROTTLED, "429", "slow down");
  private static final ExternalId EXTERNAL = new ExternalId("provider-1");

  private Instant now = NOON;
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final MemoryStore store = new MemoryStore();
  private final Threads threads = new Threads(store, Samples.contacts(store, clock), clock);
  private final RecordingEngine engine = new RecordingEngine();
  private final DeliveryUpdates deliveries =
      new DeliveryUpdates(threads, new ExternalIds(store), store, engine, change -> {}, clock);
  private final SendSettings settings = new SendSettings(Duration.ofSeconds(90), 3, 1);
  private final AccountHealths health = new AccountHealths(store, clock);
  private final ScriptedChannel channel =
      new ScriptedChannel(PHONE_CHANNEL, Confirmation.CALLBACK_WITH_OUR_ID);
  private final Outbox.Order order =
      new Outbox.Order(
          new OutboundId("out-1"),
          "ana",
          "conversation-1",
          new ReplyTarget(PHONE_CHANNEL, LINE, ANA_PHONE),
          new OutboundContent.Text("Ya salió tu pedido"));

  private Outbox outbox() {
    return outbox(channel);
  }

  /** Each one is a node that has just started. */
  private Outbox outbox(ScriptedChannel with) {
    return new Outbox(
        Channels.of(List.of(with), List.of(LINE_ACCOUNT)),
        threads,
        deliveries,
        new Pace(settings, clock),
        health,
        settings,
        change -> {},
        new SimpleMeterRegistry(),
        clock);
  }

  private MessageRecord record() {
    return threads.message("out-1").orElseThrow();
  }

  private DeliveryUpdated update(DeliveryState state, Optional<OutboundId> ours) {
    return new DeliveryUpdated(
        new EventHeader(
            EventId.derive(PHONE_CHANNEL, LINE, "status", EXTERNAL.value(), state.name()),
            PHONE_CHANNEL,
            LINE,
            Sender.of(ANA_PHONE),
            now,
            0),
        EXTERNAL,
        ours,
        state,
        state == DeliveryState.FAILED
            ? Optional.of(new DeliveryFailure(DeliveryError.OUTSIDE_REPLY_WINDOW, "1", ""))
            : Optional.empty());
  }

  @Test
  void shouldSendOnceHoweverOftenTheJobRuns() {
    // given
    channel.answers(new SendResult.Accepted(EXTERNAL));

    // when
    Optional<DeliveryFailure> first = outbox().send(order);
    Optional<DeliveryFailure> second = outbox().send(order);

    // then
    assertThat(first).isEmpty();
    assertThat(second).isEmpty();
    assertThat(channel.calls).hasSize(1);
    assertThat(record().state()).contains(DeliveryState.SENT);
    assertThat(threads.thread("ana").lastSequence()).isEqualTo(1);
    assertThat(threads.thread("ana").hasNews()).as("our own answer is no news").isFalse();
  }

  @Test
  void shouldNotSendAgainWhenTheNodeDiedDuringTheCall() {
    // given: the provider took it, and the node died before it heard so
    channel.answers(
        message -> {
          throw new IllegalStateException("killed");
        });
    assertThatThrownBy(() -> outbox().send(order)).hasMessage("killed");

    // when
    now = NOON.plusSeconds(60);
    Outbox restarted = outbox();
    assertThatThrownBy(() -> restarted.send(order)).isInstanceOf(PassingFault.class);
    deliveries.take(update(DeliveryState.SENT, Optional.of(order.id())));

    // then
    assertThat(restarted.send(order)).isEmpty();
    assertThat(channel.calls).hasSize(1);
    assertThat(record().externalId()).contains(EXTERNAL);
  }

  @Test
  void shouldAskTheAgentWhenNoSignComesInTime() {
    // given
    channel.answers(new SendResult.Unconfirmed("no answer"));
    Outbox outbox = outbox();
    assertThatThrownBy(() -> outbox.send(order)).isInstanceOf(PassingFault.class);

    // when
    now = NOON.plusSeconds(89);
    assertThatThrownBy(() -> outbox.send(order)).isInstanceOf(PassingFault.class);
    now = NOON.plusSeconds(90);
    Optional<DeliveryFailure> verdict = outbox.send(order);

    // then
    assertThat(verdict).map(DeliveryFailure::error).contains(DeliveryError.UNCONFIRMED);
    assertThat(channel.calls).hasSize(1);
  }

  @Test
  void shouldWaitTheWholeGraceAfterARestart() {
    // given
    channel.answers(new SendResult.Unconfirmed("no answer"));
    assertThatThrownBy(() -> outbox().send(order)).isInstanceOf(PassingFault.class);

    // when: down for an hour, in which no status could be delivered
    now = NOON.plusSeconds(3600);
    Outbox restarted = outbox();

    // then
    assertThatThrownBy(() -> restarted.send(order)).isInstanceOf(PassingFault.class);
    assertThat(channel.calls).hasSize(1);
  }

  @Test
  void shouldBelieveALateSignEvenAfterTheAgentWasAsked() {
    // given
    channel.answers(new SendResult.Unconfirmed("no answer"));
    Outbox outbox = outbox();
    assertThatThrownBy(() -> outbox.send(order)).isInstanceOf(PassingFault.class);
    now = NOON.plusSeconds(90);
    outbox.send(order);

    // when
    deliveries.take(update(DeliveryState.DELIVERED, Optional.of(order.id())));

    // then
    assertThat(record().state()).contains(DeliveryState.DELIVERED);
  }

  @Test
  void shouldSimplySendAgainWhenTheChannelIsIdempotent() {
    // given
    ScriptedChannel site =
        new ScriptedChannel(PHONE_CHANNEL, Confirmation.IDEMPOTENT)
            .answers(new SendResult.Unconfirmed("no answer"))
            .answers(new SendResult.Accepted(EXTERNAL));
    assertThatThrownBy(() -> outbox(site).send(order)).isInstanceOf(PassingFault.class);

    // when
    Optional<DeliveryFailure> again = outbox(site).send(order);

    // then
    assertThat(again).isEmpty();
    assertThat(site.calls).extracting(call -> call.id().value()).containsExactly("out-1", "out-1");
  }

  @Test
  void shouldTryAgainLaterAndTellTheAgentInTheEnd() {
    // given
    SendResult later = new SendResult.RetryLater(THROTTLED, Duration.ofSeconds(6));
    channel.answers(later).answers(later).answers(later);
    Outbox outbox = outbox();

    // when
    assertThatThrownBy(() -> outbox.send(order)).isInstanceOf(PassingFault.class);
    now = now.plusSeconds(6);
    assertThatThrownBy(() -> outbox.send(order)).isInstanceOf(PassingFault.class);
    now = now.plusSeconds(6);
    Optional<DeliveryFailure> verdict = outbox.send(order);

    // then
    assertThat(verdict).contains(THROTTLED);
    assertThat(record().state()).contains(DeliveryState.FAILED);
  }

  @Test
  void shouldNotAskTheProviderDuringThePauseThatItAskedFor() {
    // given
    channel.answers(new SendResult.RetryLater(THROTTLED, Duration.ofSeconds(6)));
    Outbox outbox = outbox();
    assertThatThrownBy(() -> outbox.send(order)).isInstanceOf(PassingFault.class);
    now = now.plusSeconds(5);

    // when
    assertThatThrownBy(() -> outbox.send(order)).isInstanceOf(PassingFault.class);

    // then
    assertThat(channel.calls).hasSize(1);
  }

  @Test
  void shouldSendNothingMoreFromAnAccountWhoseAccessHasExpired() {
    // given
    DeliveryFailure expired = new DeliveryFailure(DeliveryError.CREDENTIALS_EXPIRED, "190", "");
    channel.answers(new SendResult.Rejected(expired));
    outbox().send(order);

    // when
    Optional<DeliveryFailure> other =
        outbox()
            .send(
                new Outbox.Order(
                    new OutboundId("out-2"),
                    "ben",
                    "conversation-2",
                    order.target(),
                    order.content()));

    // then
    assertThat(other).contains(expired);
    assertThat(channel.calls).hasSize(1);
    health.resume(PHONE_CHANNEL, LINE);
    assertThat(health.hold(PHONE_CHANNEL, LINE)).isEmpty();
  }

  @Test
  void shouldTellTheAgentARefusalAndNotAskTheProviderAgain() {
    // given
    DeliveryFailure refusal = new DeliveryFailure(DeliveryError.RECIPIENT_UNREACHABLE, "9", "");
    channel.answers(new SendResult.Rejected(refusal));

    // when
    Optional<DeliveryFailure> first = outbox().send(order);
    Optional<DeliveryFailure> second = outbox().send(order);

    // then
    assertThat(first).contains(refusal);
    assertThat(second).contains(refusal);
    assertThat(channel.calls).hasSize(1);
  }

  @Test
  void shouldUnderstandStatusesThatComeBeforeTheAnswer() {
    // given: both statuses arrive while the call is still open, without our own id
    channel.answers(
        message -> {
          deliveries.take(update(DeliveryState.DELIVERED, Optional.empty()));
          deliveries.take(update(DeliveryState.SENT, Optional.empty()));
          return new SendResult.Accepted(EXTERNAL);
        });

    // when
    outbox().send(order);

    // then
    assertThat(record().state()).contains(DeliveryState.DELIVERED);
  }

  @Test
  void shouldNeverLowerAStateAndKeepEveryEvent() {
    // given
    channel.answers(new SendResult.Accepted(EXTERNAL));
    outbox().send(order);

    // when
    for (DeliveryState state :
        List.of(DeliveryState.READ, DeliveryState.DELIVERED, DeliveryState.SENT)) {
      now = now.plusSeconds(1);
      deliveries.take(update(state, Optional.empty()));
    }

    // then
    assertThat(record().state()).contains(DeliveryState.READ);
    assertThat(record().deliveries()).hasSize(4);
  }

  @Test
  void shouldTellTheAgentOnceWhenAnAcceptedMessageFailsLater() {
    // given
    channel.answers(new SendResult.Accepted(EXTERNAL));
    outbox().send(order);

    // when
    now = NOON.plusSeconds(5);
    deliveries.take(update(DeliveryState.FAILED, Optional.of(order.id())));
    deliveries.take(update(DeliveryState.FAILED, Optional.of(order.id())));

    // then
    assertThat(threads.thread("ana").hasNews()).isTrue();
    assertThat(threads.thread("ana").lastSequence()).isEqualTo(2);
    assertThat(engine.published).contains("customer-message ana out-1-failed");
  }

  @Test
  void shouldIgnoreAStatusThatNamesSomebodyElsesMessage() {
    // given
    channel.answers(new SendResult.Accepted(EXTERNAL));
    outbox().send(order);

    // when
    deliveries.take(
        new DeliveryUpdated(
            update(DeliveryState.READ, Optional.empty()).header(),
            new ExternalId("other"),
            Optional.of(new OutboundId("not-ours")),
            DeliveryState.READ,
            Optional.empty()));

    // then
    assertThat(record().state()).contains(DeliveryState.SENT);
  }
}
