package dev.hilo.inbox.reply;

import static java.util.stream.Collectors.joining;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Channel;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.SendResult;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.engine.JobRunner.PassingFault;
import dev.hilo.inbox.health.AccountHealth;
import dev.hilo.inbox.health.AccountHealths;
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
  private final Pace pace;
  private final AccountHealths health;
  private final SendSettings settings;
  private final ApplicationEventPublisher changes;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Instant startedAt;

  Outbox(
      Channels channels,
      Threads threads,
      DeliveryUpdates deliveries,
      Pace pace,
      AccountHealths health,
      SendSettings settings,
      ApplicationEventPublisher changes,
      MeterRegistry metrics,
      Clock clock) {
    this.channels = channels;
    this.threads = threads;
    this.deliveries = deliveries;
    this.pace = pace;
    this.health = health;
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
      OutboundContent content,
      Circumstances circumstances) {

    /** An answer by a person that quotes nothing, inside the window. */
    public Order(
        OutboundId id,
        String contactId,
        String conversationId,
        ReplyTarget target,
        OutboundContent content) {
      this(id, contactId, conversationId, target, content, Circumstances.PLAIN);
    }
  }

  /**
   * What a message is sent under.
   *
   * @param replyTo the customer's message that it quotes
   * @param replyContext what the channel gave with the customer's last message
   * @param subject for a message that begins something new
   */
  public record Circumstances(
      Optional<ExternalId> replyTo,
      Optional<String> replyContext,
      Optional<String> subject,
      OutboundMessage.Author author,
      OutboundMessage.Window window) {

    static final Circumstances PLAIN =
        new Circumstances(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OutboundMessage.Author.PERSON,
            OutboundMessage.Window.OPEN);
  }

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
    Optional<DeliveryFailure> held =
        health
            .hold(order.target().channel(), order.target().account())
            .map(AccountHealth.Hold::failure);
    if (held.isPresent()) {
      // The provider is not asked again and again what it has answered already.
      deliveries.refused(message, held.get());
      return held;
    }
    pace.take(order.target(), channel.capabilities())
        .ifPresent(
            wait -> {
              throw PassingFault.lookAgain("keeping the provider's pace", wait);
            });
    return attempt(order, message, channel);
  }

  /** What is shown of a message in the thread. */
  static String textOf(OutboundContent content) {
    return switch (content) {
      case OutboundContent.Text text -> text.body();
      case OutboundContent.Template template -> template.rendering();
      case OutboundContent.Media media ->
          media.files().stream().map(file -> "📎 " + file.fileName()).collect(joining("\n"))
              + media.caption().map(caption -> "\n" + caption).orElse("");
      case OutboundContent.Choices choices ->
          choices.body()
              + choices.choices().stream()
                  .map(choice -> "\n▸ " + choice.title())
                  .collect(joining());
      case OutboundContent.Reaction reaction -> reaction.emoji().orElse("∅");
    };
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
            textOf(order.content()),
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
                order.circumstances().replyTo(),
                order.circumstances().replyContext(),
                order.circumstances().subject(),
                order.circumstances().author(),
                order.circumstances().window()));
    return switch (result) {
      case SendResult.Accepted accepted -> {
        deliveries.sent(marked, accepted.externalId());
        metrics.counter("hilo.sends", "outcome", "accepted").increment();
        health.sent(order.target().channel(), order.target().account());
        yield Optional.empty();
      }
      case SendResult.Rejected rejected -> {
        deliveries.refused(marked, rejected.failure());
        metrics.counter("hilo.sends", "outcome", "rejected").increment();
        react(order, marked, rejected.failure(), Duration.ZERO);
        yield Optional.of(rejected.failure());
      }
      case SendResult.RetryLater later -> {
        threads
            .changeMessage(marked.id(), m -> m.attemptFailed(clock.instant()))
            .ifPresent(m -> changes.publishEvent(new MessageChanged(m)));
        metrics.counter("hilo.sends", "outcome", "retried").increment();
        react(order, marked, later.failure(), later.after());
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

  /** What an error means for other messages than this one. */
  private void react(Order order, MessageRecord message, DeliveryFailure failure, Duration after) {
    ReplyTarget to = order.target();
    switch (failure.error().reaction()) {
      case BACK_OFF_ACCOUNT -> pace.pauseAccount(to, after);
      case BACK_OFF_RECIPIENT ->
          pace.pauseRecipient(to, after.multipliedBy(1L << Math.min(message.attempts() - 1, 6)));
      case REAUTHENTICATE, STOP_ACCOUNT -> health.stop(to.channel(), to.account(), failure);
      case RECORD_OPT_OUT ->
          changes.publishEvent(new RecipientOptedOut(order.contactId(), to, failure));
      case RETRY, USE_TEMPLATE, CHANGE_CONTENT, OTHER_CHANNEL, PAUSE_CAMPAIGNS, ASK_AGENT -> {
        // Concerns this message only, or is the agent's to decide.
      }
    }
    if (!failure.error().retryable()) {
      health.failed(to.channel(), to.account(), failure);
    }
  }

  private static DeliveryFailure failureOf(MessageRecord message) {
    return message.failure().orElseGet(() -> new DeliveryFailure(DeliveryError.UNKNOWN, "", ""));
  }
}
