/**
 * The channel contract: same events, same contract, for every channel.
 *
 * <p>A channel turns a provider's bytes into {@link dev.hilo.channel.ChannelEvent}s and an {@link
 * dev.hilo.channel.OutboundMessage} into one provider call. It knows nothing of other channels, of
 * Camunda or of Spring. Ids made here ({@link dev.hilo.channel.ExternalId}, {@link
 * dev.hilo.channel.ContactAddress}, ...) are opaque to everybody else: only the channel that made
 * them may look inside.
 */
@NullMarked
package dev.hilo.channel;

import org.jspecify.annotations.NullMarked;
