package dev.hilo.inbox.visitor;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When visitors get mail.
 *
 * @param after how long an answer waits for the visitor's browser before it is mailed as well; zero
 *     or less: never
 * @param transcriptsPerDay transcripts that one visitor, and one address, can be sent
 */
@ConfigurationProperties("hilo.visitors.mail")
record VisitorMailSettings(
    @DefaultValue("10m") Duration after, @DefaultValue("3") int transcriptsPerDay) {}
