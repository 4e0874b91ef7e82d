package dev.hilo.channel;

/**
 * How a channel is found: each channel's module names its implementation in {@code
 * META-INF/services/dev.hilo.channel.ChannelProvider}.
 */
public interface ChannelProvider {

  ChannelType type();

  /**
   * Makes the channel.
   *
   * @throws InvalidSettingsException if a setting is missing or wrong; the message names it
   */
  Channel create(ChannelSettings settings, ChannelContext context);
}
