package dev.hilo.simulators.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The time that the stand-in believes it is: the machine's, moved by an offset. */
public final class SimulatorClock implements InstantSource {

  private final InstantSource base;
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  public SimulatorClock(InstantSource base) {
    this.base = base;
  }

  @Override
  public Instant instant() {
    return base.instant().plus(offset());
  }

  public Duration offset() {
    return offset.get();
  }

  /** Sets the offset; negative is the past. */
  public void moveTo(Duration newOffset) {
    offset.set(newOffset);
  }
}
