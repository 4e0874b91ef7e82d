package dev.hilo.inbox.conversation;

import java.time.Instant;
import java.util.Optional;

/**
 * The facts of a conversation, for reports.
 *
 * @param resolution {@code resolved}, {@code inactive} or {@code transferred}
 * @param continuedBy the contact in whose conversation a transferred one goes on
 */
record ConversationRecord(
    String id,
    String contactId,
    String queue,
    String channel,
    Instant openedAt,
    Optional<Instant> closedAt,
    Optional<String> resolution,
    Optional<String> agent,
    Optional<String> continuedBy) {

  ConversationRecord closed(Instant at, String how, Optional<String> by) {
    return new ConversationRecord(
        id,
        contactId,
        queue,
        channel,
        openedAt,
        Optional.of(at),
        Optional.of(how),
        by,
        continuedBy);
  }

  ConversationRecord continued(String contact) {
    return new ConversationRecord(
        id, contactId, queue, channel, openedAt, closedAt, resolution, agent, Optional.of(contact));
  }
}
