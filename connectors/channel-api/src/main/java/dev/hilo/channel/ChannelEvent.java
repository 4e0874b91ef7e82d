package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;

/** Something that happened on a channel; the same few kinds for all of them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ChannelEvent.MessageReceived.class, name = "message-received"),
  @JsonSubTypes.Type(value = ChannelEvent.MessageEdited.class, name = "message-edited"),
  @JsonSubTypes.Type(value = ChannelEvent.MessageDeleted.class, name = "message-deleted"),
  @JsonSubTypes.Type(value = ChannelEvent.ReactionChanged.class, name = "reaction-changed"),
  @JsonSubTypes.Type(value = ChannelEvent.MessageSentElsewhere.class, name = "sent-elsewhere"),
  @JsonSubTypes.Type(value = ChannelEvent.DeliveryUpdated.class, name = "delivery-updated"),
  @JsonSubTypes.Type(value = ChannelEvent.DeliveredThrough.class, name = "delivered-through"),
  @JsonSubTypes.Type(value = ChannelEvent.TypingStarted.class, name = "typing-started"),
  @JsonSubTypes.Type(value = ChannelEvent.ConsentChanged.class, name = "consent-changed"),
  @JsonSubTypes.Type(value = ChannelEvent.ReferralReceived.class, name = "referral-received"),
  @JsonSubTypes.Type(value = ChannelEvent.AddressChanged.class, name = "address-changed"),
  @JsonSubTypes.Type(value = ChannelEvent.ControlChanged.class, name = "control-changed"),
  @JsonSubTypes.Type(value = ChannelEvent.AccountHealthChanged.class, name = "account-health")
})
public sealed interface ChannelEvent {

  EventHeader header();

  /**
   * A customer's message.
   *
   * @param externalId the provider's id of it
   * @param replyTo the message it answers, where the customer quoted one
   * @param origin where the customer came from: page, campaign or advertisement
   * @param envelope what came with it besides what it says; empty when there is nothing to tell
   */
  record MessageReceived(
      EventHeader header,
      ExternalId externalId,
      Content content,
      Optional<ExternalId> replyTo,
      Optional<Origin> origin,
      Optional<Envelope> envelope)
      implements ChannelEvent {

    /** A message with nothing to tell besides what it says. */
    public MessageReceived(
        EventHeader header,
        ExternalId externalId,
        Content content,
        Optional<ExternalId> replyTo,
        Optional<Origin> origin) {
      this(header, externalId, content, replyTo, origin, Optional.empty());
    }

    /**
     * Whether the channel vouches for the addresses of the sender. If not, they are what the sender
     * says of itself: an answer goes there all the same, and they prove nothing.
     */
    public boolean vouchesForSender() {
      return envelope.filter(e -> e.has(Envelope.Mark.SENDER_UNVERIFIED)).isEmpty();
    }
  }

  /**
   * The business wrote to the customer with something else than Hilo: the provider's own app or
   * inbox. Belongs in the thread as an answer; nobody need look at it.
   *
   * @param app what it was written with, where the provider says
   */
  record MessageSentElsewhere(
      EventHeader header, ExternalId externalId, Content content, Optional<String> app)
      implements ChannelEvent {}

  /** The customer changed the text of a message sent before. */
  record MessageEdited(EventHeader header, ExternalId edited, Content content)
      implements ChannelEvent {}

  /** The customer took a message back. */
  record MessageDeleted(EventHeader header, ExternalId deleted) implements ChannelEvent {}

  /**
   * A reaction put on a message, or taken off.
   *
   * @param emoji empty when the reaction was taken off
   */
  record ReactionChanged(EventHeader header, ExternalId message, Optional<String> emoji)
      implements ChannelEvent {}

  /**
   * What became of a message that we sent. Updates come in any order and more than once; {@link
   * DeliveryState} says which may follow which.
   *
   * @param outboundId our own id, where the provider hands it back
   * @param error why it failed; present exactly when {@code state} is FAILED
   * @param charge what the provider says of its price
   */
  record DeliveryUpdated(
      EventHeader header,
      ExternalId externalId,
      Optional<OutboundId> outboundId,
      DeliveryState state,
      Optional<DeliveryFailure> error,
      Optional<Charge> charge)
      implements ChannelEvent {

    /** An update that says nothing of a price. */
    public DeliveryUpdated(
        EventHeader header,
        ExternalId externalId,
        Optional<OutboundId> outboundId,
        DeliveryState state,
        Optional<DeliveryFailure> error) {
      this(header, externalId, outboundId, state, error, Optional.empty());
    }
  }

  /**
   * Every message that we sent to this customer up to a time has come this far.
   *
   * @param through the provider's time, inclusive
   */
  record DeliveredThrough(EventHeader header, DeliveryState state, Instant through)
      implements ChannelEvent {}

  /** The customer is writing. */
  record TypingStarted(EventHeader header) implements ChannelEvent {}

  /**
   * The customer allowed or forbade messages of a category.
   *
   * @param category the provider's word for it, lower case
   */
  record ConsentChanged(EventHeader header, String category, boolean allowed)
      implements ChannelEvent {}

  /** The customer came to an existing thread through an advertisement or a link. */
  record ReferralReceived(EventHeader header, Origin origin) implements ChannelEvent {}

  /**
   * The provider says that one of a customer's addresses has become another: a new number, a new
   * id. The channel vouches for both being the same person.
   */
  record AddressChanged(EventHeader header, ContactAddress previous, ContactAddress current)
      implements ChannelEvent {}

  /**
   * Who answers the customer has changed: Hilo, or another app of the business.
   *
   * @param ours whether Hilo may answer from now on
   * @param app the other app, where the provider says
   */
  record ControlChanged(EventHeader header, boolean ours, Optional<String> app)
      implements ChannelEvent {}

  /**
   * The provider says something of the account itself.
   *
   * @param detail one line for an administrator
   */
  record AccountHealthChanged(EventHeader header, Aspect aspect, Level level, String detail)
      implements ChannelEvent {

    /** What of an account it is about. */
    public enum Aspect {
      /** How customers rate what the account sends. */
      QUALITY,
      /** How much the account may send. */
      LIMIT,
      /** A template's state: the registry must be read again. */
      TEMPLATE,
      /** The provider restricts or closes the account. */
      RESTRICTION,
      /** The account's access expires, or has expired. */
      CREDENTIALS,
      /** Whether the provider still delivers to us. */
      SUBSCRIPTION,
      /** Whether the account's source can be reached. */
      CONNECTION,
      /** The account's name or profile. */
      PROFILE,
      /** Anything else. */
      OTHER
    }

    /** How bad it is. */
    public enum Level {
      GOOD,
      WARNING,
      BAD
    }
  }
}
