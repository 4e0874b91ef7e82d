package dev.hilo.@name@;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.Secret;
import java.util.List;
import java.util.Optional;

/** The checked settings of the channel. */
record @class@Settings(List<Account> accounts) {

  @class@Settings {
    accounts = List.copyOf(accounts);
  }

  /** One account of the provider's. */
  record Account(AccountId id, Secret token) {}

  static @class@Settings of(ChannelSettings settings) {
    return new @class@Settings(
        settings.accounts().stream()
            .map(account -> new Account(account.id(), account.values().secret("token")))
            .toList());
  }

  Optional<Account> account(AccountId id) {
    return accounts.stream().filter(account -> account.id().equals(id)).findFirst();
  }
}
