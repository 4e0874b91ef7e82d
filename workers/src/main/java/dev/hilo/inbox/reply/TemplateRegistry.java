package dev.hilo.inbox.reply;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.TemplateChannel;
import dev.hilo.channel.TemplateChannel.Registry;
import dev.hilo.channel.TemplateChannel.State;
import dev.hilo.channel.TemplateChannel.Template;
import dev.hilo.inbox.channels.Account;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The templates of every account as the provider has them: read from it every hour, and as soon as
 * it says that one has changed. What was read last holds while the provider does not answer.
 */
@Component
public class TemplateRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(TemplateRegistry.class);
  private static final Duration FRESH = Duration.ofHours(1);

  private final Channels channels;
  private final Documents<AccountTemplates> documents;
  private final Clock clock;

  /** The templates of one account. */
  public record AccountTemplates(
      ChannelType channel, AccountId account, List<Template> templates, Instant readAt) {}

  public TemplateRegistry(Channels channels, Store store, Clock clock) {
    this.channels = channels;
    this.documents = store.documents(Indexes.TEMPLATES, AccountTemplates.class);
    this.clock = clock;
  }

  /** Every template of an account, in whatever state. */
  public List<Template> all(ChannelType channel, AccountId account) {
    return documents
        .get(id(channel, account))
        .or(() -> read(channel, account))
        .map(AccountTemplates::templates)
        .orElse(List.of());
  }

  /** The templates that may be sent now and need no more than the customer's name. */
  public List<Template> approved(ChannelType channel, AccountId account) {
    return all(channel, account).stream()
        .filter(template -> template.state() == State.APPROVED)
        .filter(template -> template.parameterCount() <= 1)
        .filter(template -> template.headerFile().isEmpty())
        .toList();
  }

  /** Reads again what has grown old. */
  void refresh() {
    for (Account account : channels.accounts()) {
      boolean templates =
          channels.channel(account.channel().value(), TemplateChannel.class).isPresent();
      if (templates
          && documents
              .get(id(account.channel(), account.id()))
              .filter(known -> known.readAt().plus(FRESH).isAfter(clock.instant()))
              .isEmpty()) {
        read(account.channel(), account.id());
      }
    }
  }

  /** The provider says that a template has changed: what we know is old. */
  @EventListener
  void changed(AccountHealthChanged event) {
    if (event.aspect() == Aspect.TEMPLATE) {
      documents.change(
          id(event.header().channel(), event.header().account()),
          known ->
              known == null
                  ? null
                  : new AccountTemplates(
                      known.channel(), known.account(), known.templates(), Instant.EPOCH));
    }
  }

  private Optional<AccountTemplates> read(ChannelType channel, AccountId account) {
    return channels
        .channel(channel.value(), TemplateChannel.class)
        .flatMap(
            templates ->
                switch (templates.readTemplates(account)) {
                  case Registry.Read read ->
                      documents.change(
                          id(channel, account),
                          known ->
                              new AccountTemplates(
                                  channel, account, read.templates(), clock.instant()));
                  case Registry.Unavailable unavailable -> {
                    LOG.warn(
                        "templates of {} account {} cannot be read: {}",
                        channel,
                        account,
                        unavailable.detail());
                    yield Optional.empty();
                  }
                });
  }

  private static String id(ChannelType channel, AccountId account) {
    return channel + "/" + account;
  }
}
