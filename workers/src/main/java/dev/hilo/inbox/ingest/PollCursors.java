package dev.hilo.inbox.ingest;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * How far each account's source has been read, and which node reads it. Two nodes that read at once
 * do no harm, because everything after is idempotent; they only waste work.
 */
@Component
class PollCursors {

  /** A node that died is followed by another after this. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private final Documents<Cursor> documents;
  private final Clock clock;
  private final String node = UUID.randomUUID().toString();

  /**
   * The place in an account's source.
   *
   * @param value opaque; empty before the first
   * @param owner the node that reads
   * @param until when its turn ends unless it goes on
   */
  record Cursor(
      String channel, String account, Optional<String> value, String owner, Instant until) {}

  PollCursors(Store store, Clock clock) {
    this.documents = store.documents(Indexes.CURSORS, Cursor.class);
    this.clock = clock;
  }

  /** Takes, or goes on with, the turn to read an account; false if another node has it. */
  boolean acquire(ChannelType channel, AccountId account) {
    Instant now = clock.instant();
    return documents
        .change(
            id(channel, account),
            known -> {
              if (known == null) {
                return new Cursor(
                    channel.value(), account.value(), Optional.empty(), node, now.plus(LEASE));
              }
              boolean free = known.owner().equals(node) || known.until().isBefore(now);
              return free ? with(known, known.value(), now.plus(LEASE)) : known;
            })
        .filter(cursor -> cursor.owner().equals(node))
        .isPresent();
  }

  /** Gives the turn back, so that another node need not wait. */
  void release(ChannelType channel, AccountId account) {
    documents.change(
        id(channel, account),
        known ->
            known == null || !known.owner().equals(node)
                ? known
                : with(known, known.value(), clock.instant()));
  }

  Optional<String> read(ChannelType channel, AccountId account) {
    return documents.get(id(channel, account)).flatMap(Cursor::value);
  }

  /** Keeps a place, unless another node has the turn. */
  void keep(ChannelType channel, AccountId account, String value) {
    documents.change(
        id(channel, account),
        known ->
            known == null || !known.owner().equals(node)
                ? known
                : with(known, Optional.of(value), clock.instant().plus(LEASE)));
  }

  private Cursor with(Cursor known, Optional<String> value, Instant until) {
    return new Cursor(known.channel(), known.account(), value, node, until);
  }

  private static String id(ChannelType channel, AccountId account) {
    return channel + "/" + account;
  }
}
