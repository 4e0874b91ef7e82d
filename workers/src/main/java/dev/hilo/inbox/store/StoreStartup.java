package dev.hilo.inbox.store;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.elasticsearch.client.RestClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Applies the migrations as soon as the store answers, and says whether it has. */
@Component
public class StoreStartup {

  private static final Logger LOG = LoggerFactory.getLogger(StoreStartup.class);

  private final Migrations migrations;
  private final AtomicBoolean ready = new AtomicBoolean();

  StoreStartup(RestClient rest, StoreSettings settings) {
    this.migrations = new Migrations(rest, settings.prefix(), settings.replicas());
  }

  /** Whether the store is at the newest version; nothing may be written before. */
  public boolean ready() {
    return ready.get();
  }

  @Scheduled(fixedDelay = 1000)
  void migrateUntilReady() {
    if (ready.get()) {
      return;
    }
    try {
      migrations.apply();
      ready.set(true);
      LOG.info("store is ready");
    } catch (IOException e) {
      LOG.warn("store is not ready yet: {}", e.getMessage());
    }
  }
}
