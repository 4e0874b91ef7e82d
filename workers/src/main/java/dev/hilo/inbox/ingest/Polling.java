package dev.hilo.inbox.ingest;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.CheckedChannel.Health;
import dev.hilo.channel.PolledChannel;
import dev.hilo.channel.PolledChannel.Outcome;
import dev.hilo.channel.RawDelivery;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.engine.ModelDeployment;
import dev.hilo.inbox.health.AccountHealths;
import dev.hilo.inbox.media.BlobsUnavailableException;
import dev.hilo.inbox.store.StoreStartup;
import dev.hilo.inbox.store.StoreUnavailableException;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Reads the accounts whose source does not call us: one thread an account, on one node at a time.
 * After a fault it waits a little longer each time, and never gives up.
 */
@Component
class Polling {

  private static final Logger LOG = LoggerFactory.getLogger(Polling.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** How often it is looked whether it is this node's turn, or still is. */
  private static final Duration LOOK = PollCursors.LEASE.dividedBy(4);

  private final Channels channels;
  private final PolledIntake intake;
  private final PollCursors cursors;
  private final AccountHealths health;
  private final StoreStartup store;
  private final ModelDeployment models;
  private final List<Thread> readers = new ArrayList<>();

  Polling(
      Channels channels,
      PolledIntake intake,
      PollCursors cursors,
      AccountHealths health,
      StoreStartup store,
      ModelDeployment models) {
    this.channels = channels;
    this.intake = intake;
    this.cursors = cursors;
    this.health = health;
    this.store = store;
    this.models = models;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    for (Account account : channels.accounts()) {
      channels
          .channel(account.channel().value(), PolledChannel.class)
          .ifPresent(
              channel ->
                  readers.add(
                      // Clients of such sources wait inside a monitor, which would hold a
                      // virtual thread's carrier on Java 21.
                      Thread.ofPlatform()
                          .daemon()
                          .name("poll-" + account.channel() + "-" + account.id())
                          .start(() -> read(channel, account.id()))));
    }
  }

  @PreDestroy
  void stop() {
    readers.forEach(Thread::interrupt);
  }

  private void read(PolledChannel channel, AccountId account) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        if (!store.ready() || !models.deployed()) {
          Thread.sleep(FIRST_PAUSE);
          continue;
        }
        if (!cursors.acquire(channel.type(), account)) {
          Thread.sleep(LOOK);
          continue;
        }
        Turn turn = new Turn(channel, account);
        try {
          channel.receive(account, turn);
        } finally {
          turn.end();
        }
        // A connection that ended without a fault is opened again at once.
        pause = FIRST_PAUSE;
      } catch (InterruptedException e) {
        releaseQuietly(channel.type(), account);
        return;
      } catch (IOException | StoreUnavailableException | BlobsUnavailableException e) {
        LOG.warn(
            "{} account {}: {}; again in {} s",
            channel.type(),
            account,
            e.getMessage(),
            pause.toSeconds());
        report(channel.type(), account, String.valueOf(e.getMessage()));
        pause = sleep(pause);
      } catch (RuntimeException e) {
        LOG.error("{} account {} cannot be read", channel.type(), account, e);
        report(channel.type(), account, e.getClass().getSimpleName());
        pause = sleep(pause);
      }
    }
  }

  private static Duration sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private void report(ChannelType channel, AccountId account, String detail) {
    try {
      health.checked(channel, account, Health.unreachable(detail));
    } catch (StoreUnavailableException e) {
      LOG.warn("how {} account {} is cannot be written: {}", channel, account, e.getMessage());
    }
  }

  private void releaseQuietly(ChannelType channel, AccountId account) {
    try {
      cursors.release(channel, account);
    } catch (RuntimeException e) {
      LOG.debug("the turn of {} account {} ends by itself", channel, account, e);
    }
  }

  /** One connection to an account's source, with the turn kept for as long as it lasts. */
  private final class Turn implements PolledChannel.Receiver {
    private final PolledChannel channel;
    private final AccountId account;
    private final Thread keeper;

    Turn(PolledChannel channel, AccountId account) {
      this.channel = channel;
      this.account = account;
      Thread reader = Thread.currentThread();
      this.keeper = Thread.ofVirtual().start(() -> keepTurn(reader));
    }

    private void keepTurn(Thread reader) {
      try {
        while (true) {
          Thread.sleep(LOOK);
          try {
            if (!cursors.acquire(channel.type(), account)) {
              LOG.warn("{} account {} is read by another node now", channel.type(), account);
              reader.interrupt();
              return;
            }
          } catch (StoreUnavailableException e) {
            LOG.warn("the turn of {} account {} is not kept", channel.type(), account);
          }
        }
      } catch (InterruptedException e) {
        // The connection has ended.
      }
    }

    void end() {
      keeper.interrupt();
    }

    @Override
    public Optional<String> cursor() {
      return cursors.read(channel.type(), account);
    }

    @Override
    public void keep(String cursor) {
      cursors.keep(channel.type(), account, cursor);
    }

    @Override
    public List<Outcome> take(List<RawDelivery> deliveries) throws InterruptedException {
      return intake.take(channel, account, deliveries);
    }

    @Override
    public void setAside(String reference, String reason, byte[] raw) throws IOException {
      intake.setAside(channel, account, reference, reason, raw);
    }

    @Override
    public void report(Health found) {
      health.checked(channel.type(), account, found);
    }
  }
}
