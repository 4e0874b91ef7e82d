package dev.hilo.telegram;

import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;

/** Makes the Telegram channel out of its settings. */
public final class TelegramProvider implements ChannelProvider {

  @Override
  public ChannelType type() {
    return TelegramChannel.TYPE;
  }

  @Override
  public Channel create(ChannelSettings settings, ChannelContext context) {
    return new TelegramChannel(TelegramSettings.of(settings), context);
  }
}
