package dev.hilo.inbox.media;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes, now and then, what writers left that were killed in the middle of a file. */
@Component
class BlobSweep {

  private static final Logger LOG = LoggerFactory.getLogger(BlobSweep.class);

  /** No file takes this long to be written. */
  private static final Duration UNFINISHED_FOR = Duration.ofDays(1);

  private final Blobs blobs;
  private final Clock clock;

  BlobSweep(Blobs blobs, Clock clock) {
    this.blobs = blobs;
    this.clock = clock;
  }

  @Scheduled(initialDelay = 10, fixedDelay = 360, timeUnit = TimeUnit.MINUTES)
  void sweep() {
    try {
      int removed = blobs.sweep(clock.instant().minus(UNFINISHED_FOR));
      if (removed > 0) {
        LOG.info("{} unfinished files were removed", removed);
      }
    } catch (BlobsUnavailableException e) {
      LOG.warn("{}; tried again in six hours", e.getMessage());
    }
  }
}
