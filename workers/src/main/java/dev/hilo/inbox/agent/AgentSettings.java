package dev.hilo.inbox.agent;

import dev.hilo.channel.Secret;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Tasklist is, which alone knows on every version who completed a task.
 *
 * @param api which of its interfaces to ask: V1 up to 8.7, V2 from 8.8
 */
@ConfigurationProperties("hilo.tasklist")
public record AgentSettings(
    URI url,
    @DefaultValue("demo") String username,
    @DefaultValue("demo") Secret password,
    @DefaultValue("V1") Api api) {

  /** Tasklist's interfaces. */
  public enum Api {
    V1,
    V2
  }
}
