package dev.hilo.meta;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.Sender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one delivery has given so far. */
final class Reading {

  private static final int LONGEST_KIND = 80;
  private static final int LONGEST_REASON = 200;

  private final ChannelType channel;
  private final Instant receivedAt;
  private final List<ChannelEvent> events = new ArrayList<>();
  private final List<ParseResult.Skipped> skipped = new ArrayList<>();
  private final Set<String> unknownAccounts = new LinkedHashSet<>();
  private boolean anyAccountKnown;

  Reading(ChannelType channel, Instant receivedAt) {
    this.channel = channel;
    this.receivedAt = receivedAt;
  }

  Instant receivedAt() {
    return receivedAt;
  }

  void add(ChannelEvent event) {
    events.add(event);
  }

  void skip(String kind, String reason) {
    String name = OneLine.of(kind, LONGEST_KIND);
    skipped.add(
        new ParseResult.Skipped(
            name.isEmpty() ? "unnamed" : name, OneLine.of(reason, LONGEST_REASON)));
  }

  void accountIsKnown() {
    anyAccountKnown = true;
  }

  void skipOfUnknownAccount(String kind, String entryId) {
    unknownAccounts.add(OneLine.of(entryId, LONGEST_KIND));
    skip(kind, "the entry id " + entryId + " is not among the settings");
  }

  /** The header of the event that is added next. */
  EventHeader header(AccountId account, Sender sender, Instant at, String kind, String... parts) {
    return new EventHeader(
        EventId.derive(channel, account, kind, parts), channel, account, sender, at, events.size());
  }

  ParseResult result() {
    if (!unknownAccounts.isEmpty() && !anyAccountKnown && events.isEmpty()) {
      return new ParseResult.Refused(
          Refusal.UNKNOWN_ACCOUNT,
          OneLine.of(
              "expected an entry id of the settings, got " + String.join(", ", unknownAccounts),
              LONGEST_REASON));
    }
    if (events.isEmpty() && skipped.isEmpty()) {
      return new ParseResult.Ignored("the delivery holds no messages and no events");
    }
    return new ParseResult.Events(events, skipped);
  }
}
