package dev.hilo.inbox.store;

import dev.hilo.channel.Secret;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the search store is.
 *
 * @param url Elasticsearch 8 or 9, or OpenSearch 2
 * @param username empty: the store asks for none
 * @param prefix of every index name
 * @param connectTimeout longest wait for a connection
 * @param requestTimeout longest wait for an answer
 * @param replicas copies of each shard beside the first; 0 on a single node
 */
@ConfigurationProperties("hilo.store")
public record StoreSettings(
    URI url,
    @DefaultValue("") String username,
    @DefaultValue("") Secret password,
    @DefaultValue("hilo") String prefix,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("10s") Duration requestTimeout,
    @DefaultValue("0") int replicas) {}
