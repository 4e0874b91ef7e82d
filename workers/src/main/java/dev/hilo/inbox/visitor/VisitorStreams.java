package dev.hilo.inbox.visitor;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.Contact;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.Proof;
import dev.hilo.inbox.ingest.VisitorProven;
import dev.hilo.inbox.store.StoreUnavailableException;
import dev.hilo.inbox.thread.MessageChanged;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.Threads;
import dev.hilo.inbox.visitor.AvailabilityReplies.AvailabilityReply;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The open connections of visitors on this node. What happens on this node is told at once; what
 * happens on another is found by looking into the store every second. The visitor's side drops what
 * it has seen, so telling twice does no harm and telling never is the only fault.
 */
@Component
class VisitorStreams {

  private static final Logger LOG = LoggerFactory.getLogger(VisitorStreams.class);

  /** The store shows a write after about a second; a look back further than that loses nothing. */
  private static final Duration OVERLAP = Duration.ofSeconds(10);

  private static final int BATCH = 500;

  private final Map<ContactAddress, Set<Connection>> open = new ConcurrentHashMap<>();
  private final Threads threads;
  private final Contacts contacts;
  private final Channels channels;
  private final VisitorMessages messages;
  private final AvailabilityReplies availability;
  private final Clock clock;

  VisitorStreams(
      Threads threads,
      Contacts contacts,
      Channels channels,
      VisitorMessages messages,
      AvailabilityReplies availability,
      Clock clock,
      MeterRegistry metrics) {
    this.threads = threads;
    this.contacts = contacts;
    this.channels = channels;
    this.messages = messages;
    this.availability = availability;
    this.clock = clock;
    metrics.gauge("hilo.visitors.connected", open, Map::size);
  }

  /** A one-time code has arrived. */
  record Proven(String label) {}

  /** Somebody writes to the visitor. */
  record Typing(String from) {}

  /** One open connection; a slow one must not hold up the others. */
  private static final class Connection {
    private final SseEmitter emitter;
    private final ChannelType channel;
    private final AccountId account;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable AvailabilityReply told;

    private Connection(SseEmitter emitter, ChannelType channel, AccountId account) {
      this.emitter = emitter;
      this.channel = channel;
      this.account = account;
    }

    private boolean send(SseEmitter.SseEventBuilder event) {
      turn.lock();
      try {
        emitter.send(event);
        return true;
      } catch (IOException | IllegalStateException e) {
        // The other side has gone; the container ends the connection.
        return false;
      } finally {
        turn.unlock();
      }
    }
  }

  /**
   * Opens a connection and tells everything after a position.
   *
   * @param after milliseconds since 1970, the last position that the visitor's side has; 0: all
   */
  SseEmitter open(ContactAddress visitor, ChannelType channel, AccountId account, long after) {
    SseEmitter emitter = new SseEmitter(0L);
    Connection connection = new Connection(emitter, channel, account);
    open.computeIfAbsent(visitor, v -> ConcurrentHashMap.newKeySet()).add(connection);
    emitter.onCompletion(() -> close(visitor, connection));
    emitter.onTimeout(() -> close(visitor, connection));
    emitter.onError(fault -> close(visitor, connection));
    connection.send(SseEmitter.event().comment("connected").reconnectTime(2000));
    tellAvailability(connection);
    Instant since = Instant.ofEpochMilli(Math.max(0, after)).minus(OVERLAP);
    // By the last change, not by the time of writing: an answer may be sent long after that.
    for (MessageRecord message : threads.latestChanges(visitor.key(), since, BATCH)) {
      tell(connection, message);
    }
    provenBy(visitor)
        .ifPresent(label -> connection.send(event("proven", clock.millis(), new Proven(label))));
    return emitter;
  }

  /** The channel whose address this visitor has shown to own, for a page that missed the moment. */
  private Optional<String> provenBy(ContactAddress visitor) {
    Optional<Contact> contact =
        contacts.find(visitor).filter(c -> c.proofOf(visitor).equals(Optional.of(Proof.PROVEN)));
    if (contact.isEmpty()) {
      return Optional.empty();
    }
    return threads.thread(contact.get().id()).reachable().stream()
        .filter(known -> known.address().kind() != ContactAddress.Kind.VISITOR)
        .filter(known -> contact.get().proofOf(known.address()).equals(Optional.of(Proof.PROVEN)))
        .flatMap(known -> channels.channel(known.channel()).stream())
        .map(channel -> channel.capabilities().label())
        .findFirst();
  }

  private void close(ContactAddress visitor, Connection connection) {
    open.computeIfPresent(
        visitor,
        (v, connections) -> {
          connections.remove(connection);
          return connections.isEmpty() ? null : connections;
        });
  }

  @EventListener
  void on(MessageChanged change) {
    MessageRecord message = change.message();
    for (Connection connection : open.getOrDefault(message.address(), Set.of())) {
      tell(connection, message);
    }
  }

  @EventListener
  void on(VisitorProven proven) {
    String label = channels.channel(proven.by()).map(c -> c.capabilities().label()).orElse("");
    for (Connection connection : open.getOrDefault(proven.visitor(), Set.of())) {
      connection.send(event("proven", clock.millis(), new Proven(label)));
    }
  }

  @Scheduled(fixedDelay = 1000)
  void lookForChangesElsewhere() {
    if (open.isEmpty()) {
      return;
    }
    List<String> keys = open.keySet().stream().map(ContactAddress::key).toList();
    try {
      for (int from = 0; from < keys.size(); from += BATCH) {
        List<String> some = keys.subList(from, Math.min(keys.size(), from + BATCH));
        Instant since = clock.instant().minus(OVERLAP);
        threads.changedSince(some, since, 10 * BATCH).stream()
            .map(MessageChanged::new)
            .forEach(this::on);
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("visitors' streams: {}", e.getMessage());
    }
  }

  @Scheduled(fixedDelay = 15_000)
  void keepAlive() {
    open.forEach(
        (visitor, connections) ->
            connections.forEach(
                connection -> {
                  if (!connection.send(SseEmitter.event().comment("alive"))) {
                    close(visitor, connection);
                  } else {
                    tellAvailability(connection);
                  }
                }));
  }

  private void tell(Connection connection, MessageRecord message) {
    messages
        .of(message)
        .ifPresent(told -> connection.send(event("message", told.position(), told)));
  }

  /** Whether somebody is on, when that is news on this connection. */
  private void tellAvailability(Connection connection) {
    AvailabilityReply now = availability.now(connection.channel, connection.account);
    if (!now.equals(connection.told)) {
      connection.told = now;
      connection.send(
          SseEmitter.event().name("availability").data(now, MediaType.APPLICATION_JSON));
    }
  }

  void showTyping(ContactAddress visitor) {
    for (Connection connection : open.getOrDefault(visitor, Set.of())) {
      connection.send(
          SseEmitter.event().name("typing").data(new Typing("agent"), MediaType.APPLICATION_JSON));
    }
  }

  private static SseEmitter.SseEventBuilder event(String name, long position, Object data) {
    return SseEmitter.event()
        .name(name)
        .id(Long.toString(position))
        .data(data, MediaType.APPLICATION_JSON);
  }
}
