package dev.hilo.meta;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.InvalidSettingsException;
import dev.hilo.channel.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The checked settings that Messenger and Instagram have in common.
 *
 * @param mediaHosts hosts with or without a port from which files may also be fetched
 */
public record MetaSettings(
    Secret verifyToken, List<String> mediaHosts, List<MetaAccount> accounts) {

  private static final Pattern NUMERIC_ID = Pattern.compile("[0-9]{1,32}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");

  public MetaSettings {
    mediaHosts = List.copyOf(mediaHosts);
    accounts = List.copyOf(accounts);
  }

  /**
   * Reads and checks them. What an account does not say itself is taken from the common ones.
   *
   * @param graphUrl where the Graph API is when nothing is said
   * @throws InvalidSettingsException if one is missing or wrong; the message names it
   */
  public static MetaSettings of(ChannelType channel, ChannelSettings settings, String graphUrl) {
    ChannelSettings.Values common = settings.common();
    List<String> hosts = common.list("media-hosts");
    if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
      throw common.invalid("media-hosts", "host or host:port, separated by commas");
    }
    Secret verifyToken = common.secret("verify-token");
    String commonUrl = address(common, graphUrl);
    List<MetaAccount> accounts = new ArrayList<>();
    for (ChannelSettings.Account account : settings.accounts()) {
      accounts.add(account(channel, account, common, commonUrl));
    }
    return new MetaSettings(verifyToken, hosts, accounts);
  }

  private static MetaAccount account(
      ChannelType channel,
      ChannelSettings.Account account,
      ChannelSettings.Values common,
      String commonUrl) {
    if (!NUMERIC_ID.matcher(account.id().value()).matches()) {
      throw new InvalidSettingsException(
          "the account '"
              + OneLine.of(account.id().value(), 80)
              + "' of "
              + channel
              + " is not valid: expected the provider's id of it, digits only");
    }
    ChannelSettings.Values own = account.values();
    String appSecret = own.optional("app-secret", common.optional("app-secret", ""));
    String appId = own.optional("app-id", common.optional("app-id", ""));
    if (!appId.isEmpty() && !NUMERIC_ID.matcher(appId).matches()) {
      throw own.invalid("app-id", "the id of the Meta app, digits only");
    }
    return new MetaAccount(
        account.id(),
        own.secret("access-token"),
        appSecret.isEmpty() ? own.secret("app-secret") : new Secret(appSecret),
        Optional.of(appId).filter(id -> !id.isEmpty()),
        URI.create(address(own, commonUrl)));
  }

  private static String address(ChannelSettings.Values values, String fallback) {
    String text = values.optional("graph-url", fallback).replaceAll("/+$", "");
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, without the text: an address may hold a password.
    }
    throw values.invalid("graph-url", "an address that begins with https:// or http://");
  }

  /** The account of that id. */
  public Optional<MetaAccount> account(AccountId id) {
    return accounts.stream().filter(account -> account.id().equals(id)).findFirst();
  }

  /** Everything that must not be printed. */
  public Collection<String> secrets() {
    Set<String> secrets = new LinkedHashSet<>();
    secrets.add(verifyToken.reveal());
    for (MetaAccount account : accounts) {
      secrets.add(account.accessToken().reveal());
      secrets.add(account.appSecret().reveal());
    }
    return secrets;
  }
}
