package dev.hilo.inbox.reply;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent.DeliveredThrough;
import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundId;
import dev.hilo.inbox.engine.Engine;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.thread.MessageChanged;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.NoteKind;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What providers say of our messages. Events come in any order, more than once, and sometimes
 * before the answer to the send itself.
 */
@Component
public class DeliveryUpdates {

  /** How many of a thread's messages a watermark is applied to. */
  private static final int THROUGH_MESSAGES = 100;

  /** Our clock says when the provider took a message, the provider's what was read. */
  private static final Duration SKEW = Duration.ofSeconds(2);

  private final Threads threads;
  private final ExternalIds externalIds;
  private final Documents<EarlyDeliveries> early;
  private final Engine engine;
  private final ApplicationEventPublisher changes;
  private final Clock clock;

  /** Events of a message that we do not know by its provider's id yet. */
  record EarlyDeliveries(List<MessageRecord.Delivery> deliveries) {
    EarlyDeliveries with(MessageRecord.Delivery delivery) {
      if (deliveries.contains(delivery)) {
        return this;
      }
      List<MessageRecord.Delivery> all = new ArrayList<>(deliveries);
      all.add(delivery);
      return new EarlyDeliveries(List.copyOf(all));
    }
  }

  public DeliveryUpdates(
      Threads threads,
      ExternalIds externalIds,
      Store store,
      Engine engine,
      ApplicationEventPublisher changes,
      Clock clock) {
    this.threads = threads;
    this.externalIds = externalIds;
    this.early = store.documents(Indexes.EARLY_DELIVERIES, EarlyDeliveries.class);
    this.engine = engine;
    this.changes = changes;
    this.clock = clock;
  }

  /** Takes one event in; may be repeated. */
  public void take(DeliveryUpdated event) {
    ChannelType channel = event.header().channel();
    AccountId account = event.header().account();
    MessageRecord.Delivery delivery =
        new MessageRecord.Delivery(
            event.state(), event.header().occurredAt(), event.error(), event.charge());
    Optional<String> id =
        event
            .outboundId()
            .map(OutboundId::value)
            .filter(ours -> isOurs(ours, channel, account, event))
            .or(() -> externalIds.messageId(channel, account, event.externalId()));
    if (id.isPresent()) {
      // Otherwise it is about somebody else who got the message too, or pretends to have.
      if (isOurs(id.get(), channel, account, event)) {
        apply(id.get(), delivery, Optional.of(event.externalId()));
      }
      return;
    }
    early.change(
        ExternalIds.key(channel, account, event.externalId()),
        known -> (known == null ? new EarlyDeliveries(List.of()) : known).with(delivery));
    // The send may have ended between the look and the note; whoever comes second sees the other.
    externalIds
        .messageId(channel, account, event.externalId())
        .filter(late -> isOurs(late, channel, account, event))
        .ifPresent(late -> apply(late, delivery, Optional.of(event.externalId())));
  }

  /**
   * Takes in that everything up to a time has come this far; may be repeated. A message whose send
   * has not ended yet is left alone: its own event, or the next of these, tells of it.
   */
  public void take(DeliveredThrough event, String contactId) {
    MessageRecord.Delivery delivery =
        new MessageRecord.Delivery(event.state(), event.through(), Optional.empty());
    threads.newest(threads.thread(contactId), THROUGH_MESSAGES).stream()
        .filter(message -> message.direction() == Direction.OUT)
        .filter(message -> message.channel().equals(event.header().channel()))
        .filter(message -> message.account().equals(event.header().account()))
        .filter(message -> message.address().equals(event.header().sender().address()))
        .filter(message -> message.state().filter(s -> s.risesTo(event.state())).isPresent())
        .filter(message -> sentBy(message, event.through()))
        .forEach(message -> apply(message.id(), delivery, Optional.empty()));
  }

  private static boolean sentBy(MessageRecord message, Instant through) {
    return message.deliveries().stream()
        .anyMatch(
            known ->
                known.state() == DeliveryState.SENT && !known.at().isAfter(through.plus(SKEW)));
  }

  /** Whether a message of this id was sent by us from this account to this customer. */
  private boolean isOurs(String id, ChannelType channel, AccountId account, DeliveryUpdated event) {
    return threads
        .message(id)
        .filter(message -> message.direction() == Direction.OUT)
        .filter(message -> message.channel().equals(channel))
        .filter(message -> message.account().equals(account))
        .filter(
            message ->
                channelKnowsRecipient(event)
                    || message.address().equals(event.header().sender().address()))
        .isPresent();
  }

  /** A provider that signs its events may name the recipient by another id than we wrote to. */
  private static boolean channelKnowsRecipient(DeliveryUpdated event) {
    return switch (event.header().sender().address().kind()) {
      // A bounce may be of somebody who only got a copy.
      case VISITOR, EXTERNAL, EMAIL, DOCUMENT -> false;
      case PHONE, SOCIAL, BUSINESS_SCOPED -> true;
    };
  }

  /** Notes the provider's id of a message that was sent, with what came before the answer. */
  void sent(MessageRecord message, ExternalId externalId) {
    externalIds.put(message.channel(), message.account(), externalId, message.id());
    apply(
        message.id(),
        new MessageRecord.Delivery(DeliveryState.SENT, clock.instant(), Optional.empty()),
        Optional.of(externalId));
    early
        .get(ExternalIds.key(message.channel(), message.account(), externalId))
        .ifPresent(
            known ->
                known
                    .deliveries()
                    .forEach(delivery -> apply(message.id(), delivery, Optional.empty())));
  }

  /** Notes that the provider refused the message. */
  void refused(MessageRecord message, DeliveryFailure failure) {
    threads
        .changeMessage(
            message.id(),
            m ->
                m.delivered(
                    new MessageRecord.Delivery(
                        DeliveryState.FAILED, clock.instant(), Optional.of(failure)),
                    Optional.empty(),
                    clock.instant()))
        .ifPresent(m -> changes.publishEvent(new MessageChanged(m)));
  }

  private void apply(String id, MessageRecord.Delivery delivery, Optional<ExternalId> externalId) {
    Instant now = clock.instant();
    Optional<MessageRecord> after =
        threads.changeMessage(id, message -> message.delivered(delivery, externalId, now));
    after.ifPresent(message -> changes.publishEvent(new MessageChanged(message)));
    if (delivery.state() == DeliveryState.FAILED) {
      after
          .filter(message -> message.state().equals(Optional.of(DeliveryState.FAILED)))
          .ifPresent(this::tellAgent);
    }
  }

  /** A message that was accepted and failed later is news: somebody must see that it is missing. */
  private void tellAgent(MessageRecord failed) {
    DeliveryFailure failure =
        failed.failure().orElseGet(() -> new DeliveryFailure(DeliveryError.UNKNOWN, "", ""));
    Instant at = failed.deliveries().getLast().at();
    MessageRecord note =
        new MessageRecord(
            failed.id() + "-failed",
            failed.contactId(),
            failed.conversationId(),
            failed.channel(),
            failed.account(),
            failed.address(),
            Direction.NOTE,
            NoteKind.ANSWER_DID_NOT_ARRIVE.name(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            failed.externalId(),
            at,
            clock.instant(),
            0,
            clock.instant(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            0,
            Optional.of(failure),
            Optional.empty(),
            Optional.empty());
    String owner = threads.add(note, true);
    engine.customerMessage(owner, note.id());
  }
}
