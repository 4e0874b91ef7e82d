package dev.hilo.inbox.queue;

import dev.hilo.channel.InvalidSettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The catalogue of queues.
 *
 * @param queues at least one; ids are lower-case letters, digits and hyphens
 */
@ConfigurationProperties("hilo")
public record Queues(List<Queue> queues) {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final List<String> LANGUAGES = List.of("en", "es");

  /**
   * One queue.
   *
   * @param id part of the process id {@code attend-<id>}
   * @param name for people, by language
   * @param agentLanguage language of its agents' forms: en or es
   * @param inactivityTimeout how long a silent customer keeps a conversation open
   * @param returnToQueueAfter how long a task may stay with one agent who does nothing
   * @param zone time zone that its agents read times in
   */
  public record Queue(
      String id,
      Map<String, String> name,
      @DefaultValue("en") String agentLanguage,
      @DefaultValue("24h") Duration inactivityTimeout,
      @DefaultValue("8h") Duration returnToQueueAfter,
      @DefaultValue("UTC") java.time.ZoneId zone) {

    /** The queue's name in a language, or its id. */
    public String nameIn(String language) {
      return name.getOrDefault(language, id);
    }
  }

  public Queues {
    if (queues.isEmpty()) {
      throw new InvalidSettingsException("hilo.queues must name at least one queue");
    }
    for (Queue queue : queues) {
      if (!ID.matcher(queue.id()).matches()) {
        throw new InvalidSettingsException(
            "hilo.queues: the id '" + queue.id() + "' must match " + ID.pattern());
      }
      if (!LANGUAGES.contains(queue.agentLanguage())) {
        throw new InvalidSettingsException(
            "hilo.queues: the agent-language of '"
                + queue.id()
                + "' must be one of "
                + LANGUAGES
                + ", got '"
                + queue.agentLanguage()
                + "'");
      }
    }
    queues = List.copyOf(queues);
  }

  /**
   * The queue of this id; the first one if there is none (work is never lost to a typing error).
   */
  public Queue get(String id) {
    return queues.stream().filter(queue -> queue.id().equals(id)).findFirst().orElse(queues.get(0));
  }
}
