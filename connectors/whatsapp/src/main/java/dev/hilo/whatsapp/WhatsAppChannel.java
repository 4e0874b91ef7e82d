package dev.hilo.whatsapp;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.AttentiveChannel;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.CheckedChannel;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.LinkableChannel;
import dev.hilo.channel.MediaChannel;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.PushChannel;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.TemplateChannel;
import dev.hilo.channel.Verification;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * The WhatsApp Cloud API.
 *
 * <p>Source: developers.facebook.com, WhatsApp Business Platform, read 2026-11-20.
 */
final class WhatsAppChannel
    implements PushChannel,
        LinkableChannel,
        TemplateChannel,
        MediaChannel,
        AttentiveChannel,
        CheckedChannel {

  static final ChannelType TYPE = new ChannelType("whatsapp");

  private final WhatsAppSettings settings;
  private final Signatures signatures;
  private final WebhookReader reader;
  private final TemplateBook templates;
  private final MessageSender sender;
  private final MediaDownload media;
  private final AccountCheck accounts;

  WhatsAppChannel(WhatsAppSettings settings, ChannelContext context) {
    GraphApi graph = new GraphApi(settings.graphUrl(), context.http());
    Redaction redaction = new Redaction(settings.secrets());
    this.settings = settings;
    this.signatures = new Signatures(settings.accounts());
    this.reader = new WebhookReader();
    this.templates = new TemplateBook(settings, graph, redaction, context.clock());
    this.sender = new MessageSender(settings, graph, templates, context);
    this.media = new MediaDownload(settings, graph, redaction, context.clock());
    this.accounts = new AccountCheck(settings, graph, redaction, context.clock());
  }

  @Override
  public ChannelType type() {
    return TYPE;
  }

  @Override
  public Capabilities capabilities() {
    return Limits.ALL;
  }

  @Override
  public Verification verify(RawDelivery delivery) {
    return signatures.verify(delivery);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Source: developers.facebook.com/docs/graph-api/webhooks/getting-started, read 2026-11-20.
   */
  @Override
  public Handshake handshake(RawDelivery delivery) {
    String challenge = delivery.query().getOrDefault("hub.challenge", "");
    if (!delivery.query().getOrDefault("hub.mode", "").equals("subscribe") || challenge.isEmpty()) {
      return new Handshake.Denied(
          Refusal.MALFORMED, "expected hub.mode=subscribe and a hub.challenge");
    }
    byte[] expected = settings.verifyToken().reveal().getBytes(StandardCharsets.UTF_8);
    byte[] got =
        delivery.query().getOrDefault("hub.verify_token", "").getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, got)
        ? new Handshake.Granted(challenge)
        : new Handshake.Denied(
            Refusal.WRONG_VERIFY_TOKEN, "hub.verify_token is not the one in the settings");
  }

  /**
   * {@inheritDoc}
   *
   * <p>A signature vouches for the accounts of its app secret only: what a delivery says of any
   * other account is treated as unknown.
   */
  @Override
  public ParseResult parse(RawDelivery delivery) {
    List<WhatsAppSettings.Account> vouched = signatures.accountsVouchedFor(delivery);
    if (vouched.isEmpty()) {
      return new ParseResult.Refused(Refusal.BAD_SIGNATURE, Signatures.MISMATCH);
    }
    if (delivery.account().isPresent()) {
      AccountId named = delivery.account().get();
      vouched = vouched.stream().filter(account -> account.id().equals(named)).toList();
    }
    return reader.read(delivery, vouched);
  }

  @Override
  public SendResult send(OutboundMessage message) {
    return sender.send(message);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Source: faq.whatsapp.com, "How to use click to chat", read 2026-11-20.
   */
  @Override
  public Optional<URI> link(AccountId account, String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    return settings
        .account(account)
        .map(
            found ->
                URI.create(settings.linkUrl() + "/" + found.displayNumber() + "?text=" + encoded));
  }

  @Override
  public Registry readTemplates(AccountId account) {
    return templates.read(account);
  }

  @Override
  public Fetched fetch(Request request, OutputStream to) {
    return media.fetch(request, to);
  }

  @Override
  public Health check(AccountId account) {
    return accounts.check(account);
  }

  @Override
  public boolean markRead(AccountId account, ContactAddress to, ExternalId lastRead) {
    return sender.markRead(account, lastRead, false);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The customer's last message is marked as read with it; without that message nothing is
   * shown.
   */
  @Override
  public boolean showTyping(AccountId account, ContactAddress to, Optional<ExternalId> last) {
    return last.filter(message -> sender.markRead(account, message, true)).isPresent();
  }

  @Override
  public String toString() {
    return "WhatsAppChannel"
        + settings.accounts().stream().map(WhatsAppSettings.Account::id).toList();
  }
}
