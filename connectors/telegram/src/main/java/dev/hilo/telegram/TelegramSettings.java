package dev.hilo.telegram;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.InvalidSettingsException;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checked settings of the channel.
 *
 * @param apiUrl without a slash at the end
 */
record TelegramSettings(URI apiUrl, List<Bot> bots) {

  /** What a webhook brings back: the word that {@code setWebhook} was given. */
  static final String SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";

  private static final Pattern BOT_ID = Pattern.compile("[0-9]{1,20}");
  private static final Pattern TOKEN_REST = Pattern.compile("[A-Za-z0-9_-]{20,100}");

  /** Source: core.telegram.org/bots/api#setwebhook, by excerpts. */
  private static final Pattern SECRET_TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  TelegramSettings {
    bots = List.copyOf(bots);
  }

  /**
   * One bot.
   *
   * @param id the digits before the colon of its token
   * @param secretToken what its webhook's deliveries carry
   */
  record Bot(AccountId id, Secret token, Secret secretToken) {}

  static TelegramSettings of(ChannelSettings settings) {
    Set<Secret> words = new HashSet<>();
    List<Bot> bots =
        settings.accounts().stream()
            .map(
                account -> {
                  Bot bot = bot(account);
                  if (!words.add(bot.secretToken())) {
                    throw account
                        .values()
                        .invalid("secret-token", "a word that no other account has");
                  }
                  return bot;
                })
            .toList();
    return new TelegramSettings(apiUrl(settings.common()), bots);
  }

  private static Bot bot(ChannelSettings.Account account) {
    String id = account.id().value();
    if (!BOT_ID.matcher(id).matches()) {
      throw new InvalidSettingsException(
          "the account '"
              + id
              + "' of "
              + TelegramChannel.TYPE
              + " is not valid: expected the bot's id, the digits before the colon of its token");
    }
    Secret token = account.values().secret("token");
    if (!token.reveal().startsWith(id + ":")
        || !TOKEN_REST.matcher(token.reveal().substring(id.length() + 1)).matches()) {
      throw account.values().invalid("token", "the account's id, a colon and what follows it");
    }
    Secret word = account.values().secret("secret-token");
    if (!SECRET_TOKEN.matcher(word.reveal()).matches()) {
      throw account.values().invalid("secret-token", "1 to 256 of A-Z, a-z, 0-9, _ and -");
    }
    return new Bot(account.id(), token, word);
  }

  private static URI apiUrl(ChannelSettings.Values values) {
    String text = values.optional("api-url", "https://api.telegram.org").replaceAll("/+$", "");
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, without the text: an address may hold a password.
    }
    throw values.invalid("api-url", "an address that begins with https:// or http://");
  }

  Optional<Bot> bot(AccountId id) {
    return bots.stream().filter(bot -> bot.id().equals(id)).findFirst();
  }

  /**
   * The bot whose word the delivery carries; if its address names an account, that one only. Every
   * word is compared, in constant time.
   */
  Optional<Bot> vouchedFor(RawDelivery delivery) {
    byte[] got = delivery.header(SECRET_HEADER).orElse("").getBytes(StandardCharsets.UTF_8);
    Optional<Bot> found = Optional.empty();
    for (Bot bot : bots) {
      byte[] expected = bot.secretToken().reveal().getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(expected, got)) {
        found = Optional.of(bot);
      }
    }
    return found.filter(
        bot -> delivery.account().isEmpty() || delivery.account().get().equals(bot.id()));
  }

  /** The text without any of our secrets, in one line of at most 300 characters. */
  String redacted(String text) {
    String clean = text;
    List<String> secrets =
        bots.stream()
            .flatMap(bot -> Stream.of(bot.token(), bot.secretToken()))
            .map(Secret::reveal)
            .toList();
    for (String secret : secrets) {
      clean = clean.replace(secret, "[REDACTED]");
    }
    return Part.oneLine(clean, 300);
  }
}
