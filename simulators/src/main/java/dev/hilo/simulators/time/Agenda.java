package dev.hilo.simulators.time;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Does things later, each in a virtual thread of its own. */
public final class Agenda implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Agenda.class.getName());

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("agenda").daemon().factory());
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong generation = new AtomicLong();

  public Agenda() {
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs it after the delay, unless everything is forgotten before. */
  public void in(Duration delay, Runnable task) {
    long planned = generation.get();
    Runnable run =
        () -> {
          if (planned == generation.get()) {
            run(task);
          }
        };
    try {
      if (delay.isZero() || delay.isNegative()) {
        workers.execute(run);
      } else {
        var unused =
            timer.schedule(() -> workers.execute(run), delay.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "not planned any more: the simulators are closing");
    }
  }

  /** What is planned will not be done. */
  public void forgetAll() {
    generation.incrementAndGet();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a planned task failed", e);
    }
  }

  @Override
  public void close() {
    forgetAll();
    timer.shutdownNow();
    workers.shutdownNow();
  }
}
