package dev.hilo.inbox.visitor;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryState;
import dev.hilo.inbox.reply.AnswerBegun;
import dev.hilo.inbox.thread.MessageChanged;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Delivery;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Shows visitors that they are read, and that somebody is writing. */
@Component
public class VisitorAttention {

  private static final Duration OLDEST = Duration.ofDays(7);
  private static final int MOST = 200;

  private final Threads threads;
  private final VisitorStreams streams;
  private final ApplicationEventPublisher changes;
  private final Clock clock;

  VisitorAttention(
      Threads threads, VisitorStreams streams, ApplicationEventPublisher changes, Clock clock) {
    this.threads = threads;
    this.streams = streams;
    this.changes = changes;
    this.clock = clock;
  }

  /** For some six seconds; seen by the visitors whose connection is to this node. */
  public void showTyping(ContactAddress visitor) {
    streams.showTyping(visitor);
  }

  /** Whoever is answered has been read. */
  @EventListener
  void answered(AnswerBegun event) {
    if (event.to().address().kind() == ContactAddress.Kind.VISITOR) {
      markRead(event.to().address(), event.readThrough());
    }
  }

  /** Marks what a visitor wrote, up to a time, as read; may be repeated. */
  public void markRead(ContactAddress visitor, Instant through) {
    Instant now = clock.instant();
    for (MessageRecord message : threads.latestChanges(visitor.key(), now.minus(OLDEST), MOST)) {
      if (message.address().equals(visitor)
          && message.direction() == Direction.IN
          && !message.receivedAt().isAfter(through)
          && !message.state().equals(Optional.of(DeliveryState.READ))) {
        threads
            .changeMessage(
                message.id(),
                m ->
                    m.delivered(
                        new Delivery(DeliveryState.READ, now, Optional.empty()),
                        Optional.empty(),
                        now))
            .ifPresent(m -> changes.publishEvent(new MessageChanged(m)));
      }
    }
  }
}
