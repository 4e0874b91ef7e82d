package dev.hilo.inbox.reply;

import dev.hilo.channel.ChannelEvent.MessageSentElsewhere;
import dev.hilo.channel.DeliveryState;
import dev.hilo.inbox.thread.MessageChanged;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What the business wrote to a customer with another app: part of the thread, and no news. */
@Component
public class SentElsewhere {

  private final Threads threads;
  private final ExternalIds externalIds;
  private final ApplicationEventPublisher changes;
  private final Clock clock;

  public SentElsewhere(
      Threads threads, ExternalIds externalIds, ApplicationEventPublisher changes, Clock clock) {
    this.threads = threads;
    this.externalIds = externalIds;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Takes one message in, unless Hilo sent it itself; may be repeated.
   *
   * @param text what is shown of it
   */
  public void take(MessageSentElsewhere event, String contactId, String text, Instant receivedAt) {
    var header = event.header();
    Optional<String> known =
        externalIds.messageId(header.channel(), header.account(), event.externalId());
    if (known.filter(id -> !id.equals(header.id().value())).isPresent()) {
      return;
    }
    MessageRecord message =
        new MessageRecord(
            header.id().value(),
            contactId,
            Optional.empty(),
            header.channel(),
            header.account(),
            header.sender().address(),
            Direction.OUT,
            text,
            Optional.of(event.content()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(event.externalId()),
            Optional.empty(),
            header.occurredAt(),
            receivedAt,
            header.position(),
            clock.instant(),
            event.app(),
            Optional.of(DeliveryState.SENT),
            List.of(
                new MessageRecord.Delivery(
                    DeliveryState.SENT, header.occurredAt(), Optional.empty())),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    threads.add(message, false);
    externalIds.put(header.channel(), header.account(), event.externalId(), message.id());
    changes.publishEvent(new MessageChanged(message));
  }
}
