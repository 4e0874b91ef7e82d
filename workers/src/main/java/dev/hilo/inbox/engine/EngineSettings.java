package dev.hilo.inbox.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Hilo treats the engine.
 *
 * @param publishesInFlight most publishes at once; beyond some thirty the gateway pushes back
 * @param publishTimeLimit longest time to publish one message, retries included: it must fit into a
 *     webhook's time (providers give about 5 s)
 * @param messageTimeToLive how long the engine keeps a message that nobody waits for yet
 * @param wakeTimeToLive the same for wake-ups, which are only hints
 */
@ConfigurationProperties("hilo.engine")
public record EngineSettings(
    @DefaultValue("16") int publishesInFlight,
    @DefaultValue("4s") Duration publishTimeLimit,
    @DefaultValue("1h") Duration messageTimeToLive,
    @DefaultValue("2m") Duration wakeTimeToLive) {}
