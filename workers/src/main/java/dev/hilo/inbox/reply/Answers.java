package dev.hilo.inbox.reply;

import dev.hilo.channel.AttentiveChannel;
import dev.hilo.channel.Channel;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.Envelope;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.inbox.agent.AgentWords;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.Threads;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Sends an agent's answer: chooses where it goes, checks the reply window, and sends its messages
 * one after the other. May be repeated: every message has an id derived from the answer's.
 */
@Component
public class Answers {

  /** How far back the message is looked for that is answered. */
  private static final int MESSAGES = 60;

  private final Threads threads;
  private final Contacts contacts;
  private final Channels channels;
  private final ReplyWindow window;
  private final Composition composition;
  private final DraftFiles files;
  private final Outbox outbox;
  private final ApplicationEventPublisher changes;

  Answers(
      Threads threads,
      Contacts contacts,
      Channels channels,
      ReplyWindow window,
      Composition composition,
      DraftFiles files,
      Outbox outbox,
      ApplicationEventPublisher changes) {
    this.threads = threads;
    this.contacts = contacts;
    this.channels = channels;
    this.window = window;
    this.composition = composition;
    this.files = files;
    this.outbox = outbox;
    this.changes = changes;
  }

  /**
   * An answer to send.
   *
   * @param id the same on every retry
   * @param replyTo where the agent wants it to go; empty: where the customer wrote last
   * @param seenThrough the newest message that the agent had seen
   */
  public record Order(
      String id,
      String contactId,
      String conversationId,
      Answer answer,
      Optional<ReplyTarget> replyTo,
      Optional<Long> seenThrough,
      Locale agentLanguage) {}

  /** What came of it. */
  public sealed interface Sent {
    /** The provider has all of it. */
    record Done() implements Sent {}

    /** Nothing was sent, because the customer wrote meanwhile. */
    record CustomerWrote(String notice) implements Sent {}

    /**
     * It was refused.
     *
     * @param notice one sentence for the agent
     * @param unsent what of the text has not been sent
     */
    record Refused(String notice, String unsent) implements Sent {}
  }

  /** Sends, or goes on where an earlier attempt ended. */
  public Sent send(Order order) {
    AgentWords words = new AgentWords(order.agentLanguage());
    Contact contact = contacts.root(order.contactId());
    CustomerThread thread = threads.thread(contact.id());
    boolean begun = threads.message(partId(order.id(), 0).value()).isPresent();
    if (!begun && order.seenThrough().filter(seen -> thread.lastNews() > seen).isPresent()) {
      return new Sent.CustomerWrote(words.customerWroteMeanwhile());
    }
    String text = order.answer().text();
    Optional<CustomerThread.Reachable> target =
        order
            .replyTo()
            .flatMap(t -> thread.reachable(t.channel(), t.account(), t.address()))
            .or(thread::lastReachable);
    if (target.isEmpty()) {
      return refused(DeliveryError.RECIPIENT_UNREACHABLE, order, text);
    }
    Channel channel = channels.channel(target.get().channel()).orElseThrow();
    Optional<MessageRecord> last = last(thread, target.get());
    List<OutboundContent> messages =
        composition.compose(
            withFiles(order),
            channel,
            target.get().account(),
            contact.displayName(),
            last.flatMap(MessageRecord::externalId));
    last.ifPresent(
        message ->
            changes.publishEvent(
                new AnswerBegun(ReplyTarget.of(target.get()), message.receivedAt())));
    if (messages.isEmpty()) {
      return new Sent.Refused(words.nothingToSend(), text);
    }
    OutboundMessage.Window now = window.at(channel.capabilities(), target.get().lastInboundAt());
    boolean free = messages.stream().noneMatch(OutboundContent.Template.class::isInstance);
    if (!begun && free && now == OutboundMessage.Window.CLOSED) {
      return refused(DeliveryError.OUTSIDE_REPLY_WINDOW, order, text);
    }
    if (!begun) {
      last.flatMap(MessageRecord::externalId).ifPresent(id -> showRead(channel, target.get(), id));
    }
    Outbox.Circumstances circumstances =
        new Outbox.Circumstances(
            Optional.empty(),
            last.flatMap(MessageRecord::envelope).flatMap(Envelope::replyContext),
            Optional.empty(),
            OutboundMessage.Author.PERSON,
            now);
    for (int part = 0; part < messages.size(); part++) {
      Optional<DeliveryFailure> failure =
          outbox.send(
              new Outbox.Order(
                  partId(order.id(), part),
                  contact.id(),
                  order.conversationId(),
                  ReplyTarget.of(target.get()),
                  messages.get(part),
                  circumstances));
      if (failure.isPresent()) {
        return refused(
            failure.get().error(),
            order,
            part == 0 ? text : unsent(messages.subList(part, messages.size())));
      }
    }
    files.sent(order.conversationId(), order.id(), contact.id());
    return new Sent.Done();
  }

  private Answer withFiles(Order order) {
    Answer given = order.answer();
    return new Answer(
        given.text(),
        given.template(),
        given.choices(),
        given.reaction(),
        DraftFiles.outbound(files.of(order.conversationId(), Optional.of(order.id()))));
  }

  /** The first message has the answer's own id, as it had before answers could be several. */
  private static OutboundId partId(String id, int part) {
    return new OutboundId(part == 0 ? id : id + "-" + (part + 1));
  }

  private static Sent refused(DeliveryError error, Order order, String unsent) {
    return new Sent.Refused(error.sentence(order.agentLanguage()), unsent);
  }

  private static String unsent(List<OutboundContent> messages) {
    return messages.stream()
        .map(Outbox::textOf)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  private Optional<MessageRecord> last(CustomerThread thread, CustomerThread.Reachable target) {
    return threads.newest(thread, MESSAGES).reversed().stream()
        .filter(message -> message.direction() == Direction.IN)
        .filter(message -> message.channel().equals(target.channel()))
        .filter(message -> message.account().equals(target.account()))
        .filter(message -> message.address().equals(target.address()))
        .filter(message -> message.externalId().isPresent())
        .findFirst();
  }

  /** Whoever is answered has been read; a courtesy, so it neither delays nor fails the answer. */
  private static void showRead(Channel channel, CustomerThread.Reachable target, ExternalId last) {
    if (channel instanceof AttentiveChannel attentive) {
      Thread.ofVirtual()
          .name("read-mark")
          .start(() -> attentive.markRead(target.account(), target.address(), last));
    }
  }
}
