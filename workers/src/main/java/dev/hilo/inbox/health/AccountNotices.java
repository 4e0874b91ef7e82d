package dev.hilo.inbox.health;

import dev.hilo.channel.ChannelEvent.AccountHealthChanged;
import dev.hilo.channel.CheckedChannel.Finding;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what providers say of accounts of their own accord. */
@Component
class AccountNotices {

  private final AccountHealths health;

  AccountNotices(AccountHealths health) {
    this.health = health;
  }

  @EventListener
  void noticed(AccountHealthChanged event) {
    health.noticed(
        event.header().channel(),
        event.header().account(),
        new Finding(event.aspect(), event.level(), event.detail()),
        event.header().occurredAt());
  }
}
