package dev.hilo.inbox.health;

import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
import dev.hilo.channel.CheckedChannel;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.health.AccountHealth.Hold;
import dev.hilo.inbox.store.StoreStartup;
import dev.hilo.inbox.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Asks the providers how the accounts are, and lets an account send again when what stopped it is
 * over.
 */
@Component
class AccountChecks {

  private static final Logger LOG = LoggerFactory.getLogger(AccountChecks.class);

  /** An account that cannot be asked is tried again after this: one send, one answer. */
  private static final Duration TRY_AGAIN = Duration.ofMinutes(15);

  private final Channels channels;
  private final AccountHealths health;
  private final StoreStartup store;
  private final Clock clock;

  AccountChecks(Channels channels, AccountHealths health, StoreStartup store, Clock clock) {
    this.channels = channels;
    this.health = health;
    this.store = store;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${hilo.health.check-every:5m}", initialDelay = 5_000)
  void check() {
    if (!store.ready()) {
      return;
    }
    for (Account account : channels.accounts()) {
      try {
        check(account);
      } catch (StoreUnavailableException e) {
        LOG.warn("how accounts are cannot be written: {}", e.getMessage());
        return;
      } catch (RuntimeException e) {
        LOG.error("{} account {} cannot be checked", account.channel(), account.id(), e);
      }
    }
  }

  void check(Account account) {
    Optional<CheckedChannel> channel =
        channels.channel(account.channel().value(), CheckedChannel.class);
    Optional<Hold> hold = health.of(account.channel(), account.id()).hold();
    if (channel.isPresent()) {
      Health found = channel.get().check(account.id());
      health.checked(account.channel(), account.id(), found);
      boolean well =
          found.connected()
              && found.findings().stream().noneMatch(finding -> finding.level() == Level.BAD);
      if (hold.isPresent() && well) {
        health.resume(account.channel(), account.id());
      }
    } else if (hold.filter(h -> h.since().plus(TRY_AGAIN).isBefore(clock.instant())).isPresent()) {
      health.resume(account.channel(), account.id());
    }
  }
}
