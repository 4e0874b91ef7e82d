package dev.hilo.inbox.ingest;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.EventId;
import dev.hilo.inbox.health.AccountHealths;
import dev.hilo.inbox.media.BlobKey;
import dev.hilo.inbox.media.Blobs;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreQuery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Deliveries that could not be read: kept whole, seen by an administrator, in nobody's way. */
@Component
public class SetAside {

  private static final int SHOWN = 200;

  private final Documents<Delivery> documents;
  private final Blobs blobs;
  private final AccountHealths health;
  private final Clock clock;

  /** What has become of a delivery that was set aside. */
  public enum State {
    /** Waits for a person. */
    WAITING,
    /** Was read after all. */
    TAKEN,
    /** A person decided that nothing is to be done. */
    DISMISSED
  }

  /**
   * A delivery that was set aside.
   *
   * @param reference the source's name of it
   * @param reason one line; no personal data
   * @param raw where its bytes are, if there are any
   */
  public record Delivery(
      String id,
      ChannelType channel,
      AccountId account,
      String reference,
      String reason,
      Optional<BlobKey> raw,
      State state,
      Instant at) {

    Delivery in(State next) {
      return new Delivery(id, channel, account, reference, reason, raw, next, at);
    }
  }

  SetAside(Store store, Blobs blobs, AccountHealths health, Clock clock) {
    this.documents = store.documents(Indexes.SET_ASIDE, Delivery.class);
    this.blobs = blobs;
    this.health = health;
    this.clock = clock;
  }

  /** Keeps a delivery; keeping it again changes nothing. */
  void keep(ChannelType channel, AccountId account, String reference, String reason, byte[] raw) {
    String id = EventId.derive(channel, account, "set-aside", reference).value();
    if (documents.get(id).isPresent()) {
      return;
    }
    Optional<BlobKey> key = Optional.of(new BlobKey(id)).filter(some -> raw.length > 0);
    key.ifPresent(
        where -> {
          try {
            blobs.put(where, new ByteArrayInputStream(raw), Long.MAX_VALUE);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    boolean fresh =
        documents.create(
            id,
            new Delivery(
                id, channel, account, reference, reason, key, State.WAITING, clock.instant()));
    if (fresh) {
      health.setAside(channel, account);
    }
  }

  /** What waits for a person, newest first; sees a change after about a second. */
  public List<Delivery> waiting() {
    return documents.search(
        StoreQuery.ofSize(SHOWN).with("state", List.of(State.WAITING.name())).newestFirst("at"));
  }

  /** A delivery that was set aside. */
  public Optional<Delivery> get(String id) {
    return documents.get(id);
  }

  /** Its raw bytes, to be closed by the caller. */
  public Optional<InputStream> raw(Delivery delivery) {
    return delivery.raw().flatMap(blobs::open);
  }

  /** Notes what a person decided, or that it was read after all. */
  public Optional<Delivery> decide(String id, State state) {
    return documents.change(id, known -> known == null ? null : known.in(state));
  }
}
