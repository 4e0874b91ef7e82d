package dev.hilo.simulators.meta;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Counts sends of each business: a bucket that holds one second's worth and fills steadily. */
final class RateMeter {

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Bucket> buckets = new HashMap<>();

  /** So many tokens were left at that time. */
  private record Bucket(double tokens, Instant at) {}

  RateMeter(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes one; false when the second is used up. */
  boolean take(String bucket, int perSecond) {
    if (perSecond == 0) {
      return true;
    }
    lock.lock();
    try {
      Instant now = clock.instant();
      double left = left(bucket, now, perSecond);
      if (left < 1) {
        return false;
      }
      buckets.put(bucket, new Bucket(left - 1, now));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** How much is used, in per cent. */
  int percentUsed(String bucket, int perSecond) {
    if (perSecond == 0) {
      return 0;
    }
    lock.lock();
    try {
      return (int) Math.round(100 * (1 - left(bucket, clock.instant(), perSecond) / perSecond));
    } finally {
      lock.unlock();
    }
  }

  private double left(String name, Instant now, int perSecond) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      return perSecond;
    }
    double seconds = Duration.between(bucket.at(), now).toNanos() / 1e9;
    return Math.min(perSecond, bucket.tokens() + Math.max(0, seconds) * perSecond);
  }

  void reset() {
    lock.lock();
    try {
      buckets.clear();
    } finally {
      lock.unlock();
    }
  }
}
