package dev.hilo.inbox.reply;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Channel;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.SendResult;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.engine.JobRunner.PassingFault;
import dev.hilo.inbox.thread.MessageChanged;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.Threads;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Sends a message exactly once as far as that can be had: the record first, then a mark that the
 * call begins, then the call, then its end. Whoever finds a mark without an end does not send again
 * but looks for a sign of the first call; see ADR 0005.
 */
@Component
public class Outbox {

  private static final Duration NEXT_LOOK = Duration.ofSeconds(3);

  private final Channels channels;
  private final Threads threads;
  private final DeliveryUpdates deliveries;
  private final SendSettings settings;
  private final ApplicationEventPublisher changes;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Instant startedAt;

  Outbox(
      Channels channels,
      Threads threads,
      DeliveryUpdates deliveries,
      SendSettings settings,
      ApplicationEventPublisher changes,
      MeterRegistry metrics,
      Clock clock) {
    this.channels = channels;
    this.threads = threads;
    this.deliveries = deliveries;
    this.settings = settings;
    this.changes = changes;
    this.metrics = metrics;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /**
   * What is to be sent.
   *
   * @param id derived from the job's element instance: the same on every retry
   */
  public record Order(
      OutboundId id,
      String contactId,
      String conversationId,
      ReplyTarget target,
      OutboundContent content) {}

  /**
   * Sends, or finds out what became of an earlier attempt.
   *
   * @return why it did not work, for the agent; empty if the provider has it
   * @throws PassingFault if it must be tried, or looked for, again later
   */
  public Optional<DeliveryFailure> send(Order order) {
    MessageRecord message = record(order);
    Channel channel =
        channels
            .channel(order.target().channel())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the channel " + order.target().channel() + " is not connected"));
    DeliveryState state = message.state().orElse(DeliveryState.QUEUED);
    if (state == DeliveryState.FAILED) {
      return Optional.of(failureOf(message));
    }
    if (state != DeliveryState.QUEUED) {
      return Optional.empty();
    }
    if (message.attemptedAt().isPresent()) {
      Optional<DeliveryFailure> verdict =
          reconcile(message, message.attemptedAt().get(), channel.capabilities());
      if (verdict.isPresent()) {
        return verdict;
      }
    }
    return attempt(order, message, channel);
  }

  private MessageRecord record(Order order) {
    Instant now = clock.instant();
    MessageRecord fresh =
        new MessageRecord(
            order.id().value(),
            order.contactId(),
            Optional.of(order.conversationId()),
            order.target().channel(),
            order.target().account(),
            order.target().address(),
            Direction.OUT,
            switch (order.content()) {
              case OutboundContent.Text text -> text.body();
              case OutboundContent.Template template -> template.rendering();
              case OutboundContent.Media media -> media.caption().orElse("");
              case OutboundContent.Choices choices -> choices.body();
              case OutboundContent.Reaction reaction -> reaction.emoji().orElse("");
            },
            Optional.empty(),
            Optional.of(order.content()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            now,
            now,
            0,
            now,
            Optional.empty(),
            Optional.of(DeliveryState.QUEUED),
            List.of(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    threads.add(fresh, false);
    return threads.message(fresh.id()).orElse(fresh);
  }

  /**
   * Looks for a sign of a call that had no end.
   *
   * @return what to tell the agent; empty if it may be sent again without harm
   */
  private Optional<DeliveryFailure> reconcile(
      MessageRecord message, Instant attemptedAt, Capabilities capabilities) {
    if (capabilities.confirmation() == Capabilities.Confirmation.IDEMPOTENT) {
      threads.changeMessage(message.id(), m -> m.attemptFailed(clock.instant()));
      return Optional.empty();
    }
    Instant since = attemptedAt.isAfter(startedAt) ? attemptedAt : startedAt;
    if (clock.instant().isBefore(since.plus(settings.grace()))) {
      throw PassingFault.lookAgain(
          "the end of an earlier attempt is not known; waiting for a sign of it", NEXT_LOOK);
    }
    metrics.counter("hilo.sends", "outcome", "unconfirmed").increment();
    DeliveryFailure failure = new DeliveryFailure(DeliveryError.UNCONFIRMED, "", "");
    // Not final: a late status may still show that it arrived.
    deliveries.refused(message, failure);
    return Optional.of(failure);
  }

  private Optional<DeliveryFailure> attempt(Order order, MessageRecord message, Channel channel) {
    Instant now = clock.instant();
    int before = message.attempts();
    MessageRecord marked =
        threads
            .changeMessage(
                message.id(),
                m -> m.attemptedAt().isEmpty() && m.attempts() == before ? m.attempted(now) : m)
            .orElseThrow();
    if (marked.attempts() != before + 1 || !marked.attemptedAt().equals(Optional.of(now))) {
      throw PassingFault.lookAgain("another worker is sending this message", NEXT_LOOK);
    }
    SendResult result =
        channel.send(
            new OutboundMessage(
                order.id(),
                order.target().account(),
                order.target().address(),
                order.content(),
                Optional.empty()));
    return switch (result) {
      case SendResult.Accepted accepted -> {
        deliveries.sent(marked, accepted.externalId());
        metrics.counter("hilo.sends", "outcome", "accepted").increment();
        yield Optional.empty();
      }
      case SendResult.Rejected rejected -> {
        deliveries.refused(marked, rejected.failure());
        metrics.counter("hilo.sends", "outcome", "rejected").increment();
        yield Optional.of(rejected.failure());
      }
      case SendResult.RetryLater later -> {
        threads
            .changeMessage(marked.id(), m -> m.attemptFailed(clock.instant()))
            .ifPresent(m -> changes.publishEvent(new MessageChanged(m)));
        metrics.counter("hilo.sends", "outcome", "retried").increment();
        if (marked.attempts() >= settings.giveUpAfter()) {
          deliveries.refused(marked, later.failure());
          yield Optional.of(later.failure());
        }
        throw PassingFault.notBefore(
            later.failure().error() + ", to be tried again", later.after());
      }
      case SendResult.Unconfirmed unconfirmed ->
          throw PassingFault.lookAgain(
              "the provider's answer was lost: " + unconfirmed.detail(), NEXT_LOOK);
    };
  }

  private static DeliveryFailure failureOf(MessageRecord message) {
    return message.failure().orElseGet(() -> new DeliveryFailure(DeliveryError.UNKNOWN, "", ""));
  }
}
