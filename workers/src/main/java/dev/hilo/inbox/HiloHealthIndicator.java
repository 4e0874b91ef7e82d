package dev.hilo.inbox;

import dev.hilo.inbox.engine.ModelDeployment;
import dev.hilo.inbox.store.StoreStartup;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up when messages can be taken: the store is migrated and the models are deployed. */
@Component
class HiloHealthIndicator implements HealthIndicator {

  private final StoreStartup store;
  private final ModelDeployment models;

  HiloHealthIndicator(StoreStartup store, ModelDeployment models) {
    this.store = store;
    this.models = models;
  }

  @Override
  public Health health() {
    Health.Builder health = store.ready() && models.deployed() ? Health.up() : Health.down();
    return health
        .withDetail("store", store.ready() ? "ready" : "not ready")
        .withDetail("models", models.deployed() ? "deployed" : "not deployed")
        .build();
  }
}
