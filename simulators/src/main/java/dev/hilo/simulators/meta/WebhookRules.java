package dev.hilo.simulators.meta;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * All webhooks.
 *
 * @param batchSize updates in one POST, 1 to 1000
 * @param gather updates collected before anything leaves (then shuffled, if asked for)
 * @param gatherFor how long is collected at most
 * @param copies how often each POST is sent, at least 1
 * @param delay before each first attempt
 * @param shuffle whether collected updates leave in a random order
 * @param hold kept back until released
 * @param parallel how many POSTs are under way at once; 1 keeps their order
 * @param timeout of one attempt
 * @param firstRetry after a failure; doubles each time
 * @param maxRetry the longest pause between attempts
 * @param giveUpAfter counted from the first attempt
 * @param seed of every shuffle
 */
public record WebhookRules(
    int batchSize,
    BatchAs batchAs,
    int gather,
    Duration gatherFor,
    int copies,
    Duration delay,
    boolean shuffle,
    boolean hold,
    int parallel,
    Duration timeout,
    Duration firstRetry,
    Duration maxRetry,
    Duration giveUpAfter,
    long seed) {
  public WebhookRules {
    atLeastOne("webhooks.batchSize", batchSize);
    if (batchSize > 1000) {
      throw new IllegalArgumentException("webhooks.batchSize: at most 1000, got " + batchSize);
    }
    atLeastOne("webhooks.gather", gather);
    atLeastOne("webhooks.copies", copies);
    atLeastOne("webhooks.parallel", parallel);
    notNegative("webhooks.gatherFor", gatherFor);
    notNegative("webhooks.delay", delay);
    notNegative("webhooks.giveUpAfter", giveUpAfter);
    positive("webhooks.timeout", timeout);
    positive("webhooks.firstRetry", firstRetry);
    positive("webhooks.maxRetry", maxRetry);
  }

  /** The pause after the given number of failures: doubling from the first to the longest. */
  public Duration pauseAfter(int failures) {
    Duration pause = firstRetry;
    for (int i = 1; i < failures && pause.compareTo(maxRetry) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(maxRetry) > 0 ? maxRetry : pause;
  }

  /** How several updates share one POST. */
  public enum BatchAs {
    /** One entry with several changes. */
    @JsonProperty("changes")
    CHANGES,
    /** Several entries with one change each. */
    @JsonProperty("entries")
    ENTRIES,
    /** One change with several messages and statuses. */
    @JsonProperty("messages")
    MESSAGES
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": at least 1, got " + value);
    }
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + ": not negative, got " + value);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + ": more than zero, got " + value);
    }
  }
}
