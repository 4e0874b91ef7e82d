package dev.hilo.simulators.control;

import dev.hilo.simulators.http.Call;
import dev.hilo.simulators.time.Changes;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Answers that come when a list is long enough: {@code atLeast} and {@code within}. */
public final class Waiting {

  private static final Duration USUAL = Duration.ofSeconds(10);

  private Waiting() {}

  /** Looks until it is long enough or the time is over; answers with what there is then. */
  public static <T> T forList(Changes changes, Call call, Supplier<T> look, ToIntFunction<T> size)
      throws InterruptedException {
    int atLeast = call.queryNumber("atLeast", 0);
    Duration within = call.queryDuration("within", atLeast > 0 ? USUAL : Duration.ZERO);
    return changes.await(look, seen -> size.applyAsInt(seen) >= atLeast, within);
  }
}
