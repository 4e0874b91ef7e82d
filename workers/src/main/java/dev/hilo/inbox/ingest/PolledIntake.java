package dev.hilo.inbox.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.PolledChannel;
import dev.hilo.channel.PolledChannel.Outcome;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.AliasKeys;
import dev.hilo.inbox.contact.Contacts;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** How many lanes go at once on this node: about as many as the engine takes messages from. */
  private static final int AT_ONCE = 16;

  private final Channels channels;
  private final Contacts contacts;
  private final Ingest ingest;
  private final SetAside setAside;
  private final Blobs blobs;
  private final PayloadSamples samples;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Cache<String, AtomicInteger> failures =
      Caffeine.newBuilder().maximumSize(10_000).build();

  PolledIntake(
      Channels channels,
      Contacts contacts,
      Ingest ingest,
      SetAside setAside,
      Blobs blobs,
      PayloadSamples samples,
      MeterRegistry metrics,
      Clock clock) {
    this.channels = channels;
    this.contacts = contacts;
    this.ingest = ingest;
    this.setAside = setAside;
    this.blobs = blobs;
    this.samples = samples;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Takes deliveries of an account: those that belong to one customer or one exchange of messages
   * one after the other, in their order, the others side by side. When one cannot be taken now,
   * none that comes after it in its lane is taken either.
   *
   * @return an outcome for each, in their order
   */
  List<Outcome> take(PolledChannel channel, AccountId account, List<RawDelivery> deliveries)
      throws InterruptedException {
    if (deliveries.isEmpty()) {
      return List.of();
    }
    try (ExecutorService sideBySide = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Read>> reading = new ArrayList<>();
      deliveries.forEach(delivery -> reading.add(() -> inTurn(() -> read(channel, delivery))));
      List<Read> reads = new ArrayList<>();
      for (Future<Read> read : sideBySide.invokeAll(reading)) {
        reads.add(result(read));
      }
      List<List<Integer>> parted;
      try {
        parted = lanes(reads);
      } catch (StoreUnavailableException e) {
        Outcome later = new Outcome.Later(unavailable(e));
        return deliveries.stream().map(delivery -> later).toList();
      }
      List<Callable<Map<Integer, Outcome>>> lanes = new ArrayList<>();
      for (List<Integer> lane : parted) {
        lanes.add(() -> inTurn(() -> take(channel, account, reads, lane)));
      }
      Map<Integer, Outcome> outcomes = new TreeMap<>();
      for (Future<Map<Integer, Outcome>> lane : sideBySide.invokeAll(lanes)) {
        outcomes.putAll(result(lane));
      }
      return List.copyOf(outcomes.values());
    }
  }

  private <T> T inTurn(Callable<T> work) throws Exception {
    places.acquire();
    try {
      return work.call();
    } finally {
      places.release();
    }
  }

  private static <T> T result(Future<T> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("a delivery was not taken", e.getCause());
    }
  }

  /** A delivery as its channel reads it. */
  private record Read(RawDelivery delivery, ParseResult result) {
    List<ChannelEvent> events() {
      return result instanceof ParseResult.Events read ? read.events() : List.of();
    }
  }

  private static Read read(PolledChannel channel, RawDelivery delivery) {
    try {
      return new Read(delivery, channel.parse(delivery));
    } catch (RuntimeException e) {
      LOG.error("{} delivery cannot be read", channel.type(), e);
      String detail = "it could not be read: " + e.getClass().getName();
      return new Read(delivery, new ParseResult.Refused(Refusal.MALFORMED, detail));
    }
  }

  /** What is from one customer, or about the same message, goes one after the other. */
  private List<List<Integer>> lanes(List<Read> reads) {
    // A customer may have several addresses.
    Map<ContactAddress, String> customers =
        contacts.ids(
            reads.stream()
                .flatMap(read -> read.events().stream())
                .flatMap(event -> event.header().sender().vouched())
                .toList());
    return Lanes.of(
        reads.stream()
            .map(
                read ->
                    read.events().stream()
                        .flatMap(event -> keys(event, customers))
                        .collect(Collectors.toSet()))
            .toList());
  }

  private static Stream<String> keys(ChannelEvent event, Map<ContactAddress, String> customers) {
    Stream<String> senders =
        event
            .header()
            .sender()
            .vouched()
            .flatMap(
                address ->
                    Stream.concat(
                        Stream.of(AliasKeys.of(address)),
                        Stream.ofNullable(customers.get(address)).map(id -> "contact:" + id)));
    if (event instanceof MessageReceived message) {
      Stream<ExternalId> messages =
          Stream.of(
                  Stream.of(message.externalId()),
                  message.replyTo().stream(),
                  message.envelope().stream().flatMap(known -> known.references().stream()))
              .flatMap(ids -> ids);
      return Stream.concat(senders, messages.map(id -> "message:" + id.value()));
    }
    return senders;
  }

  private Map<Integer, Outcome> take(
      PolledChannel channel, AccountId account, List<Read> reads, List<Integer> lane) {
    Map<Integer, Outcome> outcomes = new HashMap<>();
    Optional<IOException> later = Optional.empty();
    for (int place : lane) {
      if (later.isEmpty()) {
        try {
          Read read = reads.get(place);
          outcomes.put(place, take(channel, account, read.delivery(), read.result()));
          continue;
        } catch (IOException e) {
          later = Optional.of(e);
        }
      }
      outcomes.put(place, new Outcome.Later(later.get()));
    }
    return outcomes;
  }

  private Outcome take(
      PolledChannel channel, AccountId account, RawDelivery delivery, ParseResult result)
      throws IOException {
    return switch (result) {
      case ParseResult.Refused refused -> {
        samples.keep(channel.type(), "refused: " + refused.refusal(), delivery.body());
        yield aside(channel, account, delivery, refused.detail());
      }
      case ParseResult.Ignored ignored -> {
        count(channel, "ignored");
        LOG.info("{} delivery ignored: {}", channel.type(), ignored.reason());
        yield new Outcome.Taken();
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
      return new Outcome.Taken();
    } catch (StoreUnavailableException | EngineUnavailableException | BlobsUnavailableException e) {
      count(channel, "unavailable");
      throw unavailable(e);
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
    RawDelivery once =
        new RawDelivery(Optional.of(delivery.account()), Map.of(), Map.of(), body, clock.instant());
    Outcome outcome = take(channel.get(), delivery.account(), once, channel.get().parse(once));
    boolean taken = outcome instanceof Outcome.Taken;
    if (taken) {
      setAside.decide(delivery.id(), SetAside.State.TAKEN);
    }
    return taken;
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
    return new Outcome.SetAside();
  }

  private static IOException unavailable(RuntimeException e) {
    return new IOException("a part of Hilo does not answer: " + e.getMessage(), e);
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
