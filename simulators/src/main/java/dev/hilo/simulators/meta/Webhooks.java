package dev.hilo.simulators.meta;

import dev.hilo.simulators.meta.WebhookDelivery.Attempt;
import dev.hilo.simulators.meta.WebhookDelivery.State;
import dev.hilo.simulators.time.Agenda;
import dev.hilo.simulators.time.Changes;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Sends signed webhooks until they are acknowledged with 200.
 *
 * <p>Source: developers.facebook.com, webhooks overview of WhatsApp: anything but 200 is delivered
 * again, less and less often, for up to 7 days (36 h for Messenger and Instagram); duplicates
 * happen, deliveries are concurrent and in no promised order. The schedule is ours, it is not
 * documented.
 */
public final class Webhooks {

  private static final Logger LOG = System.getLogger(Webhooks.class.getName());

  /** Acknowledged deliveries beyond that are forgotten, oldest first. */
  private static final int LOG_SIZE = 20_000;

  private final WebhookHttp http;
  private final Supplier<WebhookRules> rules;
  private final Agenda agenda;
  private final InstantSource clock;
  private final Changes changes;
  private final Consumer<String> acknowledged;
  private final BiConsumer<WebhookDelivery, Boolean> attempted;

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
   * @param attempted told of every attempt, and whether it was acknowledged
   */
  public Webhooks(
      WebhookHttp http,
      Supplier<WebhookRules> rules,
      Agenda agenda,
      InstantSource clock,
      Changes changes,
      Consumer<String> acknowledged,
      BiConsumer<WebhookDelivery, Boolean> attempted) {
    this.http = http;
    this.rules = rules;
    this.agenda = agenda;
    this.clock = clock;
    this.changes = changes;
    this.acknowledged = acknowledged;
    this.attempted = attempted;
  }

  /** Sends a body of ours, as often as the rules say. */
  public void send(String kind, byte[] body, String signature, List<String> messages) {
    WebhookRules current = rules.get();
    lock.lock();
    try {
      for (int copy = 0; copy < current.copies(); copy++) {
        enqueueNew(kind, body, Optional.of(signature), true, messages, current.delay());
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
   * @param messages the customers' messages in it
   */
  public WebhookDelivery inject(
      byte[] body, Optional<String> signature, boolean retry, List<String> messages) {
    lock.lock();
    try {
      String kind = messages.isEmpty() ? "raw" : "message";
      return enqueueNew(kind, body, signature, retry, messages, Duration.ZERO);
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
                      old.messages(),
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
      List<String> messages,
      Duration delay) {
    lastId++;
    WebhookDelivery delivery =
        new WebhookDelivery(
            lastId, kind, body, signature, retry, messages, State.PENDING, List.of());
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
    int parallel = rules.get().parallel();
    while (underWay < parallel && !queue.isEmpty()) {
      WebhookDelivery next = log.get(queue.remove());
      if (next != null && next.state() == State.PENDING) {
        underWay++;
        long now = life;
        agenda.in(Duration.ZERO, () -> attempt(next, now));
      }
    }
  }

  /** Gives up what is on its way and of that kind; tells how many. */
  public int giveUp(Predicate<WebhookDelivery> concerned) {
    lock.lock();
    try {
      List<WebhookDelivery> open = pending().stream().filter(concerned).toList();
      open.forEach(one -> log.put(one.id(), one.in(State.GIVEN_UP)));
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  private void attempt(WebhookDelivery delivery, long startedIn) {
    Instant start = clock.instant();
    long nanos = System.nanoTime();
    WebhookHttp.Answer answer =
        http.post(delivery.payload(), delivery.signature(), rules.get().timeout());
    long latency = Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    boolean good = answer.status() == 200;
    if (good) {
      delivery.messages().forEach(acknowledged);
    }
    boolean current;
    lock.lock();
    try {
      current = startedIn == life;
      if (current) {
        underWay--;
        record(delivery, new Attempt(start, answer.status(), latency, answer.problem()));
      }
      startMore();
    } finally {
      lock.unlock();
    }
    if (current) {
      attempted.accept(delivery, good);
    }
    changes.signal();
  }

  private void record(WebhookDelivery delivery, Attempt attempt) {
    WebhookDelivery known = log.get(delivery.id());
    if (known != null && known.state() == State.GIVEN_UP) {
      log.put(delivery.id(), known.after(attempt, State.GIVEN_UP));
      return;
    }
    if (attempt.http() == 200) {
      log.put(delivery.id(), delivery.after(attempt, State.ACKNOWLEDGED));
      return;
    }
    WebhookRules current = rules.get();
    int failures = delivery.attempts().size() + 1;
    Duration pause = current.pauseAfter(failures);
    Instant first =
        delivery.attempts().isEmpty() ? attempt.at() : delivery.attempts().getFirst().at();
    boolean over = attempt.at().plus(pause).isAfter(first.plus(current.giveUpAfter()));
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

  public void clear() {
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

  public List<WebhookDelivery> pending() {
    lock.lock();
    try {
      return log.values().stream().filter(delivery -> delivery.state() == State.PENDING).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Goes on with deliveries of an earlier life, under new ids. */
  public void restore(Collection<WebhookDelivery> saved) {
    lock.lock();
    try {
      for (WebhookDelivery old : saved) {
        enqueueNew(
            old.kind(), old.payload(), old.signature(), old.retry(), old.messages(), Duration.ZERO);
      }
    } finally {
      lock.unlock();
    }
  }
}
