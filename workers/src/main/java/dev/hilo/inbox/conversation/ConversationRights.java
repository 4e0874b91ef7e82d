package dev.hilo.inbox.conversation;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.people.Rights;
import dev.hilo.inbox.queue.Queues;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.Threads;
import java.security.Principal;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** People may see what belongs to the conversations whose queue is theirs. */
@Component
public class ConversationRights {

  private final Conversations conversations;
  private final Contacts contacts;
  private final Threads threads;
  private final Channels channels;
  private final Queues queues;
  private final Rights rights;

  public ConversationRights(
      Conversations conversations,
      Contacts contacts,
      Threads threads,
      Channels channels,
      Queues queues,
      Rights rights) {
    this.conversations = conversations;
    this.contacts = contacts;
    this.threads = threads;
    this.channels = channels;
    this.queues = queues;
    this.rights = rights;
  }

  /** Whether a person may see a message. */
  public boolean maySee(Principal person, MessageRecord message) {
    return maySee(
        person,
        message.conversationId(),
        Optional.of(message.contactId()),
        message.channel(),
        message.account());
  }

  /**
   * Whether a person may see something of a conversation; before there is one, of the account it
   * came to.
   */
  boolean maySee(
      Principal person,
      Optional<String> conversation,
      Optional<String> contact,
      ChannelType channel,
      AccountId account) {
    String queue =
        conversation
            .or(() -> contact.flatMap(this::conversationOf))
            .flatMap(conversations::queueOf)
            .or(
                () ->
                    channels
                        .account(channel, account)
                        .map(Account::queue)
                        .map(id -> queues.get(id).id()))
            .orElse("");
    return rights.maySee(person, queue);
  }

  private Optional<String> conversationOf(String contact) {
    return threads
        .thread(contacts.root(contact).id())
        .conversation()
        .map(CustomerThread.Conversation::id);
  }
}
