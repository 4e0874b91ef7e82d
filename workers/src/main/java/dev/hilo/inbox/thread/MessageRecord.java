package dev.hilo.inbox.thread;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.Charge;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.Envelope;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.Origin;
import dev.hilo.channel.OutboundContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One message of a thread, in or out, or a note that Hilo made.
 *
 * @param id the event's id, the outbound id, or a derived note id: unique for ever
 * @param contactId the contact by itself whose address it came from or went to; no merge changes it
 * @param address the customer's side
 * @param text what is shown and searched
 * @param content the inbound content, whole
 * @param outbound the outbound content, whole
 * @param occurredAt the provider's time for inbound, ours for outbound
 * @param receivedAt when Hilo got or made it
 * @param position place within its delivery
 * @param changedAt last change of any field
 * @param author who wrote an outbound message, where known
 * @param state how far an outbound message has come
 * @param deliveries every delivery event, in the order they came
 * @param attemptedAt when the provider call began whose end is not known yet
 * @param attempts calls to the provider so far
 * @param failure why it failed
 * @param envelope what came with it besides what it says
 * @param revision what happened to it after it was written
 */
public record MessageRecord(
    String id,
    String contactId,
    Optional<String> conversationId,
    ChannelType channel,
    AccountId account,
    ContactAddress address,
    Direction direction,
    String text,
    Optional<Content> content,
    Optional<OutboundContent> outbound,
    Optional<Origin> origin,
    Optional<String> senderName,
    Optional<ExternalId> externalId,
    Optional<ExternalId> replyTo,
    Instant occurredAt,
    Instant receivedAt,
    int position,
    Instant changedAt,
    Optional<String> author,
    Optional<DeliveryState> state,
    List<Delivery> deliveries,
    Optional<Instant> attemptedAt,
    int attempts,
    Optional<DeliveryFailure> failure,
    Optional<Envelope> envelope,
    Optional<Revision> revision) {

  /** The provider's order; where its clock is too coarse, the order we got them in. */
  public static final Comparator<MessageRecord> PROVIDER_ORDER =
      Comparator.comparing(MessageRecord::occurredAt)
          .thenComparing(MessageRecord::receivedAt)
          .thenComparing(MessageRecord::position)
          .thenComparing(MessageRecord::id);

  /** Which way a message went. */
  public enum Direction {
    IN,
    OUT,
    NOTE
  }

  /** One delivery event. */
  public record Delivery(
      DeliveryState state, Instant at, Optional<DeliveryFailure> failure, Optional<Charge> charge) {

    /** An event that says nothing of a price. */
    public Delivery(DeliveryState state, Instant at, Optional<DeliveryFailure> failure) {
      this(state, at, failure, Optional.empty());
    }
  }

  /**
   * What happened to a message after it was written.
   *
   * @param earlier what it said before, oldest first
   * @param deletedAt when it was taken back; what it said is gone then
   * @param reactions at most one of each side
   */
  public record Revision(
      List<Earlier> earlier, Optional<Instant> deletedAt, List<Reaction> reactions) {

    static final Revision NONE = new Revision(List.of(), Optional.empty(), List.of());

    /**
     * What a message said before it was changed.
     *
     * @param eventId of the change that ended it
     * @param until when it was changed
     */
    public record Earlier(String eventId, String text, Instant until) {}

    /**
     * A reaction.
     *
     * @param emoji empty when it was taken off
     */
    public record Reaction(Direction from, Optional<String> emoji, Instant at) {}
  }

  /** A note that Hilo makes in a thread. */
  public static MessageRecord note(
      String id,
      String contactId,
      ChannelType channel,
      AccountId account,
      ContactAddress address,
      NoteKind kind,
      Instant occurredAt,
      Instant receivedAt,
      Instant now) {
    return new MessageRecord(
        id,
        contactId,
        Optional.empty(),
        channel,
        account,
        address,
        Direction.NOTE,
        kind.name(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        occurredAt,
        receivedAt,
        0,
        now,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same message as another contact's. */
  MessageRecord of(String owner) {
    return new MessageRecord(
        id,
        owner,
        conversationId,
        channel,
        account,
        address,
        direction,
        text,
        content,
        outbound,
        origin,
        senderName,
        externalId,
        replyTo,
        occurredAt,
        receivedAt,
        position,
        changedAt,
        author,
        state,
        deliveries,
        attemptedAt,
        attempts,
        failure,
        envelope,
        revision);
  }

  /** What a note is about; empty for a message. */
  public Optional<NoteKind> noteKind() {
    if (direction != Direction.NOTE) {
      return Optional.empty();
    }
    return failure.isPresent()
        ? Optional.of(NoteKind.ANSWER_DID_NOT_ARRIVE)
        : java.util.Arrays.stream(NoteKind.values())
            .filter(kind -> kind.name().equals(text))
            .findFirst();
  }

  /** The address as one string: what the store finds the messages of an address by. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public String addressKey() {
    return address.key();
  }

  /**
   * Takes a delivery event in: kept in any case, and the state rises if it is a rise.
   *
   * @return this same record if exactly this event is known already
   */
  public MessageRecord delivered(Delivery delivery, Optional<ExternalId> id, Instant now) {
    boolean known =
        deliveries.stream()
            .anyMatch(d -> d.state() == delivery.state() && d.at().equals(delivery.at()));
    if (known && (id.isEmpty() || externalId.isPresent())) {
      return this;
    }
    List<Delivery> all = new ArrayList<>(deliveries);
    if (!known) {
      all.add(delivery);
    }
    DeliveryState before = state.orElse(DeliveryState.QUEUED);
    boolean rises = before.risesTo(delivery.state());
    return changed(
        now,
        externalId.or(() -> id),
        author,
        Optional.of(rises ? delivery.state() : before),
        List.copyOf(all),
        attemptedAt,
        attempts,
        rises && delivery.state() == DeliveryState.FAILED ? delivery.failure() : failure);
  }

  /** Marks that a call to the provider begins now. */
  public MessageRecord attempted(Instant now) {
    return withAttempt(Optional.of(now), attempts + 1, now);
  }

  /** Takes the mark back, because the provider certainly did not take the message. */
  public MessageRecord attemptFailed(Instant now) {
    return withAttempt(Optional.empty(), attempts, now);
  }

  private MessageRecord withAttempt(Optional<Instant> attempt, int count, Instant now) {
    return changed(now, externalId, author, state, deliveries, attempt, count, failure);
  }

  /** Says who wrote it. */
  public MessageRecord writtenBy(String name, Instant now) {
    return author.isPresent()
        ? this
        : changed(
            now, externalId, Optional.of(name), state, deliveries, attemptedAt, attempts, failure);
  }

  /**
   * The message as the customer changed it; what it said before is kept. A change that is known, or
   * older than the last one, changes nothing that is shown.
   */
  public MessageRecord edited(
      String eventId, String newText, Content newContent, Instant at, Instant now) {
    Revision before = revision.orElse(Revision.NONE);
    if (before.deletedAt().isPresent()
        || before.earlier().stream().anyMatch(known -> known.eventId().equals(eventId))) {
      return this;
    }
    boolean late = !before.earlier().isEmpty() && before.earlier().getLast().until().isAfter(at);
    List<Revision.Earlier> all = new ArrayList<>(before.earlier());
    all.add(
        late ? all.size() - 1 : all.size(),
        new Revision.Earlier(eventId, late ? newText : text, at));
    Revision after = new Revision(List.copyOf(all), Optional.empty(), before.reactions());
    return late
        ? revised(text, content, after, now)
        : revised(newText, Optional.of(newContent), after, now);
  }

  /** The message as the customer took it back: nothing of what it said is kept. */
  public MessageRecord deleted(Instant at, Instant now) {
    Revision before = revision.orElse(Revision.NONE);
    if (before.deletedAt().isPresent()) {
      return this;
    }
    return revised(
        "",
        Optional.of(new Content.Unsupported("deleted", Optional.empty())),
        new Revision(List.of(), Optional.of(at), before.reactions()),
        now);
  }

  /** The message with a side's reaction; an older one than is known changes nothing. */
  public MessageRecord reacted(Direction from, Optional<String> emoji, Instant at, Instant now) {
    Revision before = revision.orElse(Revision.NONE);
    Revision.Reaction reaction = new Revision.Reaction(from, emoji, at);
    if (before.reactions().stream()
        .anyMatch(known -> known.from() == from && !known.at().isBefore(at))) {
      return this;
    }
    List<Revision.Reaction> all = new ArrayList<>(before.reactions());
    all.removeIf(known -> known.from() == from);
    all.add(reaction);
    return revised(
        text, content, new Revision(before.earlier(), before.deletedAt(), List.copyOf(all)), now);
  }

  /** The same message with other values of what may change on its way to the customer. */
  private MessageRecord changed(
      Instant now,
      Optional<ExternalId> newExternalId,
      Optional<String> newAuthor,
      Optional<DeliveryState> newState,
      List<Delivery> newDeliveries,
      Optional<Instant> newAttemptedAt,
      int newAttempts,
      Optional<DeliveryFailure> newFailure) {
    return new MessageRecord(
        id,
        contactId,
        conversationId,
        channel,
        account,
        address,
        direction,
        text,
        content,
        outbound,
        origin,
        senderName,
        newExternalId,
        replyTo,
        occurredAt,
        receivedAt,
        position,
        now,
        newAuthor,
        newState,
        newDeliveries,
        newAttemptedAt,
        newAttempts,
        newFailure,
        envelope,
        revision);
  }

  private MessageRecord revised(
      String newText, Optional<Content> newContent, Revision newRevision, Instant now) {
    return new MessageRecord(
        id,
        contactId,
        conversationId,
        channel,
        account,
        address,
        direction,
        newText,
        newContent,
        outbound,
        origin,
        senderName,
        externalId,
        replyTo,
        occurredAt,
        receivedAt,
        position,
        now,
        author,
        state,
        deliveries,
        attemptedAt,
        attempts,
        failure,
        envelope,
        Optional.of(newRevision));
  }
}
