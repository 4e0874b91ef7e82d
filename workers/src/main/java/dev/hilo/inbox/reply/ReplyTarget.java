package dev.hilo.inbox.reply;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.inbox.thread.CustomerThread;
import java.util.Optional;

/** Where an answer goes, as one string that a form can carry: {@code channel/account/address}. */
public record ReplyTarget(ChannelType channel, AccountId account, ContactAddress address) {

  public static ReplyTarget of(CustomerThread.Reachable reachable) {
    return new ReplyTarget(reachable.channel(), reachable.account(), reachable.address());
  }

  /** Reads {@link #value()}; empty if it is nothing of the sort. */
  public static Optional<ReplyTarget> parse(String value) {
    String[] parts = value.split("/", 3);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ReplyTarget(
              new ChannelType(parts[0]), new AccountId(parts[1]), ContactAddress.ofKey(parts[2])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public String value() {
    return channel + "/" + account + "/" + address.key();
  }
}
