package dev.hilo.channel;

import java.util.Objects;
import java.util.Optional;

/**
 * One message to one customer.
 *
 * @param id ours; handed to the provider wherever it gives one back, so that a lost answer can be
 *     reconciled
 * @param replyTo the customer's message that it quotes
 * @param replyContext what the channel gave with the customer's last message
 * @param subject for a message that begins something new, on a channel with subjects
 * @param author who wrote it
 * @param window whether a free answer is allowed by right or by exception
 */
public record OutboundMessage(
    OutboundId id,
    AccountId account,
    ContactAddress to,
    OutboundContent content,
    Optional<ExternalId> replyTo,
    Optional<String> replyContext,
    Optional<String> subject,
    Author author,
    Window window) {

  /** Who wrote a message. */
  public enum Author {
    PERSON,
    MACHINE
  }

  /** How a message stands to {@link Capabilities#replyWindow}. */
  public enum Window {
    /** Inside it, or the channel has none. */
    OPEN,
    /** Past it, and inside {@link Capabilities#personWindow}: only what a person wrote. */
    PERSON_ONLY,
    /** Past both: only templates. */
    CLOSED
  }

  public OutboundMessage {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(content, "content");
  }

  /** A person's answer inside the window. */
  public OutboundMessage(
      OutboundId id,
      AccountId account,
      ContactAddress to,
      OutboundContent content,
      Optional<ExternalId> replyTo) {
    this(
        id,
        account,
        to,
        content,
        replyTo,
        Optional.empty(),
        Optional.empty(),
        Author.PERSON,
        Window.OPEN);
  }
}
