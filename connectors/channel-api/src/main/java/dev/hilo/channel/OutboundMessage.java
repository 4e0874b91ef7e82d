package dev.hilo.channel;

import java.util.Objects;
import java.util.Optional;

/**
 * One message to one customer.
 *
 * @param id ours; handed to the provider wherever it gives one back, so that a lost answer can be
 *     reconciled
 * @param replyTo the customer's message that it quotes
 */
public record OutboundMessage(
    OutboundId id,
    AccountId account,
    ContactAddress to,
    OutboundContent content,
    Optional<ExternalId> replyTo) {

  public OutboundMessage {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(content, "content");
  }
}
