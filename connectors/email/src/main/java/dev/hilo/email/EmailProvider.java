package dev.hilo.email;

import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;

/** Makes the Email channel. */
public final class EmailProvider implements ChannelProvider {

  static final ChannelType TYPE = new ChannelType("email");

  @Override
  public ChannelType type() {
    return TYPE;
  }

  @Override
  public Channel create(ChannelSettings settings, ChannelContext context) {
    return new EmailChannel(EmailSettings.of(settings), context);
  }
}
