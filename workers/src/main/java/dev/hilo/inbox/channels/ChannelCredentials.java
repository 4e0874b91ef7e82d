package dev.hilo.inbox.channels;

import dev.hilo.channel.ChannelType;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.Secret;
import java.util.Optional;

/** One channel's part of the credentials: it cannot name another's. */
record ChannelCredentials(ChannelType channel, CredentialStore all) implements CredentialStore {

  @Override
  public Optional<Secret> read(String key) {
    return all.read(channel + "/" + key);
  }

  @Override
  public boolean write(String key, Optional<Secret> expected, Secret next) {
    return all.write(channel + "/" + key, expected, next);
  }
}
