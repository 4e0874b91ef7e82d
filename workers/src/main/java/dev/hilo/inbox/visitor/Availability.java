package dev.hilo.inbox.visitor;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Whether somebody answers visitors of an account now. */
public interface Availability {

  Status of(ChannelType channel, AccountId account);

  /**
   * Who is on.
   *
   * @param open whether an answer can be expected soon
   * @param opensAt when somebody is on again, where that is known
   * @param zone the account's time zone
   */
  record Status(boolean open, Optional<Instant> opensAt, ZoneId zone) {}
}
