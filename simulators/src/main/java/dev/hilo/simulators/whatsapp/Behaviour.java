package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hilo.simulators.meta.WebhookRules;
import java.time.Duration;

/**
 * How the stand-in behaves; changed while it runs.
 *
 * @param window what happens to free text outside the 24 hours
 * @param unknownNumbers what happens to a send to a number that nobody has
 * @param userIds whether customers get a business-scoped id of their own unless one is given
 */
public record Behaviour(
    Window window,
    UnknownNumbers unknownNumbers,
    boolean userIds,
    Limits limits,
    StatusRules statuses,
    WebhookRules webhooks) {

  /** Free text outside the customer service window. */
  public enum Window {
    /** Accepted, then a {@code failed} status 131047, as the real one does. */
    @JsonProperty("status")
    STATUS,
    /** Answered with the error 131047 at once. */
    @JsonProperty("error")
    ERROR,
    /** Delivered all the same. */
    @JsonProperty("off")
    OFF
  }

  /** A send to a number without WhatsApp. */
  public enum UnknownNumbers {
    /** Accepted, then a {@code failed} status 131026, as the real one does. */
    @JsonProperty("fail")
    FAIL,
    /** A phone is made for it. */
    @JsonProperty("create")
    CREATE
  }

  /**
   * Send limits; 0 is no limit.
   *
   * @param messagesPerSecond of one business number
   * @param pairBurst how many messages to one customer may come at once
   * @param pairEvery how long until one more is allowed
   */
  public record Limits(int messagesPerSecond, int pairBurst, Duration pairEvery) {
    public Limits {
      notNegative("limits.messagesPerSecond", messagesPerSecond);
      notNegative("limits.pairBurst", pairBurst);
      notNegative("limits.pairEvery", pairEvery);
    }
  }

  /** In which order the statuses of one message leave. */
  public enum Order {
    @JsonProperty("natural")
    NATURAL,
    @JsonProperty("reversed")
    REVERSED,
    @JsonProperty("shuffled")
    SHUFFLED
  }

  /**
   * Status webhooks.
   *
   * @param delay between a message's states
   * @param copies how often each is sent, at least 1
   * @param hold kept back until released
   * @param autoRead phones that are on read at once, as if looked at
   */
  public record StatusRules(
      Duration delay, Order order, int copies, boolean hold, boolean autoRead) {
    public StatusRules {
      notNegative("statuses.delay", delay);
      atLeastOne("statuses.copies", copies);
    }
  }

  /**
   * As the real platform, where its behaviour is known: 80 messages/s and 7 days of retries are
   * documented, the pair limit is hearsay, the retries' schedule is not documented at all.
   */
  public static Behaviour standard() {
    return new Behaviour(
        Window.STATUS,
        UnknownNumbers.FAIL,
        true,
        new Limits(80, 45, Duration.ofSeconds(6)),
        new StatusRules(Duration.ofMillis(150), Order.NATURAL, 1, false, false),
        new WebhookRules(
            1,
            WebhookRules.BatchAs.CHANGES,
            1,
            Duration.ofSeconds(1),
            1,
            Duration.ZERO,
            false,
            false,
            64,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofDays(7),
            1));
  }

  private static void notNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + ": not negative, got " + value);
    }
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
}
