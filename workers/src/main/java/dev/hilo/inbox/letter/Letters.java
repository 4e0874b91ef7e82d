package dev.hilo.inbox.letter;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities.Ability;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.reply.Outbox;
import dev.hilo.inbox.reply.ReplyTarget;
import dev.hilo.inbox.visitor.VisitorMail;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends visitors' letters from a mailbox: one of the same queue as the widget if there is one, so
 * that an answer to the letter reaches the same people.
 */
@Component
class Letters implements VisitorMail {

  private static final Logger LOG = LoggerFactory.getLogger(Letters.class);

  private final Channels channels;
  private final Outbox outbox;

  Letters(Channels channels, Outbox outbox) {
    this.channels = channels;
    this.outbox = outbox;
  }

  @Override
  public boolean available(ChannelType channel, AccountId account) {
    return mailbox(channel, account).isPresent();
  }

  @Override
  public void send(Letter letter) {
    Account mailbox =
        mailbox(letter.channel(), letter.account())
            .orElseThrow(() -> new IllegalStateException("no mailbox is connected"));
    OutboundContent content =
        letter.files().isEmpty()
            ? new OutboundContent.Text(letter.text())
            : new OutboundContent.Media(letter.files(), Optional.of(letter.text()));
    Optional<DeliveryFailure> failure =
        outbox.send(
            new Outbox.Order(
                new OutboundId(letter.id()),
                letter.contactId(),
                letter.conversationId().orElse(letter.contactId()),
                new ReplyTarget(mailbox.channel(), mailbox.id(), letter.to()),
                content,
                new Outbox.Circumstances(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(letter.subject()),
                    OutboundMessage.Author.MACHINE,
                    OutboundMessage.Window.OPEN)));
    // A refusal is final and stands in the thread: the same letter again would change nothing.
    failure.ifPresent(why -> LOG.warn("the letter {} was refused: {}", letter.id(), why.error()));
  }

  private Optional<Account> mailbox(ChannelType channel, AccountId account) {
    Optional<String> queue = channels.account(channel, account).map(Account::queue);
    return channels.accounts().stream()
        .filter(
            candidate ->
                channels
                    .channel(candidate.channel())
                    .filter(c -> c.capabilities().abilities().contains(Ability.SUBJECTS))
                    .isPresent())
        .min(
            java.util.Comparator.comparing(
                candidate -> !queue.equals(Optional.of(candidate.queue()))));
  }
}
