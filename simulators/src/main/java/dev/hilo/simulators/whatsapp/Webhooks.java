package dev.hilo.simulators.whatsapp;

import dev.hilo.simulators.time.Agenda;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.whatsapp.WebhookDelivery.Attempt;
import dev.hilo.simulators.whatsapp.WebhookDelivery.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Sends signed webhooks until they are acknowledged with 200.
 *
 * <p>Source: developers.facebook.com, webhooks overview of WhatsApp: anything but 200 is delivered
 * again, less and less often, for up to 7 days; duplicates happen, deliveries are concurrent and in
 * no promised order. The schedule is ours, it is not documented.
 */
public final class Webhooks {

  private static final Logger LOG = System.getLogger(Webhooks.class.getName());

  /** Acknowledged deliveries beyond that are forgotten, oldest first. */
  private static final int LOG_SIZE = 20_000;

  private final WebhookHttp http;
  private final Supplier<Behaviour> behaviour;
  private final Agenda agenda;
  private final InstantSource clock;
  private final Changes changes;
  private final Consumer<String> acknowledged;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, WebhookDelivery> log = new LinkedHashMap<>();
  private final Deque<Long> queue = new ArrayDeque<>();
  private int underWay;
  private long life;
  private long lastId;

  /**
   * Makes an idle sender.
   *
   * @param acknowledged told the id of each customer's message that arrived
   */
  Webhooks(
      WebhookHttp http,
      Supplier<Behaviour> behaviour,
      Agenda agenda,
      InstantSource clock,
      Changes changes,
      Consumer<String> acknowledged) {
    this.http = http;
    this.behaviour = behaviour;
    this.agenda = agenda;
    this.clock = clock;
    this.changes = changes;
    this.acknowledged = acknowledged;
  }

  /** Sends a body of ours, as often as the rules say. */
  void send(String kind, byte[] body, String signature, List<String> wamids) {
    Behaviour.WebhookRules rules = behaviour.get().webhooks();
    lock.lock();
    try {
      for (int copy = 0; copy < rules.copies(); copy++) {
        enqueueNew(kind, body, Optional.of(signature), true, wamids, rules.delay());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends any bytes.
   *
   * @param signature the header's value; empty: sent without
   * @param retry whether it is sent again until it is acknowledged
   * @param wamids the customers' messages in it
   */
  public WebhookDelivery inject(
      byte[] body, Optional<String> signature, boolean retry, List<String> wamids) {
    lock.lock();
    try {
      String kind = wamids.isEmpty() ? "raw" : "message";
      return enqueueNew(kind, body, signature, retry, wamids, Duration.ZERO);
    } finally {
      lock.unlock();
    }
  }

  /** Sends the same bytes with the same signature once more; empty: no such delivery. */
  public Optional<WebhookDelivery> redeliver(long id) {
    lock.lock();
    try {
      return Optional.ofNullable(log.get(id))
          .map(
              old ->
                  enqueueNew(
                      old.kind(),
                      old.payload(),
                      old.signature(),
                      old.retry(),
                      old.wamids(),
                      Duration.ZERO));
    } finally {
      lock.unlock();
    }
  }

  private WebhookDelivery enqueueNew(
      String kind,
      byte[] body,
      Optional<String> signature,
      boolean retry,
      List<String> wamids,
      Duration delay) {
    lastId++;
    WebhookDelivery delivery =
        new WebhookDelivery(lastId, kind, body, signature, retry, wamids, State.PENDING, List.of());
    log.put(lastId, delivery);
    forgetOldest();
    if (delay.isZero()) {
      enqueue(lastId);
    } else {
      long id = lastId;
      agenda.in(delay, () -> enqueue(id));
    }
    return delivery;
  }

  private void forgetOldest() {
    if (log.size() > LOG_SIZE) {
      var oldest = log.values().iterator();
      while (oldest.hasNext()) {
        if (oldest.next().state() != State.PENDING) {
          oldest.remove();
          return;
        }
      }
    }
  }

  private void enqueue(long id) {
    lock.lock();
    try {
      queue.add(id);
      startMore();
    } finally {
      lock.unlock();
    }
  }

  private void startMore() {
    int parallel = behaviour.get().webhooks().parallel();
    while (underWay < parallel && !queue.isEmpty()) {
      WebhookDelivery next = log.get(queue.remove());
      if (next != null) {
        underWay++;
        long now = life;
        agenda.in(Duration.ZERO, () -> attempt(next, now));
      }
    }
  }

  private void attempt(WebhookDelivery delivery, long startedIn) {
    Instant start = clock.instant();
    long nanos = System.nanoTime();
    WebhookHttp.Answer answer =
        http.post(delivery.payload(), delivery.signature(), behaviour.get().webhooks().timeout());
    long latency = Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    boolean good = answer.status() == 200;
    if (good) {
      delivery.wamids().forEach(acknowledged);
    }
    lock.lock();
    try {
      if (startedIn == life) {
        underWay--;
        record(delivery, new Attempt(start, answer.status(), latency, answer.problem()));
      }
      startMore();
    } finally {
      lock.unlock();
    }
    changes.signal();
  }

  private void record(WebhookDelivery delivery, Attempt attempt) {
    if (attempt.http() == 200) {
      log.put(delivery.id(), delivery.after(attempt, State.ACKNOWLEDGED));
      return;
    }
    Behaviour.WebhookRules rules = behaviour.get().webhooks();
    int failures = delivery.attempts().size() + 1;
    Duration pause = rules.pauseAfter(failures);
    Instant first =
        delivery.attempts().isEmpty() ? attempt.at() : delivery.attempts().getFirst().at();
    boolean over = attempt.at().plus(pause).isAfter(first.plus(rules.giveUpAfter()));
    boolean again = delivery.retry() && !over;
    log.put(delivery.id(), delivery.after(attempt, again ? State.PENDING : State.GIVEN_UP));
    // Once each: while Hilo is down there is enough to read.
    LOG.log(
        failures == 1 || !again ? Level.INFO : Level.DEBUG,
        "webhook {0} was not acknowledged (HTTP {1}, attempt {2}), {3}",
        delivery.id(),
        attempt.http(),
        failures,
        again ? "next in " + pause : "given up");
    if (again) {
      agenda.in(pause, () -> enqueue(delivery.id()));
    }
  }

  /** All deliveries that are remembered, oldest first. */
  public List<WebhookDelivery> all() {
    lock.lock();
    try {
      return List.copyOf(log.values());
    } finally {
      lock.unlock();
    }
  }

  /** How many deliveries are in each state. */
  public Map<State, Long> counts() {
    lock.lock();
    try {
      return log.values().stream()
          .collect(Collectors.groupingBy(WebhookDelivery::state, Collectors.counting()));
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      log.clear();
      queue.clear();
      underWay = 0;
      life++;
    } finally {
      lock.unlock();
    }
    changes.signal();
  }

  List<WebhookDelivery> pending() {
    lock.lock();
    try {
      return log.values().stream().filter(delivery -> delivery.state() == State.PENDING).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Goes on with deliveries of an earlier life, under new ids. */
  void restore(Collection<WebhookDelivery> saved) {
    lock.lock();
    try {
      for (WebhookDelivery old : saved) {
        enqueueNew(
            old.kind(), old.payload(), old.signature(), old.retry(), old.wamids(), Duration.ZERO);
      }
    } finally {
      lock.unlock();
    }
  }
}
