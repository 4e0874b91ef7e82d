package dev.hilo.inbox.thread;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
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
 * @param contactId the contact it was resolved to when it came; a later merge does not change it
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
    Optional<DeliveryFailure> failure) {

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
  public record Delivery(DeliveryState state, Instant at, Optional<DeliveryFailure> failure) {}

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

  /** The same message with other values of what may change; what it says never does. */
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
        newFailure);
  }
}
