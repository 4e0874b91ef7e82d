package dev.hilo.inbox.conversation;

import dev.hilo.inbox.media.Attachment;
import dev.hilo.inbox.media.MediaRights;
import java.security.Principal;
import org.springframework.stereotype.Component;

/** People may read the files of the conversations whose queue is theirs. */
@Component
class ConversationFiles implements MediaRights {

  private final ConversationRights rights;

  ConversationFiles(ConversationRights rights) {
    this.rights = rights;
  }

  @Override
  public boolean mayRead(Principal reader, Attachment attachment) {
    return rights.maySee(
        reader,
        attachment.conversationId(),
        attachment.contactId(),
        attachment.channel(),
        attachment.account());
  }
}
