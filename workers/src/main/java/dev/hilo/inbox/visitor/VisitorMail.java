package dev.hilo.inbox.visitor;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.OutboundContent;
import java.util.List;
import java.util.Optional;

/**
 * How visitors get mail: through a connected channel whose messages have subjects. Without one,
 * nothing that needs it is offered.
 */
public interface VisitorMail {

  /** Whether visitors of this account can be sent mail. */
  boolean available(ChannelType channel, AccountId account);

  /**
   * Sends a letter once, however often the same one is given.
   *
   * @throws RuntimeException if it cannot be taken now; the same letter may be given again
   */
  void send(Letter letter);

  /**
   * A letter to a visitor.
   *
   * @param id the same for the same letter
   * @param channel the channel that the visitor wrote on
   * @param account the account that the visitor wrote to
   * @param visitor the visitor's address there
   * @param contactId whose thread it belongs to
   * @param conversationId the conversation of the answers in it
   * @param to the visitor's own email address
   * @param language BCP 47 tag
   * @param files that go with it
   */
  record Letter(
      String id,
      ChannelType channel,
      AccountId account,
      ContactAddress visitor,
      String contactId,
      Optional<String> conversationId,
      ContactAddress to,
      String subject,
      String text,
      String language,
      List<OutboundContent.File> files) {
    public Letter {
      files = List.copyOf(files);
    }

    /** Never prints the text. */
    @Override
    public String toString() {
      return "Letter[id=" + id + ", to=" + to + "]";
    }
  }
}
