package dev.hilo.inbox.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.PolledChannel;
import dev.hilo.channel.PolledChannel.Outcome;
import dev.hilo.channel.RawDelivery;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.engine.EngineUnavailableException;
import dev.hilo.inbox.health.PayloadSamples;
import dev.hilo.inbox.media.BlobKey;
import dev.hilo.inbox.media.Blobs;
import dev.hilo.inbox.media.BlobsUnavailableException;
import dev.hilo.inbox.store.StoreUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The path of a delivery that a channel fetched itself: parse, keep the raw bytes, take the events.
 * What cannot be taken though everything around it works is set aside after a few attempts, so that
 * it is in nobody's way.
 */
@Component
public class PolledIntake {

  private static final Logger LOG = LoggerFactory.getLogger(PolledIntake.class);
  private static final String DELIVERIES = "hilo.deliveries";

  /** A fault of our own may pass; a poisonous delivery fails every time. */
  private static final int ATTEMPTS = 3;

  private final Channels channels;
  private final Ingest ingest;
  private final SetAside setAside;
  private final Blobs blobs;
  private final PayloadSamples samples;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Cache<String, AtomicInteger> failures =
      Caffeine.newBuilder().maximumSize(10_000).build();

  PolledIntake(
      Channels channels,
      Ingest ingest,
      SetAside setAside,
      Blobs blobs,
      PayloadSamples samples,
      MeterRegistry metrics,
      Clock clock) {
    this.channels = channels;
    this.ingest = ingest;
    this.setAside = setAside;
    this.blobs = blobs;
    this.samples = samples;
    this.metrics = metrics;
    this.clock = clock;
  }

  Outcome take(PolledChannel channel, AccountId account, RawDelivery delivery) throws IOException {
    return switch (channel.parse(delivery)) {
      case ParseResult.Refused refused -> {
        samples.keep(channel.type(), "refused: " + refused.refusal(), delivery.body());
        yield aside(channel, account, delivery, refused.detail());
      }
      case ParseResult.Ignored ignored -> {
        count(channel, "ignored");
        LOG.info("{} delivery ignored: {}", channel.type(), ignored.reason());
        yield Outcome.TAKEN;
      }
      case ParseResult.Events events -> {
        for (ParseResult.Skipped skipped : events.skipped()) {
          LOG.info("{} skipped {}: {}", channel.type(), skipped.kind(), skipped.reason());
          samples.keep(channel.type(), skipped.kind(), delivery.body());
        }
        yield take(channel, account, delivery, events.events());
      }
    };
  }

  private Outcome take(
      PolledChannel channel, AccountId account, RawDelivery delivery, List<ChannelEvent> events)
      throws IOException {
    try {
      for (ChannelEvent event : events) {
        if (event instanceof MessageReceived) {
          blobs.put(
              rawKey(event.header().id().value()),
              new ByteArrayInputStream(delivery.body()),
              Long.MAX_VALUE);
        }
      }
      ingest.take(events, delivery.receivedAt());
      count(channel, "acknowledged");
      return Outcome.TAKEN;
    } catch (StoreUnavailableException | EngineUnavailableException | BlobsUnavailableException e) {
      count(channel, "unavailable");
      throw new IOException("a part of Hilo does not answer: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      count(channel, "failed");
      LOG.error("{} delivery failed", channel.type(), e);
      String key = fingerprint(channel, account, delivery);
      if (failures.get(key, k -> new AtomicInteger()).incrementAndGet() < ATTEMPTS) {
        throw new IOException("the delivery could not be stored: " + e.getClass().getSimpleName());
      }
      failures.invalidate(key);
      return aside(channel, account, delivery, "it could not be stored: " + e.getClass().getName());
    }
  }

  /**
   * Reads a delivery again that was set aside.
   *
   * @return whether it was taken now
   * @throws IOException if it cannot be taken just now
   */
  public boolean again(SetAside.Delivery delivery) throws IOException {
    Optional<PolledChannel> channel =
        channels.channel(delivery.channel().value(), PolledChannel.class);
    Optional<InputStream> raw = setAside.raw(delivery);
    if (channel.isEmpty() || raw.isEmpty()) {
      return false;
    }
    byte[] body;
    try (InputStream in = raw.get()) {
      body = in.readAllBytes();
    }
    Outcome outcome =
        take(
            channel.get(),
            delivery.account(),
            new RawDelivery(
                Optional.of(delivery.account()), Map.of(), Map.of(), body, clock.instant()));
    if (outcome == Outcome.TAKEN) {
      setAside.decide(delivery.id(), SetAside.State.TAKEN);
    }
    return outcome == Outcome.TAKEN;
  }

  void setAside(
      PolledChannel channel, AccountId account, String reference, String reason, byte[] raw)
      throws IOException {
    try {
      setAside.keep(channel.type(), account, reference, reason, raw);
      count(channel, "set-aside");
    } catch (StoreUnavailableException | BlobsUnavailableException e) {
      throw new IOException("it cannot be set aside now: " + e.getMessage(), e);
    }
  }

  private Outcome aside(
      PolledChannel channel, AccountId account, RawDelivery delivery, String reason)
      throws IOException {
    setAside(channel, account, fingerprint(channel, account, delivery), reason, delivery.body());
    return Outcome.SET_ASIDE;
  }

  /** Where the raw bytes are that a message came in. */
  static BlobKey rawKey(String messageId) {
    return new BlobKey(messageId);
  }

  private static String fingerprint(
      PolledChannel channel, AccountId account, RawDelivery delivery) {
    return EventId.derive(
            channel.type(),
            account,
            "raw",
            new String(delivery.body(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .value();
  }

  private void count(PolledChannel channel, String outcome) {
    metrics.counter(DELIVERIES, "channel", channel.type().value(), "outcome", outcome).increment();
  }
}
