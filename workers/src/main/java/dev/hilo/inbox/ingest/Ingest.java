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
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.Origin;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.ProofCodes;
import dev.hilo.inbox.engine.Engine;
import dev.hilo.inbox.reply.DeliveryUpdates;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.thread.MessageChanged;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
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
  private final ProofCodes proofs;
  private final Threads threads;
  private final Engine engine;
  private final DeliveryUpdates deliveries;
  private final Documents<EventRecord> events;
  private final Documents<AuditRecord> audit;
  private final ApplicationEventPublisher changes;
  private final Clock clock;

  /**
   * An event that is kept and belongs to no thread.
   *
   * @param kind what happened
   */
  record EventRecord(
      String kind, String channel, String account, Instant occurredAt, ChannelEvent event) {}

  /**
   * Something that was done to a contact, kept for ever.
   *
   * @param action what was done
   * @param actor who or what did it
   * @param subject the contact that stands
   * @param merged the contact that was merged into it, if any
   */
  record AuditRecord(
      String action, String actor, String subject, Optional<String> merged, Instant at) {}

  Ingest(
      Channels channels,
      Contacts contacts,
      ProofCodes proofs,
      Threads threads,
      Engine engine,
      DeliveryUpdates deliveries,
      Store store,
      ApplicationEventPublisher changes,
      Clock clock) {
    this.channels = channels;
    this.contacts = contacts;
    this.proofs = proofs;
    this.threads = threads;
    this.engine = engine;
    this.deliveries = deliveries;
    this.events = store.documents(Indexes.EVENTS, EventRecord.class);
    this.audit = store.documents(Indexes.AUDIT, AuditRecord.class);
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
        if (message.header().sender().address().kind() != ContactAddress.Kind.VISITOR) {
          proofIn(message);
        }
        add(
            message.header(),
            receivedAt,
            message.content(),
            Optional.of(message.externalId()),
            message.replyTo(),
            message.origin(),
            true);
      }
      // The thread shows that it happened; what was written before is not rewritten.
      case MessageEdited edited ->
          add(
              edited.header(),
              receivedAt,
              new Content.Text("✎ " + MessageText.of(edited.content())),
              Optional.empty(),
              Optional.of(edited.edited()),
              Optional.empty(),
              true);
      case MessageDeleted deleted ->
          add(
              deleted.header(),
              receivedAt,
              new Content.Unsupported("deleted", Optional.empty()),
              Optional.empty(),
              Optional.of(deleted.deleted()),
              Optional.empty(),
              false);
      case ReactionChanged reaction ->
          add(
              reaction.header(),
              receivedAt,
              new Content.Text(reaction.emoji().orElse("∅")),
              Optional.empty(),
              Optional.of(reaction.message()),
              Optional.empty(),
              false);
      case DeliveryUpdated delivery -> deliveries.take(delivery);
      case TypingStarted typing -> {
        // Shown nowhere yet, and worth nothing a second later.
      }
      case ConsentChanged consent -> keep("consent-changed", consent);
      case MessageSentElsewhere elsewhere -> keep("sent-elsewhere", elsewhere);
      case DeliveredThrough through -> keep("delivered-through", through);
      case AddressChanged changed -> keep("address-changed", changed);
      case ControlChanged control -> keep("control-changed", control);
      case ReferralReceived referral -> keep("referral-received", referral);
      case AccountHealthChanged health -> keep("account-health", health);
    }
  }

  private void add(
      EventHeader header,
      Instant receivedAt,
      Content content,
      Optional<ExternalId> externalId,
      Optional<ExternalId> replyTo,
      Optional<Origin> origin,
      boolean news) {
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
    Contact contact = contacts.resolve(header.sender(), account);
    MessageRecord message =
        new MessageRecord(
            header.id().value(),
            contact.id(),
            Optional.empty(),
            header.channel(),
            header.account(),
            header.sender().address(),
            Direction.IN,
            MessageText.of(content),
            Optional.of(content),
            Optional.empty(),
            origin,
            header.sender().displayName(),
            externalId,
            replyTo,
            believable(header.occurredAt(), receivedAt),
            receivedAt,
            header.position(),
            clock.instant(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            0,
            Optional.empty());
    String owner = threads.add(message, news);
    changes.publishEvent(new MessageChanged(message));
    if (news) {
      engine.customerMessage(owner, message.id());
    }
  }

  /** A one-time code proves that a visitor and the sender of the code are one person. */
  private void proofIn(MessageReceived message) {
    if (!(message.content() instanceof Content.Text text)) {
      return;
    }
    ContactAddress sender = message.header().sender().address();
    proofs
        .redeem(text.body(), message.header().id().value())
        .ifPresent(
            visitor -> {
              Contacts.Joined joined = contacts.join(visitor, sender);
              joined
                  .merged()
                  .ifPresent(
                      loser -> {
                        String winner = joined.contact().id();
                        boolean news = threads.merge(loser, winner);
                        engine.contactMerged(loser, winner);
                        if (news) {
                          engine.customerMessage(winner, "merged:" + loser + ">" + winner);
                        }
                      });
              audit.create(
                  message.header().id().value(),
                  new AuditRecord(
                      joined.joined() ? "contact-joined" : "contact-join-refused",
                      "one-time code",
                      joined.contact().id(),
                      joined.merged(),
                      clock.instant()));
              if (joined.joined()) {
                changes.publishEvent(new VisitorProven(visitor, message.header().channel()));
              }
            });
  }

  private void keep(String kind, ChannelEvent event) {
    EventHeader header = event.header();
    events.create(
        header.id().value(),
        new EventRecord(
            kind, header.channel().value(), header.account().value(), header.occurredAt(), event));
  }

  /** The provider's time, unless it is absurd. */
  private static Instant believable(Instant occurredAt, Instant receivedAt) {
    boolean absurd =
        occurredAt.isAfter(receivedAt.plus(CLOCK_TOLERANCE))
            || occurredAt.isBefore(receivedAt.minus(OLDEST_MESSAGE));
    return absurd ? receivedAt : occurredAt;
  }
}
