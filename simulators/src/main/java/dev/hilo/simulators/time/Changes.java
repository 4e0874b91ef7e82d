package dev.hilo.simulators.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Lets callers wait until something that others change looks as they want it. */
public final class Changes {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicLong version = new AtomicLong();

  /** How many changes there were. */
  public long count() {
    return version.get();
  }

  /** To be called after every change; may be called under other locks. */
  public void signal() {
    lock.lock();
    try {
      version.incrementAndGet();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Looks until it is enough or the time is over.
   *
   * @return what was seen last, enough or not
   */
  public <T> T await(Supplier<T> look, Predicate<T> enough, Duration within)
      throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      long before = version.get();
      T seen = look.get();
      if (enough.test(seen) || !awaitOtherThan(before, deadline)) {
        return seen;
      }
    }
  }

  private boolean awaitOtherThan(long before, long deadline) throws InterruptedException {
    lock.lock();
    try {
      long left = deadline - System.nanoTime();
      while (version.get() == before && left > 0) {
        left = changed.awaitNanos(left);
      }
      return version.get() != before;
    } finally {
      lock.unlock();
    }
  }
}
