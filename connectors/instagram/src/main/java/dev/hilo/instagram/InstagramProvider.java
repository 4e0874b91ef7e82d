package dev.hilo.instagram;

import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;

/** Makes the Instagram channel out of its settings. */
public final class InstagramProvider implements ChannelProvider {

  @Override
  public ChannelType type() {
    return InstagramChannel.TYPE;
  }

  @Override
  public Channel create(ChannelSettings settings, ChannelContext context) {
    return new InstagramChannel(InstagramSettings.of(settings), context);
  }
}
