package dev.hilo.bench;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import io.camunda.client.api.worker.JobWorker;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The engine without Hilo: the least process there is, published and worked on through the same
 * client, with Hilo's own settings.
 */
final class EngineAlone implements AutoCloseable {

  /** Process, message and job type of {@code bench-baseline.bpmn}. */
  private static final String NAME = "bench-baseline";

  // As in Hilo's application.yml: publishes in flight, time to live, worker's defaults.
  private static final int PUBLISHES_IN_FLIGHT = 16;
  private static final Duration MESSAGE_TIME_TO_LIVE = Duration.ofHours(1);
  private static final int EXECUTION_THREADS = 8;
  private static final int MAX_JOBS_ACTIVE = 32;
  private static final Duration JOB_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration LONGEST_PUBLISH = Duration.ofSeconds(30);
  private static final Duration LONGEST_JOB = Duration.ofMinutes(2);
  private static final Set<Status.Code> PASSING =
      Set.of(
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.CANCELLED,
          Status.Code.ABORTED);

  private final CamundaClient client;
  private final String run;
  private final long definition;
  private final JobWorker worker;
  private final Map<String, CompletableFuture<Long>> done = new ConcurrentHashMap<>();
  private final AtomicInteger pushedBack = new AtomicInteger();
  private int published;

  /**
   * What was measured.
   *
   * @param published the publishing alone
   * @param took from the first publish to the last completed instance
   * @param done of each instance, from the begin of its publish to its completed job
   */
  record Result(Load.Result published, Duration took, Percentiles done) {
    double instancesPerSecond() {
      return Load.rate(published.latencies().size(), took);
    }
  }

  /**
   * Deploys the process and takes up its jobs.
   *
   * @param run makes the messages of this run different from those of every other
   */
  EngineAlone(Endpoints endpoints, String run) {
    this.run = run;
    this.client = client(endpoints);
    try {
      this.definition =
          client
              .newDeployResourceCommand()
              .addResourceFromClasspath("dev/hilo/bench/bench-baseline.bpmn")
              .send()
              .join()
              .getProcesses()
              .get(0)
              .getProcessDefinitionKey();
    } catch (RuntimeException e) {
      client.close();
      throw new BenchException(
          "the engine at %s does not take the bench's process: %s"
              .formatted(endpoints.zeebeGrpc(), e.getMessage()),
          e);
    }
    this.worker =
        client
            .newWorker()
            .jobType(NAME)
            .handler(this::complete)
            .name("hilo-bench")
            .timeout(JOB_TIMEOUT)
            .maxJobsActive(MAX_JOBS_ACTIVE)
            .fetchVariables("id")
            .streamEnabled(true)
            .open();
  }

  private static CamundaClient client(Endpoints endpoints) {
    return CamundaClient.newClientBuilder()
        .grpcAddress(endpoints.zeebeGrpc())
        .restAddress(endpoints.zeebeRest())
        .preferRestOverGrpc(false)
        .numJobWorkerExecutionThreads(EXECUTION_THREADS)
        .build();
  }

  CamundaClient client() {
    return client;
  }

  /** Publishes that the engine pushed back so far. */
  int pushedBack() {
    return pushedBack.get();
  }

  /** So many instances, as fast as they go through. */
  Result load(int count) {
    int first = published;
    published += count;
    long start = System.nanoTime();
    Map<String, Long> begins = new ConcurrentHashMap<>();
    Load.Result result =
        Load.run(
            count,
            PUBLISHES_IN_FLIGHT,
            index -> {
              String id = id(first + index);
              done.put(id, new CompletableFuture<>());
              begins.put(id, System.nanoTime());
              publish(id);
            });
    long last = start;
    List<Duration> each = new ArrayList<>();
    for (Map.Entry<String, Long> begin : begins.entrySet()) {
      long end = completed(begin.getKey());
      last = Math.max(last, end);
      each.add(Duration.ofNanos(end - begin.getValue()));
    }
    return new Result(result, Duration.ofNanos(last - start), Percentiles.of(each));
  }

  /** One instance by itself. Returns how long its publish took, when its job is completed. */
  Duration single() {
    String id = id(published++);
    done.put(id, new CompletableFuture<>());
    long start = System.nanoTime();
    try {
      publish(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("stopped", e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    completed(id);
    return took;
  }

  private String id(int number) {
    return NAME + "-" + run + "-" + number;
  }

  private long completed(String id) {
    try {
      CompletableFuture<Long> future = Objects.requireNonNull(done.get(id), id);
      long end = future.get(LONGEST_JOB.toSeconds(), TimeUnit.SECONDS);
      done.remove(id);
      return end;
    } catch (TimeoutException e) {
      throw new LossException(
          "the engine alone lost instance %s: its job was not completed in %d s."
              .formatted(id, LONGEST_JOB.toSeconds()));
    } catch (ExecutionException e) {
      throw new BenchException("the job of " + id + " failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("stopped", e);
    }
  }

  /** As Hilo does it: refused ones again after a growing, jittered pause. */
  private void publish(String id) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_PUBLISH.toNanos();
    Duration pause = Duration.ofMillis(20);
    while (true) {
      try {
        client
            .newPublishMessageCommand()
            .messageName(NAME)
            .correlationKey(id)
            .messageId(id)
            .timeToLive(MESSAGE_TIME_TO_LIVE)
            .variables(Map.of("id", id))
            .requestTimeout(LONGEST_PUBLISH)
            .send()
            .toCompletableFuture()
            .get();
        return;
      } catch (ExecutionException e) {
        Status.Code code = Status.fromThrowable(e).getCode();
        if (code == Status.Code.ALREADY_EXISTS) {
          return;
        }
        if (!PASSING.contains(code) || System.nanoTime() > end) {
          throw new BenchException("the engine did not take a message: " + e.getCause(), e);
        }
        pushedBack.incrementAndGet();
      }
      Wait.pause(
          pause.dividedBy(2).plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis())));
      pause = pause.multipliedBy(2);
    }
  }

  /** A completion that fails is left: the job comes again after its time. */
  private void complete(JobClient jobs, ActivatedJob job) {
    String id = String.valueOf(job.getVariable("id"));
    jobs.newCompleteCommand(job.getKey())
        .send()
        .thenAccept(
            completed -> {
              CompletableFuture<Long> waiting = done.get(id);
              if (waiting != null) {
                waiting.complete(System.nanoTime());
              }
            });
  }

  /** Takes the process away again; its instances are over. */
  void remove() {
    client.newDeleteResourceCommand(definition).send().join();
  }

  @Override
  public void close() {
    worker.close();
    client.close();
  }
}
