package dev.hilo.inbox.reply;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ExternalId;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which outbound message a provider's id means: one read by id. */
@Component
public class ExternalIds {

  private final Documents<Reference> references;

  /** Leads from a provider's id to our message. */
  record Reference(String messageId) {}

  public ExternalIds(Store store) {
    this.references = store.documents(Indexes.EXTERNAL_IDS, Reference.class);
  }

  void put(ChannelType channel, AccountId account, ExternalId id, String messageId) {
    references.create(key(channel, account, id), new Reference(messageId));
  }

  /** Our message of this id of the provider's, if we know it. */
  public Optional<String> messageId(ChannelType channel, AccountId account, ExternalId id) {
    return references.get(key(channel, account, id)).map(Reference::messageId);
  }

  /** Our messages of some ids of the provider's, of those that we know, in their order. */
  public List<String> messageIds(ChannelType channel, AccountId account, List<ExternalId> ids) {
    return references.getAll(ids.stream().map(id -> key(channel, account, id)).toList()).stream()
        .map(Reference::messageId)
        .toList();
  }

  static String key(ChannelType channel, AccountId account, ExternalId id) {
    return EventId.derive(channel, account, "external-id", id.value()).value();
  }
}
