package dev.hilo.inbox.conversation;

import dev.hilo.inbox.engine.Engine;
import dev.hilo.inbox.engine.EngineUnavailableException;
import dev.hilo.inbox.engine.ModelDeployment;
import dev.hilo.inbox.store.StoreStartup;
import dev.hilo.inbox.store.StoreUnavailableException;
import dev.hilo.inbox.thread.CustomerThread;
import dev.hilo.inbox.thread.Threads;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The net under the path in: a thread that has had news for a while and no open conversation is
 * published again. Needed only if a node died in the one gap that no step covers (see {@link
 * WakeAttendWorker}), or if the engine lost its data.
 */
@Component
class MailboxWatch {

  private static final Logger LOG = LoggerFactory.getLogger(MailboxWatch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final int BATCH = 200;

  private final Threads threads;
  private final Engine engine;
  private final StoreStartup store;
  private final ModelDeployment models;
  private final MeterRegistry metrics;
  private final Clock clock;

  MailboxWatch(
      Threads threads,
      Engine engine,
      StoreStartup store,
      ModelDeployment models,
      MeterRegistry metrics,
      Clock clock) {
    this.threads = threads;
    this.engine = engine;
    this.store = store;
    this.models = models;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${hilo.mailbox-watch:30s}")
  void watch() {
    if (!store.ready() || !models.deployed()) {
      return;
    }
    try {
      for (CustomerThread thread : threads.unhandledSince(clock.instant().minus(PATIENCE), BATCH)) {
        if (thread.mergedInto().isEmpty() && !thread.attended() && thread.hasNews()) {
          LOG.warn("contact {} has news and no conversation; publishing again", thread.contactId());
          metrics.counter("hilo.mailbox.watch.published").increment();
          engine.customerMessage(
              thread.contactId(), "watch:" + thread.contactId() + ":" + thread.lastNews());
        }
      }
    } catch (StoreUnavailableException | EngineUnavailableException e) {
      LOG.warn("mailbox watch: {}", e.getMessage());
    }
  }
}
