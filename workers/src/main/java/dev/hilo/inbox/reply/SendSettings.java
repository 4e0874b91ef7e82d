package dev.hilo.inbox.reply;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How answers are sent.
 *
 * @param grace how long Hilo waits, from the later of the attempt and its own start, for a sign of
 *     a message whose provider call had no end; providers deliver a status again within about a
 *     minute
 * @param share what part of each account's pace this node may use: one divided by how many nodes
 *     there are
 * @param giveUpAfter how many attempts a passing refusal gets before the agent is told
 */
@ConfigurationProperties("hilo.send")
public record SendSettings(
    @DefaultValue("90s") Duration grace,
    @DefaultValue("8") int giveUpAfter,
    @DefaultValue("1.0") double share) {

  public SendSettings {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "hilo.send.share must be more than 0 and at most 1, got " + share);
    }
  }
}
