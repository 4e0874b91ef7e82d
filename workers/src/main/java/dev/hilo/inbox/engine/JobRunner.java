package dev.hilo.inbox.engine;

import dev.hilo.inbox.store.StoreUnavailableException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.exception.CamundaError;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The endings of a job, decided in one place: done; a passing fault, tried again after a growing
 * pause or rest; a bug, which becomes an incident at once instead of burning its retries.
 */
@Component
public class JobRunner {

  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Retries as drawn in the models: how far they are used up tells which attempt this is. */
  public static final int MODEL_RETRIES = 10;

  private static final Duration LONGEST_REST = Duration.ofSeconds(4);

  private final Resting resting;

  /** Waits for a while. */
  @FunctionalInterface
  interface Resting {
    void rest(Duration time) throws InterruptedException;
  }

  public JobRunner() {
    this(Thread::sleep);
  }

  JobRunner(Resting resting) {
    this.resting = resting;
  }

  /** A fault that passes; the job is tried again. */
  public static final class PassingFault extends RuntimeException {
    private final Duration pause;
    private final boolean growing;

    private PassingFault(String message, Duration pause, boolean growing) {
      super(message);
      this.pause = pause;
      this.growing = growing;
    }

    /**
     * Something failed that may work later.
     *
     * @param atLeast shortest pause before the next attempt; pauses grow with the attempts
     */
    public static PassingFault notBefore(String message, Duration atLeast) {
      return new PassingFault(message, atLeast, true);
    }

    /** Nothing failed, the work only has to look again after the same pause each time. */
    public static PassingFault lookAgain(String message, Duration pause) {
      return new PassingFault(message, pause, false);
    }
  }

  /**
   * Runs a job's work.
   *
   * <p>Retries of a passing fault never run out: a store that is down for an hour must not leave an
   * incident for every open conversation.
   */
  public <T> T run(ActivatedJob job, Supplier<T> work) {
    try {
      return work.get();
    } catch (PassingFault e) {
      throw e.growing ? later(job, e, e.pause) : retry(job, e, e.pause);
    } catch (StoreUnavailableException | EngineUnavailableException e) {
      throw onceRested(job, e);
    } catch (RuntimeException e) {
      LOG.error("job {} of {} failed for good", job.getKey(), job.getType(), e);
      throw CamundaError.jobError(
          e.getClass().getSimpleName() + ": " + e.getMessage(), Map.of(), 0, Duration.ZERO, e);
    }
  }

  /**
   * Rests here and not in the engine: Zeebe 8.6.0 was seen to forget jobs that were to rest for
   * seconds while others failed beside them, and every job needs the store. Short enough that the
   * jobs which wait behind do not run out of their time.
   */
  private RuntimeException onceRested(ActivatedJob job, RuntimeException e) {
    int attempt = Math.max(1, MODEL_RETRIES - job.getRetries() + 1);
    Duration rest = pause(attempt);
    rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    try {
      resting.rest(spread(rest, ThreadLocalRandom.current().nextDouble()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return retry(job, e, Duration.ZERO);
  }

  private static RuntimeException later(ActivatedJob job, RuntimeException e, Duration atLeast) {
    int attempt = Math.max(1, MODEL_RETRIES - job.getRetries() + 1);
    Duration pause = spread(pause(attempt), ThreadLocalRandom.current().nextDouble());
    if (pause.compareTo(atLeast) < 0) {
      pause = atLeast;
    }
    return retry(job, e, pause);
  }

  private static RuntimeException retry(ActivatedJob job, RuntimeException e, Duration pause) {
    int attempt = Math.max(1, MODEL_RETRIES - job.getRetries() + 1);
    LOG.info(
        "job {} of {}: attempt {}, again in {}: {}",
        job.getKey(),
        job.getType(),
        attempt,
        pause,
        e.getMessage());
    return CamundaError.jobError(
        String.valueOf(e.getMessage()), Map.of(), Math.max(1, job.getRetries() - 1), pause, e);
  }

  /**
   * Up to a quarter longer: what failed together does not come back together, neither to a store
   * that has just risen nor to the engine, which was seen to leave jobs behind whose pauses ended
   * within the same few milliseconds (Zeebe 8.6.0).
   */
  static Duration spread(Duration pause, double chance) {
    return pause.plusMillis(Math.round(pause.toMillis() * chance / 4));
  }

  /** Half a second, doubled for each attempt, at most half a minute. */
  static Duration pause(int attempt) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
