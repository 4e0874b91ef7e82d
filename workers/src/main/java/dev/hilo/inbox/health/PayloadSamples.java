package dev.hilo.inbox.health;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hilo.channel.ChannelType;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreQuery;
import dev.hilo.inbox.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What came that Hilo refused or did not know: counted by kind, and the last of each kind kept,
 * masked. A flood of them costs one write a minute and kind.
 */
@Component
public class PayloadSamples {

  private static final Logger LOG = LoggerFactory.getLogger(PayloadSamples.class);
  private static final Duration WRITE_EVERY = Duration.ofMinutes(1);
  private static final int MOST_KINDS = 500;
  private static final int LONGEST_KIND = 120;

  private final Documents<Sample> documents;
  private final Clock clock;
  private final Cache<String, Unwritten> unwritten =
      Caffeine.newBuilder().maximumSize(MOST_KINDS).build();

  /**
   * The last payload of a kind.
   *
   * @param kind what about it was refused or not known, by the provider's name
   * @param count how many came, ever; of a flood that ends, the last minute may be missing
   * @param payload masked
   */
  public record Sample(String channel, String kind, long count, Instant lastAt, String payload) {}

  private record Unwritten(AtomicLong count, AtomicLong writtenAt) {}

  public PayloadSamples(Store store, Clock clock) {
    this.documents = store.documents(Indexes.SAMPLES, Sample.class);
    this.clock = clock;
  }

  /**
   * Counts a payload, and keeps its shape. Never throws: the path of a message does not end here.
   */
  public void keep(ChannelType channel, String kind, byte[] body) {
    String shortKind = kind.length() <= LONGEST_KIND ? kind : kind.substring(0, LONGEST_KIND);
    String id = id(channel, shortKind);
    Unwritten of =
        unwritten.get(id, key -> new Unwritten(new AtomicLong(), new AtomicLong(Long.MIN_VALUE)));
    long count = of.count().incrementAndGet();
    long now = clock.millis();
    long last = of.writtenAt().get();
    boolean due = last == Long.MIN_VALUE || now - last >= WRITE_EVERY.toMillis();
    if (!due || !of.writtenAt().compareAndSet(last, now)) {
      return;
    }
    try {
      String payload = PayloadMask.of(body);
      documents.change(
          id,
          known ->
              new Sample(
                  channel.value(),
                  shortKind,
                  (known == null ? 0 : known.count()) + count,
                  clock.instant(),
                  payload));
      of.count().addAndGet(-count);
    } catch (StoreUnavailableException e) {
      LOG.warn("a sample of {} is not kept: {}", shortKind, e.getMessage());
    }
  }

  /** The kinds seen, newest first. */
  public List<Sample> all() {
    return documents.search(StoreQuery.ofSize(MOST_KINDS).newestFirst("lastAt"));
  }

  private static String id(ChannelType channel, String kind) {
    return channel
        + "-"
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(kind.getBytes(StandardCharsets.UTF_8));
  }
}
