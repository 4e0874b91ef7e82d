package dev.hilo.webchat;

import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;
import java.security.SecureRandom;

/** How Hilo finds the webchat channel. */
public final class WebchatProvider implements ChannelProvider {

  @Override
  public ChannelType type() {
    return WebchatChannel.TYPE;
  }

  @Override
  public Channel create(ChannelSettings settings, ChannelContext context) {
    return new WebchatChannel(
        WebchatSettings.of(settings), context.files(), context.clock(), new SecureRandom());
  }
}
