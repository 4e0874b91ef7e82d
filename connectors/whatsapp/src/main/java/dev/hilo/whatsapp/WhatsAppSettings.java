package dev.hilo.whatsapp;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.Secret;
import dev.hilo.channel.TemplateChannel.Template;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checked settings of the channel.
 *
 * @param graphUrl Graph API with its version, without a slash at the end
 * @param linkUrl where click-to-chat links lead, without a slash at the end
 * @param mediaHosts from where files are fetched, besides the Graph API's own host; lower case
 */
record WhatsAppSettings(
    URI graphUrl, URI linkUrl, Set<String> mediaHosts, Secret verifyToken, List<Account> accounts) {

  private static final Pattern GRAPH_ID = Pattern.compile("[0-9]{1,32}");
  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern DISPLAY_NUMBER = Pattern.compile("[1-9][0-9]{6,14}");
  private static final Pattern TEMPLATE_NAME = Pattern.compile("[a-z0-9_]{1,512}");
  private static final Pattern TEMPLATE_LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Za-z]{2,4})?");

  WhatsAppSettings {
    mediaHosts = Set.copyOf(mediaHosts);
    accounts = List.copyOf(accounts);
  }

  /**
   * One phone number.
   *
   * @param id the provider's {@code phone_number_id}
   * @param displayNumber the number itself, digits with the country code, no plus sign
   * @param language BCP 47 tag that the account greets in
   * @param businessAccount the WhatsApp Business Account it belongs to, where told
   * @param templates those in the settings; used when there is no business account to ask
   */
  record Account(
      AccountId id,
      String language,
      Secret accessToken,
      Secret appSecret,
      String displayNumber,
      Optional<String> businessAccount,
      List<Template> templates) {
    Account {
      templates = List.copyOf(templates);
    }
  }

  static WhatsAppSettings of(ChannelSettings settings) {
    ChannelSettings.Values common = settings.common();
    return new WhatsAppSettings(
        address(common, "graph-url", "https://graph.facebook.com/v25.0"),
        address(common, "link-url", "https://wa.me"),
        hosts(common),
        common.secret("verify-token"),
        settings.accounts().stream().map(WhatsAppSettings::account).toList());
  }

  private static URI address(ChannelSettings.Values values, String key, String fallback) {
    String text = values.optional(key, fallback).replaceAll("/+$", "");
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, without the text: an address may hold a password.
    }
    throw values.invalid(key, "an address that begins with https:// or http://");
  }

  private static Set<String> hosts(ChannelSettings.Values values) {
    List<String> hosts = values.list("media-hosts");
    if (hosts.stream().anyMatch(host -> !HOST.matcher(host).matches())) {
      throw values.invalid("media-hosts", "host names in lower case, separated by commas");
    }
    return hosts.isEmpty() ? Set.of("lookaside.fbsbx.com") : Set.copyOf(hosts);
  }

  private static Account account(ChannelSettings.Account account) {
    ChannelSettings.Values values = account.values();
    if (!GRAPH_ID.matcher(account.id().value()).matches()) {
      throw new dev.hilo.channel.InvalidSettingsException(
          "the account '"
              + account.id()
              + "' of "
              + WhatsAppChannel.TYPE
              + " is not valid: expected the phone_number_id, digits only");
    }
    String number = values.required("display-phone-number").replaceAll("[+ ()./-]", "");
    if (!DISPLAY_NUMBER.matcher(number).matches()) {
      throw values.invalid(
          "display-phone-number", "a phone number with its country code, like +57 601 555 0100");
    }
    Optional<String> business =
        Optional.of(values.optional("business-account-id", "")).filter(id -> !id.isEmpty());
    if (business.filter(id -> !GRAPH_ID.matcher(id).matches()).isPresent()) {
      throw values.invalid("business-account-id", "the id of a business account, digits only");
    }
    return new Account(
        account.id(),
        account.language(),
        values.secret("access-token"),
        values.secret("app-secret"),
        number,
        business,
        templates(values));
  }

  private static List<Template> templates(ChannelSettings.Values values) {
    List<Template> templates = new ArrayList<>();
    for (String entry : values.list("templates")) {
      String[] parts = entry.split(":", -1);
      if (parts.length != 2
          || !TEMPLATE_NAME.matcher(parts[0]).matches()
          || !TEMPLATE_LANGUAGE.matcher(parts[1]).matches()) {
        throw values.invalid(
            "templates", "name:language separated by commas, like follow_up:es,follow_up:pt_BR");
      }
      String body = values.required("template." + parts[0] + "." + parts[1]);
      templates.add(new Template(parts[0], parts[1], body));
    }
    return templates;
  }

  Optional<Account> account(AccountId id) {
    return accounts.stream().filter(account -> account.id().equals(id)).findFirst();
  }

  /** Everything that must not be printed. */
  Collection<String> secrets() {
    return new LinkedHashSet<>(
        Stream.concat(
                Stream.of(verifyToken),
                accounts.stream()
                    .flatMap(account -> Stream.of(account.accessToken(), account.appSecret())))
            .map(Secret::reveal)
            .toList());
  }
}
