package dev.hilo.@name@;

import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;

/** Makes the @class@ channel out of its settings. */
public final class @class@Provider implements ChannelProvider {

  @Override
  public ChannelType type() {
    return @class@Channel.TYPE;
  }

  @Override
  public Channel create(ChannelSettings settings, ChannelContext context) {
    return new @class@Channel(@class@Settings.of(settings), context);
  }
}
