package dev.hilo.inbox.ingest;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Envelope;
import dev.hilo.channel.EventHeader;
import dev.hilo.inbox.reply.ExternalIds;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.Threads;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Whose messages a new message continues. What a message says of itself can be written by anybody,
 * so it is checked against who writes.
 */
@Component
class Referenced {

  /** How far back it is looked who took part. */
  private static final int MESSAGES = 100;

  private final ExternalIds externalIds;
  private final Threads threads;

  Referenced(ExternalIds externalIds, Threads threads) {
    this.externalIds = externalIds;
    this.threads = threads;
  }

  /** The nearest of our messages that it says it continues. */
  Optional<MessageRecord> find(EventHeader header, Envelope envelope) {
    return externalIds
        .messageIds(header.channel(), header.account(), envelope.references())
        .stream()
        .flatMap(id -> threads.message(id).stream())
        .findFirst();
  }

  /** Whether the sender is one of those whom the other contact wrote to, or who wrote there. */
  boolean tookPart(EventHeader header, String contactId, MessageRecord answered) {
    ContactAddress sender = header.sender().address();
    return threads.newest(threads.thread(contactId), MESSAGES).stream()
        .filter(message -> message.direction() == Direction.IN)
        .filter(message -> message.channel().equals(answered.channel()))
        .filter(message -> message.account().equals(answered.account()))
        .flatMap(
            message ->
                Stream.concat(
                    Stream.of(message.address()),
                    message.envelope().map(Envelope::alsoTo).stream()
                        .flatMap(java.util.List::stream)))
        .anyMatch(sender::equals);
  }
}
