package dev.hilo.inbox.ingest;

import dev.hilo.channel.ChannelEvent.MessageDeleted;
import dev.hilo.channel.ChannelEvent.MessageEdited;
import dev.hilo.channel.ChannelEvent.ReactionChanged;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.ExternalId;
import dev.hilo.inbox.media.Arrivals;
import dev.hilo.inbox.thread.MessageChanged;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What customers do to messages that are in the thread already. May be repeated. */
@Component
class Revisions {

  private final Threads threads;
  private final Arrivals arrivals;
  private final ApplicationEventPublisher changes;
  private final Clock clock;

  Revisions(Threads threads, Arrivals arrivals, ApplicationEventPublisher changes, Clock clock) {
    this.threads = threads;
    this.arrivals = arrivals;
    this.changes = changes;
    this.clock = clock;
  }

  /** Whether the message is there, and now says what the customer changed it to. */
  boolean take(MessageEdited event, String contactId) {
    EventHeader header = event.header();
    return change(
        contactId,
        header,
        event.edited(),
        message ->
            message.edited(
                header.id().value(),
                MessageText.of(event.content()),
                event.content(),
                header.occurredAt(),
                clock.instant()));
  }

  /** Whether the message is there, and now says nothing any more. */
  boolean take(MessageDeleted event, String contactId) {
    EventHeader header = event.header();
    threads
        .byExternalId(
            threads.thread(contactId), header.channel(), header.account(), event.deleted())
        .ifPresent(arrivals::forget);
    return change(
        contactId,
        header,
        event.deleted(),
        message -> message.deleted(header.occurredAt(), clock.instant()));
  }

  /** Whether the message is there, and now has the reaction. */
  boolean take(ReactionChanged event, String contactId) {
    return change(
        contactId,
        event.header(),
        event.message(),
        message ->
            message.reacted(
                Direction.IN, event.emoji(), event.header().occurredAt(), clock.instant()));
  }

  private boolean change(
      String contactId,
      EventHeader header,
      ExternalId externalId,
      UnaryOperator<MessageRecord> change) {
    Optional<MessageRecord> changed =
        threads
            .byExternalId(threads.thread(contactId), header.channel(), header.account(), externalId)
            .flatMap(message -> threads.changeMessage(message.id(), change));
    changed.ifPresent(message -> changes.publishEvent(new MessageChanged(message)));
    return changed.isPresent();
  }
}
