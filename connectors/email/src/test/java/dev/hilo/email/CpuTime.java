package dev.hilo.email;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What the calling thread has computed: unlike a clock, it does not run while others compute. */
record CpuTime(long nanos) {

  static CpuTime now() {
    return new CpuTime(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  Duration since() {
    return Duration.ofNanos(now().nanos - nanos);
  }
}
