package dev.hilo.bench;

import dev.hilo.bench.Round.Inbound;
import dev.hilo.bench.Round.Singles;
import io.camunda.client.api.command.ClientStatusException;
import io.grpc.Status;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The loads, in turns, with everything undone between them. */
final class Measurement {

  /** The job after which the agent's task is made. */
  private static final String TASK_PREPARED = "prepare-task";

  /** The job that each message of a returning customer causes. */
  private static final String CONVERSATION_WOKEN = "wake-attend";

  private static final Duration COUNTER_PAUSE = Duration.ofMillis(50);
  private static final Duration TASK_PAUSE = Duration.ofMillis(20);
  private static final Duration BETWEEN_SINGLES = Duration.ofMillis(250);
  private static final Duration LONGEST_WORK = Duration.ofMinutes(3);
  private static final int CANCELS_IN_FLIGHT = 8;

  private final Options options;
  private final EngineAlone engine;
  private final LocalHttp http;
  private final URI counters;
  private final Provider provider;
  private final Store store;
  private final WebApps webApps;
  private final int run;
  private final String messagePrefix;
  private int customers;

  Measurement(
      Options options,
      Endpoints endpoints,
      EngineAlone engine,
      LocalHttp http,
      Provider provider,
      Store store,
      WebApps webApps,
      Instant started) {
    this.options = options;
    this.engine = engine;
    this.http = http;
    this.counters =
        endpoints.management().resolve("/actuator/prometheus?includedNames=" + JobCounters.METRIC);
    this.provider = provider;
    this.store = store;
    this.webApps = webApps;
    this.run = freeRun(started);
    this.messagePrefix = "wamid.BENCH" + started.toEpochMilli() + "-";
  }

  /** Numbers that no earlier run on the same data has used. */
  private int freeRun(Instant started) {
    int first = (int) (started.getEpochSecond() / 10 % Customer.RUNS);
    return IntStream.range(0, 100)
        .map(next -> (first + next) % Customer.RUNS)
        .filter(
            candidate ->
                !store.knows(
                    new Customer(candidate, 0), new Customer(candidate, Customer.CUSTOMERS - 1)))
        .findFirst()
        .orElseThrow(
            () -> new BenchException("the store is full of earlier runs; use './run --fresh'."));
  }

  /** Everything once, uncounted. */
  void warmUp() {
    round(options.warmUp(), 1);
  }

  /**
   * The engine alone, then Hilo.
   *
   * @throws LossException if a message was lost or doubled
   */
  Round round() {
    return round(options.messages(), options.singles());
  }

  private Round round(int messages, int singles) {
    EngineAlone.Result alone = engine.load(messages);
    List<Inbound> loads = cancelledAfter(sent -> loads(messages, sent));
    Singles measured =
        cancelledAfter(
            sent -> {
              settle(sent);
              return singles(singles, sent);
            });
    return new Round(alone, loads.get(0), loads.get(1), measured);
  }

  /** New customers, then the same ones again. */
  private List<Inbound> loads(int messages, List<CustomerMessage> sent) {
    settle(sent);
    List<Customer> all = IntStream.range(0, messages).mapToObj(index -> nextCustomer()).toList();
    Inbound fresh = inbound(all, TASK_PREPARED, sent);
    Inbound returning = inbound(all, CONVERSATION_WOKEN, sent);
    return List.of(fresh, returning);
  }

  /**
   * Runs a load, finds everything it sent in the store, and ends its conversations: also when it
   * fails.
   *
   * @param load adds to the list what it sends
   */
  private <T> T cancelledAfter(Function<List<CustomerMessage>, T> load) {
    int first = customers;
    List<CustomerMessage> sent = new ArrayList<>();
    T result;
    try {
      result = load.apply(sent);
      check(first, sent);
    } catch (RuntimeException e) {
      try {
        cancel(first);
      } catch (RuntimeException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
    cancel(first);
    return result;
  }

  private Inbound inbound(List<Customer> from, String job, List<CustomerMessage> sent) {
    int messages = from.size();
    List<CustomerMessage> mine =
        IntStream.range(0, messages)
            .mapToObj(index -> message(from.get(index), sent.size() + index))
            .toList();
    sent.addAll(mine);
    JobCounters before = jobs();
    long start = System.nanoTime();
    Load.Result acknowledged =
        Load.run(messages, options.concurrency(), index -> provider.deliver(mine.get(index)));
    long end =
        Wait.until(
            COUNTER_PAUSE,
            LONGEST_WORK,
            () -> {
              JobCounters now = jobs();
              return "%d messages were acknowledged, but the engine made only %d jobs '%s' and %d jobs are open; expected no more than %d"
                  .formatted(
                      messages, now.createdSince(before, job), job, now.open(), before.open());
            },
            () -> {
              JobCounters now = jobs();
              return now.createdSince(before, job) >= messages && now.open() <= before.open()
                  ? Optional.of(System.nanoTime())
                  : Optional.empty();
            });
    return new Inbound(acknowledged, Duration.ofNanos(end - start));
  }

  private Singles singles(int count, List<CustomerMessage> sent) {
    List<Duration> publish = new ArrayList<>();
    List<Duration> acknowledge = new ArrayList<>();
    List<Duration> created = new ArrayList<>();
    List<Duration> visible = new ArrayList<>();
    for (int single = 0; single < count; single++) {
      publish.add(engine.single());
      Wait.pause(BETWEEN_SINGLES);
      CustomerMessage message = message(nextCustomer(), sent.size());
      sent.add(message);
      Instant began = Instant.now();
      long start = System.nanoTime();
      provider.deliver(message);
      acknowledge.add(Duration.ofNanos(System.nanoTime() - start));
      Instant made = task(message.from());
      visible.add(Duration.ofNanos(System.nanoTime() - start));
      created.add(Duration.between(began, made));
      Wait.pause(BETWEEN_SINGLES);
    }
    return new Singles(
        List.copyOf(publish), List.copyOf(acknowledge), List.copyOf(created), List.copyOf(visible));
  }

  /**
   * Waits until everything that came before is through the engine, the exporter and both web apps:
   * they work in order, so one more customer's task tells.
   */
  private void settle(List<CustomerMessage> sent) {
    int number = customers;
    CustomerMessage message = message(nextCustomer(), sent.size());
    sent.add(message);
    provider.deliver(message);
    task(message.from());
    for (long key : processInstances(number)) {
      Wait.until(
          COUNTER_PAUSE,
          LONGEST_WORK,
          () -> "Operate does not show process instance " + key,
          () -> webApps.stateOf(key));
    }
  }

  private Instant task(Customer customer) {
    return Wait.until(
        TASK_PAUSE,
        LONGEST_WORK,
        () -> "Tasklist does not show a task of '" + customer.name() + "'",
        () -> webApps.taskOf(customer));
  }

  private void check(int first, Collection<CustomerMessage> sent) {
    store
        .inventory(new Customer(run, first), new Customer(run, customers - 1))
        .defect(sent)
        .ifPresent(
            defect -> {
              throw new LossException(defect);
            });
  }

  /** Ends the conversations of the customers from this number on, so that no task is left. */
  private void cancel(int first) {
    List<Long> open = processInstances(first);
    if (open.isEmpty()) {
      return;
    }
    Load.run(open.size(), CANCELS_IN_FLIGHT, index -> cancel(open.get(index)));
    Wait.until(
        COUNTER_PAUSE,
        LONGEST_WORK,
        () -> "Operate does not show that the bench's conversations are cancelled",
        () -> webApps.stateOf(open.get(open.size() - 1)).filter(state -> !state.equals("ACTIVE")));
  }

  private void cancel(long processInstance) {
    Duration pause = Duration.ofMillis(50);
    for (int attempt = 1; ; attempt++) {
      try {
        engine.client().newCancelInstanceCommand(processInstance).send().join();
        return;
      } catch (ClientStatusException e) {
        if (e.getStatusCode() == Status.Code.NOT_FOUND) {
          return;
        }
        if (attempt == 10) {
          throw new BenchException("the engine did not cancel " + processInstance, e);
        }
      }
      Wait.pause(pause);
      pause = pause.multipliedBy(2);
    }
  }

  /** A conversation's id is {@code conversation-} and its process instance's key. */
  private List<Long> processInstances(int first) {
    if (first == customers) {
      return List.of();
    }
    return store
        .inventory(new Customer(run, first), new Customer(run, customers - 1))
        .conversations()
        .values()
        .stream()
        .flatMap(Collection::stream)
        .map(id -> Long.valueOf(id.substring(id.indexOf('-') + 1)))
        .sorted()
        .toList();
  }

  private JobCounters jobs() {
    return JobCounters.parse(http.get(counters));
  }

  private Customer nextCustomer() {
    return new Customer(run, customers++);
  }

  private CustomerMessage message(Customer from, int number) {
    return new CustomerMessage(
        from,
        messagePrefix + from.number() + "-" + number,
        "Hola, mensaje " + number,
        Instant.now());
  }
}
