package dev.hilo.inbox.conversation;

import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.media.Attachment;
import dev.hilo.inbox.media.MediaRights;
import dev.hilo.inbox.people.Rights;
import dev.hilo.inbox.queue.Queues;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.Threads;
import java.security.Principal;
import org.springframework.stereotype.Component;

/** People may read the files of the conversations whose queue is theirs. */
@Component
class ConversationFiles implements MediaRights {

  private final Conversations conversations;
  private final Threads threads;
  private final Channels channels;
  private final Queues queues;
  private final Rights rights;

  ConversationFiles(
      Conversations conversations,
      Threads threads,
      Channels channels,
      Queues queues,
      Rights rights) {
    this.conversations = conversations;
    this.threads = threads;
    this.channels = channels;
    this.queues = queues;
    this.rights = rights;
  }

  @Override
  public boolean mayRead(Principal reader, Attachment attachment) {
    return rights.maySee(reader, queueOf(attachment));
  }

  /** The queue of the file's conversation; before there is one, of the account it came to. */
  private String queueOf(Attachment attachment) {
    return attachment
        .conversationId()
        .or(
            () ->
                attachment
                    .contactId()
                    .flatMap(contact -> threads.thread(contact).conversation())
                    .map(CustomerThread.Conversation::id))
        .flatMap(conversations::queueOf)
        .or(
            () ->
                channels
                    .account(attachment.channel(), attachment.account())
                    .map(Account::queue)
                    .map(queue -> queues.get(queue).id()))
        .orElse("");
  }
}
