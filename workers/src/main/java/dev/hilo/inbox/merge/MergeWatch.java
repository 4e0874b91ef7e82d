package dev.hilo.inbox.merge;

import dev.hilo.inbox.contact.ContactRecord;
import dev.hilo.inbox.contact.ContactTree;
import dev.hilo.inbox.contact.IdentityChange;
import dev.hilo.inbox.engine.EngineUnavailableException;
import dev.hilo.inbox.engine.ModelDeployment;
import dev.hilo.inbox.store.StoreStartup;
import dev.hilo.inbox.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Finishes merges and splits whose node stopped in the middle. */
@Component
class MergeWatch {

  private static final Logger LOG = LoggerFactory.getLogger(MergeWatch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int BATCH = 200;

  private final ContactTree tree;
  private final Merges merges;
  private final StoreStartup store;
  private final ModelDeployment models;
  private final Clock clock;

  MergeWatch(
      ContactTree tree, Merges merges, StoreStartup store, ModelDeployment models, Clock clock) {
    this.tree = tree;
    this.merges = merges;
    this.store = store;
    this.models = models;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${hilo.merge-watch:10s}")
  void watch() {
    if (!store.ready() || !models.deployed()) {
      return;
    }
    try {
      for (ContactRecord found : tree.pendingSince(clock.instant().minus(PATIENCE), BATCH)) {
        // The search may be behind: what counts is what the contact says now.
        for (IdentityChange change : tree.record(found.id()).pending()) {
          LOG.warn("{} of contact {} was not finished; going on", change.kind(), found.id());
          merges.carryOut(change);
        }
      }
    } catch (StoreUnavailableException | EngineUnavailableException e) {
      LOG.warn("merge watch: {}", e.getMessage());
    }
  }
}
