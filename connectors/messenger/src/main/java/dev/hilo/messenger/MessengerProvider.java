package dev.hilo.messenger;

import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;
import dev.hilo.meta.MetaSettings;

/** Makes the Messenger channel out of its settings. */
public final class MessengerProvider implements ChannelProvider {

  private static final String GRAPH_URL = "https://graph.facebook.com/v25.0";

  @Override
  public ChannelType type() {
    return MessengerChannel.TYPE;
  }

  @Override
  public Channel create(ChannelSettings settings, ChannelContext context) {
    return new MessengerChannel(
        MetaSettings.of(MessengerChannel.TYPE, settings, GRAPH_URL), context);
  }
}
