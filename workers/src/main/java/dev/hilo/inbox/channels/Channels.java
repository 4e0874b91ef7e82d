package dev.hilo.inbox.channels;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.CredentialStore;
import dev.hilo.channel.InvalidSettingsException;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.inbox.channels.ChannelsProperties.AccountProperties;
import dev.hilo.inbox.channels.ChannelsProperties.ChannelProperties;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The connected channels. A channel is connected when its module is on the class path and it has
 * settings.
 */
@Component
public class Channels {

  private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

  private final Map<ChannelType, Channel> channels = new LinkedHashMap<>();
  private final Map<AccountKey, Account> accounts = new LinkedHashMap<>();

  private record AccountKey(ChannelType channel, AccountId account) {}

  private Channels() {}

  /** These channels and accounts, and no others. */
  public static Channels of(Collection<Channel> channels, Collection<Account> accounts) {
    Channels all = new Channels();
    channels.forEach(channel -> all.channels.put(channel.type(), channel));
    accounts.forEach(
        account -> all.accounts.put(new AccountKey(account.channel(), account.id()), account));
    return all;
  }

  @Autowired
  Channels(
      ChannelsProperties properties,
      ProviderHttp http,
      Clock clock,
      OutgoingFiles files,
      CredentialStore credentials) {
    Map<String, ChannelProvider> providers = new LinkedHashMap<>();
    ServiceLoader.load(ChannelProvider.class)
        .forEach(provider -> providers.put(provider.type().value(), provider));
    properties
        .channels()
        .forEach(
            (name, settings) -> {
              ChannelProvider provider = providers.get(name);
              if (provider == null) {
                throw new InvalidSettingsException(
                    "hilo.channels."
                        + name
                        + " is no channel of this installation; expected one of "
                        + providers.keySet());
              }
              CredentialStore own = new ChannelCredentials(provider.type(), credentials);
              connect(provider, settings, new ChannelContext(http, clock, files, own));
            });
  }

  private void connect(
      ChannelProvider provider, ChannelProperties properties, ChannelContext context) {
    ChannelType type = provider.type();
    String place = "hilo.channels." + type;
    List<ChannelSettings.Account> given =
        properties.accounts().entrySet().stream()
            .map(
                entry ->
                    new ChannelSettings.Account(
                        new AccountId(entry.getKey()),
                        entry.getValue().name(),
                        entry.getValue().language(),
                        new ChannelSettings.Values(
                            place + ".accounts." + entry.getKey() + ".settings",
                            entry.getValue().settings())))
            .toList();
    channels.put(
        type,
        provider.create(
            new ChannelSettings(
                new ChannelSettings.Values(place + ".settings", properties.settings()), given),
            context));
    properties.accounts().forEach((id, account) -> add(type, new AccountId(id), account));
    LOG.info("channel connected: {} with {} account(s)", type, given.size());
  }

  private void add(ChannelType type, AccountId id, AccountProperties properties) {
    accounts.put(
        new AccountKey(type, id),
        new Account(
            type,
            id,
            properties.name().isBlank() ? id.value() : properties.name(),
            properties.language(),
            properties.country(),
            properties.linkClaims(),
            properties.queue()));
  }

  public Optional<Channel> channel(ChannelType type) {
    return Optional.ofNullable(channels.get(type));
  }

  /** The channel, where its ability is of the wanted kind. */
  public <C extends Channel> Optional<C> channel(String name, Class<C> ability) {
    return channels.entrySet().stream()
        .filter(entry -> entry.getKey().value().equals(name))
        .map(Map.Entry::getValue)
        .filter(ability::isInstance)
        .map(ability::cast)
        .findFirst();
  }

  /** Every account of every channel. */
  public Collection<Account> accounts() {
    return accounts.values();
  }

  public Optional<Account> account(ChannelType channel, AccountId account) {
    return Optional.ofNullable(accounts.get(new AccountKey(channel, account)));
  }
}
