package dev.hilo.telegram;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.Sender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What one delivery has given so far. */
final class Reading {

  /** Before a person's id, so that it is no other provider's. */
  static final String PREFIX = "telegram:";

  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

  private final AccountId bot;
  private final Instant receivedAt;
  private final List<ChannelEvent> events = new ArrayList<>();
  private final List<ParseResult.Skipped> skipped = new ArrayList<>();

  Reading(AccountId bot, Instant receivedAt) {
    this.bot = bot;
    this.receivedAt = receivedAt;
  }

  AccountId bot() {
    return bot;
  }

  void add(ChannelEvent event) {
    events.add(event);
  }

  void skip(String kind, String reason) {
    String name = Part.oneLine(kind, 80);
    skipped.add(
        new ParseResult.Skipped(name.isEmpty() ? "unnamed" : name, Part.oneLine(reason, 200)));
  }

  /** The header of the event that is added next. */
  EventHeader header(Sender sender, Optional<Instant> at, String kind, String... parts) {
    return new EventHeader(
        EventId.derive(TelegramChannel.TYPE, bot, kind, parts),
        TelegramChannel.TYPE,
        bot,
        sender,
        at.orElse(receivedAt),
        events.size());
  }

  /**
   * A person who writes to the bot.
   *
   * @param id of the person, who is also the private chat
   * @param user {@code {first_name, last_name, language_code}}, where there is one
   */
  static Sender sender(String id, Part user, List<ContactAddress> claims) {
    String name =
        (user.text("first_name").orElse("") + " " + user.text("last_name").orElse("")).strip();
    return new Sender(
        new ContactAddress(ContactAddress.Kind.SOCIAL, PREFIX + id),
        List.of(),
        claims,
        Optional.of(name).filter(it -> !it.isEmpty()),
        user.text("language_code").filter(it -> LANGUAGE.matcher(it).matches()));
  }

  ParseResult result() {
    return events.isEmpty() && skipped.isEmpty()
        ? new ParseResult.Ignored("the delivery holds no update")
        : new ParseResult.Events(events, skipped);
  }
}
