package dev.hilo.channel;

import java.time.Instant;
import java.util.Objects;

/**
 * What every event has.
 *
 * @param id derived, see {@link EventId#derive}
 * @param account the number, page, mailbox or widget it came to
 * @param sender the customer's side of it
 * @param occurredAt the provider's time of it; its precision is the provider's (often one second)
 * @param position place among the events of one delivery, from 0: keeps a batch in the provider's
 *     order where times are equal
 */
public record EventHeader(
    EventId id,
    ChannelType channel,
    AccountId account,
    Sender sender,
    Instant occurredAt,
    int position) {

  public EventHeader {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(sender, "sender");
    Objects.requireNonNull(occurredAt, "occurredAt");
  }
}
