package dev.hilo.simulators.meta;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * How Messenger or Instagram behaves; changed while it runs.
 *
 * @param scale how many times faster than in reality webhooks are sent again, given up, and a page
 *     is unsubscribed
 * @param disableAfter how long webhooks fail until the app is unsubscribed
 */
public record MessagingRules(
    Window window,
    Limits limits,
    Events events,
    Media media,
    int scale,
    Duration disableAfter,
    WebhookRules webhooks) {

  public MessagingRules {
    if (scale < 1) {
      throw new IllegalArgumentException("scale: at least 1, got " + scale);
    }
    notNegative("disableAfter", disableAfter);
  }

  /** What happens to a message outside the window. */
  public enum Window {
    /** Refused, as the real ones do. */
    @JsonProperty("error")
    ERROR,
    /** Delivered all the same. */
    @JsonProperty("off")
    OFF
  }

  /** Sends of one business in a second; 0 is no limit. */
  public record Limits(int textPerSecond, int mediaPerSecond) {
    public Limits {
      if (textPerSecond < 0 || mediaPerSecond < 0) {
        throw new IllegalArgumentException("limits: not negative");
      }
    }
  }

  /**
   * What a business is told about its messages.
   *
   * @param delay until the echo, and again until the delivery
   * @param autoRead phones that are on show everything at once
   */
  public record Events(Duration delay, boolean autoRead) {
    public Events {
      notNegative("events.delay", delay);
    }
  }

  /**
   * Files.
   *
   * @param linkLife how long an address of a file works
   * @param maxImageBytes of an image that a business sends
   * @param maxFileBytes of anything else
   * @param fetchTimeout for getting a file from the business
   */
  public record Media(
      Duration linkLife, int maxImageBytes, int maxFileBytes, Duration fetchTimeout) {
    public Media {
      notNegative("media.linkLife", linkLife);
      notNegative("media.fetchTimeout", fetchTimeout);
    }
  }

  /**
   * As the real platform, where its behaviour is known: the retries' schedule and the life of file
   * addresses are not documented.
   */
  public static MessagingRules standard(Limits limits) {
    return new MessagingRules(
        Window.ERROR,
        limits,
        new Events(Duration.ofMillis(150), false),
        new Media(Duration.ofDays(7), 8 << 20, 25 << 20, Duration.ofSeconds(10)),
        1,
        Duration.ofHours(1),
        new WebhookRules(
            1,
            WebhookRules.BatchAs.MESSAGES,
            1,
            Duration.ofSeconds(1),
            1,
            Duration.ZERO,
            false,
            false,
            64,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofHours(36),
            1));
  }

  /** The webhooks' rules with all waiting shortened by the scale. */
  WebhookRules scaledWebhooks() {
    return new WebhookRules(
        webhooks.batchSize(),
        webhooks.batchAs(),
        webhooks.gather(),
        webhooks.gatherFor(),
        webhooks.copies(),
        webhooks.delay(),
        webhooks.shuffle(),
        webhooks.hold(),
        webhooks.parallel(),
        webhooks.timeout(),
        webhooks.firstRetry().dividedBy(scale),
        webhooks.maxRetry().dividedBy(scale),
        webhooks.giveUpAfter().dividedBy(scale),
        webhooks.seed());
  }

  Duration scaledDisableAfter() {
    return disableAfter.dividedBy(scale);
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + ": not negative, got " + value);
    }
  }
}
