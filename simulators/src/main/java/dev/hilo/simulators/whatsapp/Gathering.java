package dev.hilo.simulators.whatsapp;

import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.meta.Signature;
import dev.hilo.simulators.meta.WebhookRules;
import dev.hilo.simulators.meta.Webhooks;
import dev.hilo.simulators.time.Agenda;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Collects updates, shuffles them if asked for, and puts them into POSTs. */
public final class Gathering {

  private final Webhooks webhooks;
  private final Supplier<Behaviour> behaviour;
  private final Agenda agenda;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Update> gathered = new ArrayList<>();
  private boolean flushPlanned;
  private Random random = new Random(1);

  Gathering(Webhooks webhooks, Supplier<Behaviour> behaviour, Agenda agenda) {
    this.webhooks = webhooks;
    this.behaviour = behaviour;
    this.agenda = agenda;
  }

  /** Sends these, alone or with others, as the rules say. */
  void submit(List<Update> updates) {
    WebhookRules rules = behaviour.get().webhooks();
    lock.lock();
    try {
      gathered.addAll(updates);
      int enough = Math.max(rules.gather(), rules.batchSize());
      if (rules.hold()) {
        return;
      }
      if (gathered.size() >= enough) {
        flush(rules);
      } else if (!flushPlanned) {
        flushPlanned = true;
        agenda.in(rules.gatherFor(), this::flushPlanned);
      }
    } finally {
      lock.unlock();
    }
  }

  private void flushPlanned() {
    lock.lock();
    try {
      flushPlanned = false;
      WebhookRules rules = behaviour.get().webhooks();
      if (!rules.hold()) {
        flush(rules);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends what is held back. */
  public int release() {
    lock.lock();
    try {
      int count = gathered.size();
      flush(behaviour.get().webhooks());
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** A new start for shuffles. */
  void reseed(long seed) {
    lock.lock();
    try {
      random = new Random(seed);
    } finally {
      lock.unlock();
    }
  }

  private void flush(WebhookRules rules) {
    List<Update> updates = new ArrayList<>(gathered);
    gathered.clear();
    if (rules.shuffle()) {
      Collections.shuffle(updates, random);
    }
    // One POST belongs to one app and one business account; with several changes in one value, to
    // one number.
    Map<BusinessNumber, List<Update>> byNumber =
        updates.stream()
            .collect(
                Collectors.groupingBy(Update::number, LinkedHashMap::new, Collectors.toList()));
    byNumber.forEach(
        (number, own) -> {
          for (int from = 0; from < own.size(); from += rules.batchSize()) {
            List<Update> batch = own.subList(from, Math.min(own.size(), from + rules.batchSize()));
            byte[] body = Json.metaBytes(Update.body(batch, rules.batchAs()));
            String signature = Signature.of(body, number.appSecret());
            List<String> wamids =
                batch.stream()
                    .filter(update -> update.array().equals("messages"))
                    .map(update -> update.content().path("id").asText())
                    .toList();
            webhooks.send(kind(batch), body, signature, wamids);
          }
        });
  }

  private static String kind(List<Update> batch) {
    List<String> kinds = batch.stream().map(Update::array).distinct().toList();
    return kinds.size() > 1 ? "mixed" : kinds.getFirst().equals("messages") ? "message" : "status";
  }

  /** What is collected and not on its way yet. */
  public int count() {
    lock.lock();
    try {
      return gathered.size();
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      gathered.clear();
      flushPlanned = false;
    } finally {
      lock.unlock();
    }
  }
}
