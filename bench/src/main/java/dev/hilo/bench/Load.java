package dev.hilo.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A closed loop: so many at once, and the next one when one is done. Whoever is slow is offered
 * less, as a provider with a fixed number of connections does.
 */
final class Load {

  /** No load may take longer; whatever it measures is broken then. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** One unit of the load. */
  @FunctionalInterface
  interface Unit {
    /** Returns when the unit is done; throws if it failed for good. */
    void run(int index) throws Exception;
  }

  /**
   * What was measured.
   *
   * @param latencies of every unit, in no order
   */
  record Result(Instant began, Duration took, List<Duration> latencies) {
    double perSecond() {
      return rate(latencies.size(), took);
    }
  }

  private Load() {}

  /** How many in a second, if so many took so long. */
  static double rate(int count, Duration took) {
    return count / (took.toNanos() / 1e9);
  }

  /**
   * Runs the units from 0 to count - 1; the first failure ends it.
   *
   * @throws BenchException if a unit failed
   */
  static Result run(int count, int atOnce, Unit unit) {
    AtomicInteger next = new AtomicInteger();
    AtomicBoolean failed = new AtomicBoolean();
    Queue<Duration> latencies = new ConcurrentLinkedQueue<>();
    Instant began = Instant.now();
    long start = System.nanoTime();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<?>> loops =
          IntStream.range(0, Math.min(atOnce, count))
              .<Future<?>>mapToObj(
                  loop ->
                      threads.submit(
                          () -> {
                            int index;
                            while (!failed.get() && (index = next.getAndIncrement()) < count) {
                              long before = System.nanoTime();
                              try {
                                unit.run(index);
                              } catch (Exception e) {
                                failed.set(true);
                                throw e;
                              }
                              latencies.add(Duration.ofNanos(System.nanoTime() - before));
                            }
                            return null;
                          }))
              .toList();
      for (Future<?> loop : loops) {
        loop.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
      }
      return new Result(began, Duration.ofNanos(System.nanoTime() - start), List.copyOf(latencies));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BenchException known) {
        throw known;
      }
      throw new BenchException("a load failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new BenchException("a load of " + count + " took longer than " + LONGEST, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("stopped", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
