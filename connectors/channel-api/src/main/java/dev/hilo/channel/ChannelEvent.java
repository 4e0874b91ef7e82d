package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/** Something that happened on a channel; the same few kinds for all of them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ChannelEvent.MessageReceived.class, name = "message-received"),
  @JsonSubTypes.Type(value = ChannelEvent.MessageEdited.class, name = "message-edited"),
  @JsonSubTypes.Type(value = ChannelEvent.MessageDeleted.class, name = "message-deleted"),
  @JsonSubTypes.Type(value = ChannelEvent.ReactionChanged.class, name = "reaction-changed"),
  @JsonSubTypes.Type(value = ChannelEvent.DeliveryUpdated.class, name = "delivery-updated"),
  @JsonSubTypes.Type(value = ChannelEvent.TypingStarted.class, name = "typing-started"),
  @JsonSubTypes.Type(value = ChannelEvent.ConsentChanged.class, name = "consent-changed"),
  @JsonSubTypes.Type(value = ChannelEvent.ReferralReceived.class, name = "referral-received"),
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
   */
  record MessageReceived(
      EventHeader header,
      ExternalId externalId,
      Content content,
      Optional<ExternalId> replyTo,
      Optional<Origin> origin)
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
   */
  record DeliveryUpdated(
      EventHeader header,
      ExternalId externalId,
      Optional<OutboundId> outboundId,
      DeliveryState state,
      Optional<DeliveryFailure> error)
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
   * The provider says something of the account itself.
   *
   * @param aspect quality, limit, template, restriction, ...
   * @param detail one line for an administrator
   */
  record AccountHealthChanged(EventHeader header, String aspect, String detail)
      implements ChannelEvent {}
}
