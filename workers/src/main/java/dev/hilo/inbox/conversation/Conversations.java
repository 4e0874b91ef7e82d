package dev.hilo.inbox.conversation;

import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The facts of all conversations. */
@Component
public class Conversations {

  private final Documents<ConversationRecord> conversations;
  private final Clock clock;

  public Conversations(Store store, Clock clock) {
    this.conversations = store.documents(Indexes.CONVERSATIONS, ConversationRecord.class);
    this.clock = clock;
  }

  void opened(String id, String contactId, String queue, String channel) {
    conversations.create(
        id,
        new ConversationRecord(
            id,
            contactId,
            queue,
            channel,
            clock.instant(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /** The queue of a conversation, if it is known. */
  public Optional<String> queueOf(String id) {
    return conversations.get(id).map(ConversationRecord::queue);
  }

  /** Whose conversation it is, if it is known. */
  public Optional<String> contactOf(String id) {
    return conversations.get(id).map(ConversationRecord::contactId);
  }

  /** Notes in whose conversation this one goes on. */
  void transferred(String id, String contact) {
    closed(id, "transferred", Optional.empty());
    conversations.change(
        id,
        conversation ->
            conversation == null || conversation.continuedBy().isPresent()
                ? conversation
                : conversation.continued(contact));
  }

  void closed(String id, String resolution, Optional<String> agent) {
    conversations.change(
        id,
        conversation ->
            conversation == null || conversation.closedAt().isPresent()
                ? conversation
                : conversation.closed(clock.instant(), resolution, agent));
  }
}
