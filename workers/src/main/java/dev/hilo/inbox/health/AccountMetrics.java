package dev.hilo.inbox.health;

import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.store.StoreStartup;
import dev.hilo.inbox.store.StoreUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How every account is, as numbers to alert on; a silence that is unusual is logged once. */
@Component
class AccountMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(AccountMetrics.class);

  private final Channels channels;
  private final AccountHealths health;
  private final StoreStartup store;
  private final Clock clock;
  private final MultiGauge connected;
  private final MultiGauge stopped;
  private final MultiGauge silent;
  private final MultiGauge setAside;
  private final MultiGauge access;
  private final Set<String> silences = ConcurrentHashMap.newKeySet();

  AccountMetrics(
      Channels channels,
      AccountHealths health,
      StoreStartup store,
      MeterRegistry metrics,
      Clock clock) {
    this.channels = channels;
    this.health = health;
    this.store = store;
    this.clock = clock;
    this.connected = MultiGauge.builder("hilo.account.connected").register(metrics);
    this.stopped = MultiGauge.builder("hilo.account.stopped").register(metrics);
    this.silent = MultiGauge.builder("hilo.account.silent").register(metrics);
    this.setAside = MultiGauge.builder("hilo.account.set.aside").register(metrics);
    this.access =
        MultiGauge.builder("hilo.account.access.left").baseUnit("seconds").register(metrics);
  }

  @Scheduled(fixedDelayString = "${hilo.health.measure-every:30s}", initialDelay = 10_000)
  void measure() {
    if (!store.ready()) {
      return;
    }
    List<MultiGauge.Row<?>> connections = new ArrayList<>();
    List<MultiGauge.Row<?>> holds = new ArrayList<>();
    List<MultiGauge.Row<?>> silenced = new ArrayList<>();
    List<MultiGauge.Row<?>> aside = new ArrayList<>();
    List<MultiGauge.Row<?>> left = new ArrayList<>();
    try {
      Instant now = clock.instant();
      for (Account account : channels.accounts()) {
        AccountHealth known = health.of(account.channel(), account.id());
        Tags tags = Tags.of("channel", account.channel().value(), "account", account.id().value());
        known.connected().ifPresent(yes -> connections.add(MultiGauge.Row.of(tags, yes ? 1 : 0)));
        holds.add(MultiGauge.Row.of(tags, known.hold().isPresent() ? 1 : 0));
        silenced.add(MultiGauge.Row.of(tags, noticed(account, known, now) ? 1 : 0));
        aside.add(MultiGauge.Row.of(tags, known.setAside()));
        known
            .credentialsExpireAt()
            .ifPresent(
                end -> left.add(MultiGauge.Row.of(tags, Duration.between(now, end).toSeconds())));
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("accounts are not measured: {}", e.getMessage());
      return;
    }
    connected.register(connections, true);
    stopped.register(holds, true);
    silent.register(silenced, true);
    setAside.register(aside, true);
    access.register(left, true);
  }

  private boolean noticed(Account account, AccountHealth known, Instant now) {
    String id = account.channel() + "/" + account.id();
    boolean quiet = known.silent(now);
    if (quiet && silences.add(id)) {
      LOG.warn(
          "{} account {} has been silent for longer than is usual at this hour of the week",
          account.channel(),
          account.id());
    } else if (!quiet) {
      silences.remove(id);
    }
    return quiet;
  }
}
