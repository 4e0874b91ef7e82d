package dev.hilo.inbox.reply;

import dev.hilo.inbox.store.StoreStartup;
import dev.hilo.inbox.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the template registry fresh. */
@Component
class TemplateSync {

  private static final Logger LOG = LoggerFactory.getLogger(TemplateSync.class);

  private final TemplateRegistry templates;
  private final StoreStartup store;

  TemplateSync(TemplateRegistry templates, StoreStartup store) {
    this.templates = templates;
    this.store = store;
  }

  @Scheduled(fixedDelayString = "${hilo.templates.look-every:60s}")
  void refresh() {
    if (!store.ready()) {
      return;
    }
    try {
      templates.refresh();
    } catch (StoreUnavailableException e) {
      LOG.warn("templates are not read: {}", e.getMessage());
    }
  }
}
