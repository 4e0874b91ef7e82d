package dev.hilo.whatsapp;

import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;

/** Makes the WhatsApp channel out of its settings. */
public final class WhatsAppProvider implements ChannelProvider {

  @Override
  public ChannelType type() {
    return WhatsAppChannel.TYPE;
  }

  @Override
  public Channel create(ChannelSettings settings, ChannelContext context) {
    return new WhatsAppChannel(WhatsAppSettings.of(settings), context);
  }
}
