package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
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

/**
 * Collects updates, shuffles them if asked for, and puts them into POSTs.
 *
 * @param <T> an update
 */
public final class Gathering<T> {

  private final Webhooks webhooks;
  private final Supplier<WebhookRules> rules;
  private final Agenda agenda;
  private final Packing<T> packing;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<T> gathered = new ArrayList<>();
  private boolean flushPlanned;
  private Random random = new Random(1);

  /**
   * How updates become POSTs.
   *
   * @param <T> an update
   */
  public interface Packing<T> {

    /** Only updates of one owner share a POST. */
    Object owner(T update);

    /** Puts a batch of one owner, at least one, into a body. */
    Post pack(List<T> batch, WebhookRules.BatchAs as);
  }

  /**
   * One POST to be.
   *
   * @param kind see {@link WebhookDelivery}
   * @param messages the ids of the customers' messages in it
   */
  public record Post(String kind, ObjectNode body, String appSecret, List<String> messages) {}

  /** Collects nothing yet. */
  public Gathering(
      Webhooks webhooks, Supplier<WebhookRules> rules, Agenda agenda, Packing<T> packing) {
    this.webhooks = webhooks;
    this.rules = rules;
    this.agenda = agenda;
    this.packing = packing;
  }

  /** Sends these, alone or with others, as the rules say. */
  public void submit(List<T> updates) {
    WebhookRules current = rules.get();
    lock.lock();
    try {
      gathered.addAll(updates);
      int enough = Math.max(current.gather(), current.batchSize());
      if (current.hold()) {
        return;
      }
      if (gathered.size() >= enough) {
        flush(current);
      } else if (!flushPlanned) {
        flushPlanned = true;
        agenda.in(current.gatherFor(), this::flushPlanned);
      }
    } finally {
      lock.unlock();
    }
  }

  private void flushPlanned() {
    lock.lock();
    try {
      flushPlanned = false;
      WebhookRules current = rules.get();
      if (!current.hold()) {
        flush(current);
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
      flush(rules.get());
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** A new start for shuffles. */
  public void reseed(long seed) {
    lock.lock();
    try {
      random = new Random(seed);
    } finally {
      lock.unlock();
    }
  }

  private void flush(WebhookRules current) {
    List<T> updates = new ArrayList<>(gathered);
    gathered.clear();
    if (current.shuffle()) {
      Collections.shuffle(updates, random);
    }
    // One POST belongs to one app and one business account.
    Map<Object, List<T>> byOwner =
        updates.stream()
            .collect(
                Collectors.groupingBy(packing::owner, LinkedHashMap::new, Collectors.toList()));
    for (List<T> own : byOwner.values()) {
      for (int from = 0; from < own.size(); from += current.batchSize()) {
        List<T> batch = own.subList(from, Math.min(own.size(), from + current.batchSize()));
        Post post = packing.pack(batch, current.batchAs());
        byte[] body = Json.metaBytes(post.body());
        webhooks.send(post.kind(), body, Signature.of(body, post.appSecret()), post.messages());
      }
    }
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

  public void clear() {
    lock.lock();
    try {
      gathered.clear();
      flushPlanned = false;
    } finally {
      lock.unlock();
    }
  }
}
