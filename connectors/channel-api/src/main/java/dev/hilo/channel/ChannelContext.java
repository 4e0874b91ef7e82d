package dev.hilo.channel;

import java.time.Clock;

/**
 * What a channel is given from outside.
 *
 * @param http how it calls its provider
 */
public record ChannelContext(ProviderHttp http, Clock clock) {}
