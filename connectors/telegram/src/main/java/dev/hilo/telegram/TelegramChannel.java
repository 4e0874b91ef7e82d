package dev.hilo.telegram;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.AttentiveChannel;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Ability;
import dev.hilo.channel.Capabilities.Confirmation;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.CheckedChannel;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.MediaChannel;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.PushChannel;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.Verification;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The Bot API: private chats of people with a bot.
 *
 * <p>Source: core.telegram.org/bots/api, by excerpts.
 */
final class TelegramChannel implements PushChannel, MediaChannel, AttentiveChannel, CheckedChannel {

  static final ChannelType TYPE = new ChannelType("telegram");

  private static final String DOCUMENTATION = "https://core.telegram.org/bots/api#";
  private static final URI PACE =
      URI.create("https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this");
  private static final long MEGABYTE = 1_000_000;

  private static final Capabilities CAPABILITIES =
      Capabilities.named("Telegram")
          .maxText(4096, Capabilities.UTF_16_UNITS, source("sendmessage"))
          // Nothing is told of what became of a message, and nothing of ours is handed back.
          .delivery(Confirmation.NONE)
          .messagesPerSecond(30, PACE)
          .recipientPace(Duration.ofSeconds(1), 3, PACE)
          .provesAddress()
          .files(
              Form.IMAGE,
              10 * MEGABYTE,
              source("sendphoto"),
              "image/jpeg",
              "image/png",
              "image/gif")
          .files(
              Form.AUDIO,
              50 * MEGABYTE,
              source("sendaudio"),
              "audio/mpeg",
              "audio/mp4",
              "audio/ogg")
          .files(Form.VIDEO, 50 * MEGABYTE, source("sendvideo"), "video/mp4")
          .files(Form.DOCUMENT, 50 * MEGABYTE, source("senddocument"))
          .files(
              Form.STICKER, 512_000, URI.create("https://core.telegram.org/stickers"), "image/webp")
          .filesPerMessage(1)
          // The provider names no number and no length: what a phone shows at once.
          .choices(10, 64, 4096, source("inlinekeyboardbutton"))
          .abilities(
              Ability.FILES_IN,
              Ability.CAPTIONS,
              Ability.QUOTES_IN,
              Ability.QUOTES_OUT,
              Ability.EDITS_IN,
              Ability.REACTIONS_IN,
              Ability.REACTIONS_OUT,
              Ability.TYPING_OUT)
          .build();

  private final TelegramSettings settings;
  private final UpdateReader reader = new UpdateReader();
  private final BotApi api;
  private final MessageSender sender;
  private final FileDownload files;
  private final BotCheck check;

  TelegramChannel(TelegramSettings settings, ChannelContext context) {
    this.settings = settings;
    this.api = new BotApi(context.http(), settings.apiUrl());
    this.sender = new MessageSender(settings, CAPABILITIES, context.files(), api);
    this.files = new FileDownload(settings, api);
    this.check = new BotCheck(settings, api, context.clock());
  }

  private static URI source(String anchor) {
    return URI.create(DOCUMENTATION + anchor);
  }

  @Override
  public ChannelType type() {
    return TYPE;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Verification verify(RawDelivery delivery) {
    return settings.vouchedFor(delivery).isPresent() ? new Verification.Verified() : unvouched();
  }

  /** {@inheritDoc} An update does not name its bot: the word that came with it does. */
  @Override
  public ParseResult parse(RawDelivery delivery) {
    return settings
        .vouchedFor(delivery)
        .map(bot -> reader.read(delivery, bot))
        .orElseGet(TelegramChannel::unvouched);
  }

  private static ParseResult.Refused unvouched() {
    return new ParseResult.Refused(
        Refusal.BAD_SIGNATURE,
        TelegramSettings.SECRET_HEADER + " is missing, or not the word of the account");
  }

  @Override
  public SendResult send(OutboundMessage message) {
    return sender.send(message);
  }

  /** {@inheritDoc} A bot cannot: its chats show nothing of it. */
  @Override
  public boolean markRead(AccountId account, ContactAddress to, ExternalId lastRead) {
    return false;
  }

  /** {@inheritDoc} Shown for five seconds at most. */
  @Override
  public boolean showTyping(AccountId account, ContactAddress to, Optional<ExternalId> last) {
    Optional<TelegramSettings.Bot> bot = settings.bot(account);
    Optional<String> chat = Chat.of(to);
    return bot.isPresent()
        && chat.isPresent()
        && api.call(
                bot.get(),
                "sendChatAction",
                BotApi.object().put("chat_id", chat.get()).put("action", "typing"))
            instanceof Answered answered
        && answered.status() == 200;
  }

  @Override
  public Fetched fetch(Request request, OutputStream to) {
    return files.fetch(request, to);
  }

  @Override
  public Health check(AccountId account) {
    return settings
        .bot(account)
        .map(check::check)
        .orElseGet(() -> Health.unreachable("the account is not among the settings"));
  }

  @Override
  public String toString() {
    return "TelegramChannel" + settings.bots().stream().map(TelegramSettings.Bot::id).toList();
  }
}
