package dev.hilo.inbox.ingest;

import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged;
import dev.hilo.channel.ChannelEvent.AddressChanged;
import dev.hilo.channel.ChannelEvent.ConsentChanged;
import dev.hilo.channel.ChannelEvent.ControlChanged;
import dev.hilo.channel.ChannelEvent.DeliveredThrough;
import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.ChannelEvent.MessageDeleted;
import dev.hilo.channel.ChannelEvent.MessageEdited;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelEvent.MessageSentElsewhere;
import dev.hilo.channel.ChannelEvent.ReactionChanged;
import dev.hilo.channel.ChannelEvent.ReferralReceived;
import dev.hilo.channel.ChannelEvent.TypingStarted;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.Envelope.Mark;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.ExternalId;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.Proof;
import dev.hilo.inbox.engine.Engine;
import dev.hilo.inbox.health.AccountHealths;
import dev.hilo.inbox.media.Arrivals;
import dev.hilo.inbox.reply.DeliveryUpdates;
import dev.hilo.inbox.reply.SentElsewhere;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.thread.MessageChanged;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.NoteKind;
import dev.hilo.inbox.thread.Threads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Steps three to five of the path in: resolve the contact, store, publish. Whoever calls may
 * acknowledge the delivery when {@link #take} returns, and must not when it throws. Every step may
 * be repeated at any later time and then changes nothing.
 */
@Component
public class Ingest {

  /** A provider's clock further off than this is not believed. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  private static final Duration OLDEST_MESSAGE = Duration.ofDays(365);

  private final Channels channels;
  private final Contacts contacts;
  private final ContactJoins joins;
  private final Revisions revisions;
  private final Referenced referenced;
  private final SentElsewhere sentElsewhere;
  private final Arrivals arrivals;
  private final AccountHealths health;
  private final Threads threads;
  private final Engine engine;
  private final DeliveryUpdates deliveries;
  private final Documents<EventRecord> events;
  private final ApplicationEventPublisher changes;
  private final Clock clock;

  /**
   * An event that is kept and belongs to no thread.
   *
   * @param kind what happened
   */
  record EventRecord(
      String kind, String channel, String account, Instant occurredAt, ChannelEvent event) {}

  Ingest(
      Channels channels,
      Contacts contacts,
      ContactJoins joins,
      Revisions revisions,
      Referenced referenced,
      SentElsewhere sentElsewhere,
      Arrivals arrivals,
      AccountHealths health,
      Threads threads,
      Engine engine,
      DeliveryUpdates deliveries,
      Store store,
      ApplicationEventPublisher changes,
      Clock clock) {
    this.channels = channels;
    this.contacts = contacts;
    this.joins = joins;
    this.revisions = revisions;
    this.referenced = referenced;
    this.sentElsewhere = sentElsewhere;
    this.arrivals = arrivals;
    this.health = health;
    this.threads = threads;
    this.engine = engine;
    this.deliveries = deliveries;
    this.events = store.documents(Indexes.EVENTS, EventRecord.class);
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Takes the events of one delivery: those of one customer in their order, different customers
   * side by side.
   *
   * @throws RuntimeException if one of them could not be stored or published; the whole delivery
   *     may then come again
   */
  public void take(List<ChannelEvent> delivery, Instant receivedAt) {
    Map<ContactAddress, List<ChannelEvent>> bySender = new LinkedHashMap<>();
    for (ChannelEvent event : delivery) {
      bySender
          .computeIfAbsent(event.header().sender().address(), sender -> new ArrayList<>())
          .add(event);
    }
    if (bySender.size() <= 1) {
      delivery.forEach(event -> take(event, receivedAt));
      return;
    }
    try (ExecutorService sideBySide = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (List<ChannelEvent> ofOne : bySender.values()) {
        all.add(sideBySide.submit(() -> ofOne.forEach(event -> take(event, receivedAt))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while taking a delivery", e);
    }
  }

  private void take(ChannelEvent event, Instant receivedAt) {
    switch (event) {
      case MessageReceived message -> {
        if (message.vouchesForSender()
            && message.header().sender().address().kind() != ContactAddress.Kind.VISITOR
            && message.content() instanceof Content.Text text) {
          joins.redeemCode(text.body(), message.header());
        }
        received(message, receivedAt);
      }
      case MessageEdited edited -> {
        String contact = contact(edited.header()).id();
        if (revisions.take(edited, contact)) {
          note(edited.header(), contact, NoteKind.MESSAGE_EDITED, receivedAt, true);
        } else {
          // Not there (yet): what it says now is shown in a place of its own.
          String text = "✎ " + MessageText.of(edited.content());
          store(
              inbound(
                  edited.header(), contact, edited.content(), text, edited.edited(), receivedAt),
              true);
        }
      }
      case MessageDeleted deleted -> {
        String contact = contact(deleted.header()).id();
        if (revisions.take(deleted, contact)) {
          note(deleted.header(), contact, NoteKind.MESSAGE_DELETED, receivedAt, false);
        } else {
          Content nothing = new Content.Unsupported("deleted", Optional.empty());
          store(
              inbound(deleted.header(), contact, nothing, "", deleted.deleted(), receivedAt),
              false);
        }
      }
      case ReactionChanged reaction -> {
        String contact = contact(reaction.header()).id();
        if (!revisions.take(reaction, contact)) {
          String text = reaction.emoji().orElse("∅");
          store(
              inbound(
                  reaction.header(),
                  contact,
                  new Content.Text(text),
                  text,
                  reaction.message(),
                  receivedAt),
              false);
        }
      }
      case MessageSentElsewhere elsewhere ->
          sentElsewhere.take(
              elsewhere,
              contact(elsewhere.header()).id(),
              MessageText.of(elsewhere.content()),
              receivedAt);
      case DeliveryUpdated delivery -> deliveries.take(delivery);
      case DeliveredThrough through ->
          contacts
              .find(through.header().sender().address())
              .ifPresent(contact -> deliveries.take(through, contact.id()));
      case TypingStarted typing -> {
        // Shown nowhere yet, and worth nothing a second later.
      }
      case ConsentChanged consent -> keep("consent-changed", consent);
      case ReferralReceived referral -> keep("referral-received", referral);
      case AddressChanged changed -> {
        boolean joined = joins.addressChanged(changed);
        keep("address-changed", changed);
        if (joined) {
          note(
              changed.header(),
              contact(changed.header()).id(),
              NoteKind.ADDRESS_CHANGED,
              receivedAt,
              false);
        }
      }
      case ControlChanged control -> {
        keep("control-changed", control);
        note(
            control.header(),
            contact(control.header()).id(),
            control.ours() ? NoteKind.CONTROL_RETURNED : NoteKind.CONTROL_TAKEN,
            receivedAt,
            false);
      }
      case AccountHealthChanged health -> {
        keep("account-health", health);
        changes.publishEvent(health);
      }
    }
  }

  private void received(MessageReceived message, Instant receivedAt) {
    EventHeader header = message.header();
    Contact sender = contact(header, message.vouchesForSender() ? Proof.PROVEN : Proof.CLAIMED);
    Optional<MessageRecord> answered =
        message.envelope().flatMap(envelope -> referenced.find(header, envelope));
    Optional<String> other =
        answered
            .map(found -> contacts.root(found.contactId()).id())
            .filter(owner -> !owner.equals(sender.id()));
    boolean mayJoin =
        other.isPresent() && referenced.tookPart(header, other.get(), answered.orElseThrow());
    String contact = mayJoin ? other.get() : sender.id();
    boolean news = message.envelope().filter(known -> known.has(Mark.HANDLED_ELSEWHERE)).isEmpty();
    MessageRecord record =
        new MessageRecord(
            header.id().value(),
            contact,
            Optional.empty(),
            header.channel(),
            header.account(),
            header.sender().address(),
            Direction.IN,
            MessageText.of(message.content()),
            Optional.of(message.content()),
            Optional.empty(),
            message.origin(),
            header.sender().displayName(),
            Optional.of(message.externalId()),
            message.replyTo(),
            writtenAt(header, receivedAt, answered),
            receivedAt,
            header.position(),
            clock.instant(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            0,
            Optional.empty(),
            message.envelope(),
            Optional.empty());
    if (other.isPresent() && !mayJoin) {
      note(header, contact, NoteKind.ANSWERS_ANOTHERS_MESSAGE, receivedAt, false);
    }
    store(record, news);
    health.inbound(header.channel(), header.account(), receivedAt);
  }

  /** Something about a message that is not in the thread: shown in a place of its own. */
  private MessageRecord inbound(
      EventHeader header,
      String contact,
      Content content,
      String text,
      ExternalId about,
      Instant receivedAt) {
    return new MessageRecord(
        header.id().value(),
        contact,
        Optional.empty(),
        header.channel(),
        header.account(),
        header.sender().address(),
        Direction.IN,
        text,
        Optional.of(content),
        Optional.empty(),
        Optional.empty(),
        header.sender().displayName(),
        Optional.empty(),
        Optional.of(about),
        believable(header.occurredAt(), receivedAt),
        receivedAt,
        header.position(),
        clock.instant(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Contact contact(EventHeader header) {
    return contact(header, Proof.PROVEN);
  }

  private Contact contact(EventHeader header, Proof proof) {
    Account account =
        channels
            .account(header.channel(), header.account())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "channel "
                            + header.channel()
                            + " gave an event of account "
                            + header.account()
                            + ", which it was not given"));
    Contact contact = contacts.resolve(header.sender(), account, proof);
    if (proof == Proof.PROVEN) {
      joins.vouchedTogether(header);
    }
    return contact;
  }

  private void note(
      EventHeader header, String contact, NoteKind kind, Instant receivedAt, boolean news) {
    store(
        MessageRecord.note(
            header.id().value() + "-note",
            contact,
            header.channel(),
            header.account(),
            header.sender().address(),
            kind,
            believable(header.occurredAt(), receivedAt),
            receivedAt,
            clock.instant()),
        news);
  }

  private void store(MessageRecord record, boolean news) {
    String owner = threads.add(record, news);
    arrivals.expect(record);
    changes.publishEvent(new MessageChanged(record));
    if (news) {
      engine.customerMessage(owner, record.id());
    }
  }

  private void keep(String kind, ChannelEvent event) {
    EventHeader header = event.header();
    events.create(
        header.id().value(),
        new EventRecord(
            kind, header.channel().value(), header.account().value(), header.occurredAt(), event));
  }

  /** Not before what it answers: many clocks count whole seconds, and some are wrong. */
  private static Instant writtenAt(
      EventHeader header, Instant receivedAt, Optional<MessageRecord> answered) {
    Instant written = believable(header.occurredAt(), receivedAt);
    return answered
        .map(before -> before.occurredAt().plusMillis(1))
        .filter(written::isBefore)
        .filter(after -> !after.isAfter(receivedAt))
        .orElse(written);
  }

  /** The provider's time, unless it is absurd. */
  private static Instant believable(Instant occurredAt, Instant receivedAt) {
    boolean absurd =
        occurredAt.isAfter(receivedAt.plus(CLOCK_TOLERANCE))
            || occurredAt.isBefore(receivedAt.minus(OLDEST_MESSAGE));
    return absurd ? receivedAt : occurredAt;
  }
}
