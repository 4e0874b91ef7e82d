package dev.hilo.simulators.whatsapp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Counts sends: so many a second for a business number, so many to one customer. */
final class SendLimits {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Bucket> numbers = new HashMap<>();
  private final Map<String, Bucket> pairs = new HashMap<>();

  /** So many tokens were left at that time. */
  private record Bucket(double tokens, Instant at) {}

  SendLimits(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes one send of both limits, or says which one is used up; then nothing is taken. */
  Optional<GraphError> take(String number, String recipient, Behaviour.Limits limits) {
    Instant now = clock.instant();
    Duration perMessage =
        limits.messagesPerSecond() == 0
            ? Duration.ZERO
            : SECOND.dividedBy(limits.messagesPerSecond());
    String pair = number + '>' + recipient;
    lock.lock();
    try {
      double throughput = left(numbers.get(number), now, limits.messagesPerSecond(), perMessage);
      double ofPair = left(pairs.get(pair), now, limits.pairBurst(), limits.pairEvery());
      if (limits.messagesPerSecond() > 0 && throughput < 1) {
        return Optional.of(GraphError.of(130429));
      }
      if (limits.pairBurst() > 0 && ofPair < 1) {
        return Optional.of(GraphError.of(131056));
      }
      numbers.put(number, new Bucket(throughput - 1, now));
      pairs.put(pair, new Bucket(ofPair - 1, now));
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** How much of the throughput is used, in per cent: for the usage headers. */
  int percentUsed(String number, Behaviour.Limits limits) {
    if (limits.messagesPerSecond() == 0) {
      return 0;
    }
    lock.lock();
    try {
      Duration perMessage = SECOND.dividedBy(limits.messagesPerSecond());
      double left =
          left(numbers.get(number), clock.instant(), limits.messagesPerSecond(), perMessage);
      return (int) Math.round(100 * (1 - left / limits.messagesPerSecond()));
    } finally {
      lock.unlock();
    }
  }

  void reset() {
    lock.lock();
    try {
      numbers.clear();
      pairs.clear();
    } finally {
      lock.unlock();
    }
  }

  private static double left(@Nullable Bucket bucket, Instant now, int full, Duration perToken) {
    if (bucket == null) {
      return full;
    }
    if (perToken.isZero()) {
      return full;
    }
    double grown = (double) Duration.between(bucket.at(), now).toNanos() / perToken.toNanos();
    return Math.min(full, bucket.tokens() + Math.max(0, grown));
  }
}
