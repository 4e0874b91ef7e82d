package dev.hilo.inbox.reply;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.TemplateChannel;
import dev.hilo.channel.TemplateChannel.Registry;
import dev.hilo.channel.TemplateChannel.State;
import dev.hilo.channel.TemplateChannel.Template;
import java.util.List;

/** The templates of every account, as the provider has them. */
public final class TemplateRegistry {

  private TemplateRegistry() {}

  /** The templates that may be sent now. */
  public static List<Template> approved(TemplateChannel channel, AccountId account) {
    return switch (channel.readTemplates(account)) {
      case Registry.Read read ->
          read.templates().stream().filter(known -> known.state() == State.APPROVED).toList();
      case Registry.Unavailable unavailable -> List.of();
    };
  }
}
