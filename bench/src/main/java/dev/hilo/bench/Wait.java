package dev.hilo.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks again and again until something is there. */
final class Wait {

  private Wait() {}

  /**
   * The value, as soon as there is one.
   *
   * @param pause between two looks: how exact the moment is
   * @param what for the error: what did not happen
   * @throws BenchException if it did not happen in time
   */
  static <T> T until(
      Duration pause, Duration atMost, Supplier<String> what, Supplier<Optional<T>> look) {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() > end) {
        throw new BenchException("%s within %d s".formatted(what.get(), atMost.toSeconds()));
      }
      pause(pause);
    }
  }

  static void pause(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("stopped", e);
    }
  }
}
