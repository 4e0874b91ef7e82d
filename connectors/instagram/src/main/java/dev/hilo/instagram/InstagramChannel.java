package dev.hilo.instagram;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.AttentiveChannel;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Ability;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.CheckedChannel;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.MediaChannel;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.ProfileChannel;
import dev.hilo.channel.PushChannel;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.Secret;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.Verification;
import dev.hilo.meta.AccountCheck;
import dev.hilo.meta.ConversationSender;
import dev.hilo.meta.GraphAnswers;
import dev.hilo.meta.GraphCalls;
import dev.hilo.meta.MediaFetcher;
import dev.hilo.meta.MetaAccount;
import dev.hilo.meta.Profiles;
import dev.hilo.meta.Redaction;
import dev.hilo.meta.SignedWebhooks;
import dev.hilo.meta.WebhookReader;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Instagram messaging: conversations of professional accounts.
 *
 * <p>Source: developers.facebook.com/docs/instagram-platform and
 * /docs/messenger-platform/instagram, read 2026-11-20.
 */
final class InstagramChannel
    implements PushChannel, AttentiveChannel, ProfileChannel, CheckedChannel, MediaChannel {

  static final ChannelType TYPE = new ChannelType("instagram");

  private static final String DOCUMENTATION = "https://developers.facebook.com/docs/";
  private static final URI SENDING =
      URI.create(DOCUMENTATION + "messenger-platform/instagram/features/send-message");
  private static final URI POLICY =
      URI.create(DOCUMENTATION + "messenger-platform/policy/policy-overview");
  private static final long MEGABYTE = 1024L * 1024;

  private static final Capabilities CAPABILITIES =
      Capabilities.named("Instagram")
          .maxText(1000, Capabilities.UTF_8_BYTES, SENDING)
          .replyWindow(Duration.ofHours(24), POLICY)
          // The human agent tag; the app needs that feature approved.
          .personWindow(Duration.ofDays(7), POLICY)
          .delivery(
              Capabilities.Confirmation.CALLBACK_WITH_OUR_ID,
              DeliveryState.SENT,
              DeliveryState.READ)
          // The changelog says 300; the smaller of the two holds in any case.
          .messagesPerSecond(100, URI.create(DOCUMENTATION + "graph-api/overview/rate-limiting"))
          .provesAddress()
          .files(Form.IMAGE, 8 * MEGABYTE, SENDING, "image/jpeg", "image/png")
          .files(
              Form.AUDIO,
              25 * MEGABYTE,
              SENDING,
              "audio/aac",
              "audio/mp4",
              "audio/m4a",
              "audio/x-m4a",
              "audio/wav",
              "audio/x-wav",
              "audio/vnd.wave")
          .files(
              Form.VIDEO,
              25 * MEGABYTE,
              SENDING,
              "video/mp4",
              "video/ogg",
              "video/x-msvideo",
              "video/quicktime",
              "video/webm")
          .files(Form.DOCUMENT, 25 * MEGABYTE, SENDING, "application/pdf")
          .filesPerMessage(1)
          // A third of the bytes: no character takes more than three a UTF-16 unit.
          .choices(
              13,
              20,
              333,
              URI.create(DOCUMENTATION + "messenger-platform/instagram/features/quick-replies"))
          .abilities(
              Ability.FILES_IN,
              Ability.QUOTES_IN,
              Ability.EDITS_IN,
              Ability.DELETIONS_IN,
              Ability.REACTIONS_IN,
              Ability.REACTIONS_OUT,
              Ability.READ_MARKS_OUT,
              Ability.TYPING_OUT,
              Ability.SENT_ELSEWHERE,
              Ability.PROFILES)
          .build();

  private final InstagramSettings settings;
  private final SignedWebhooks signatures;
  private final WebhookReader reader = new WebhookReader(TYPE);
  private final AccessTokens tokens;
  private final ConversationSender sender;
  private final Profiles profiles;
  private final AccountHealth health;
  private final MediaFetcher media;

  InstagramChannel(InstagramSettings settings, ChannelContext context) {
    this.settings = settings;
    this.signatures = new SignedWebhooks(settings.meta());
    this.tokens = new AccessTokens(context.credentials(), context.clock());
    GraphCalls calls = new GraphCalls(context.http(), this::token);
    Redaction redaction =
        new Redaction(
            () ->
                Stream.concat(settings.meta().secrets().stream(), tokens.secrets().stream())
                    .toList());
    this.sender =
        new ConversationSender(
            settings.meta(),
            CAPABILITIES,
            new LinkedFiles(context.files()),
            calls,
            new GraphAnswers(redaction, context.clock()));
    this.profiles = new Profiles(settings.meta(), calls, "name,username");
    this.health =
        new AccountHealth(
            settings, tokens, calls, new AccountCheck(calls, redaction, context.clock()));
    this.media = new MediaFetcher(context.http(), settings.meta().mediaHosts());
  }

  private Secret token(MetaAccount account) {
    return settings.isDirect(account.id())
        ? tokens.current(account).token()
        : account.accessToken();
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
    return signatures.verify(delivery);
  }

  @Override
  public Handshake handshake(RawDelivery delivery) {
    return signatures.handshake(delivery);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A signature vouches for the accounts of its app secret only: what a delivery says of any
   * other is treated as unknown.
   */
  @Override
  public ParseResult parse(RawDelivery delivery) {
    List<MetaAccount> vouched = signatures.accountsVouchedFor(delivery);
    return vouched.isEmpty()
        ? new ParseResult.Refused(Refusal.BAD_SIGNATURE, SignedWebhooks.MISMATCH)
        : reader.read(delivery, vouched);
  }

  @Override
  public SendResult send(OutboundMessage message) {
    return sender.send(message);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Not documented for accounts connected with Instagram's own login: not tried there.
   */
  @Override
  public boolean markRead(AccountId account, ContactAddress to, ExternalId lastRead) {
    return !settings.isDirect(account) && sender.show(account, to, "mark_seen");
  }

  /**
   * {@inheritDoc}
   *
   * <p>Not documented for accounts connected with Instagram's own login: not tried there.
   */
  @Override
  public boolean showTyping(AccountId account, ContactAddress to, Optional<ExternalId> last) {
    return !settings.isDirect(account) && sender.show(account, to, "typing_on");
  }

  @Override
  public Optional<Profile> profile(AccountId account, ContactAddress address) {
    return profiles.read(account, address);
  }

  @Override
  public Fetched fetch(Request request, OutputStream to) {
    return media.fetch(request, to);
  }

  @Override
  public Health check(AccountId account) {
    return settings
        .meta()
        .account(account)
        .map(health::of)
        .orElseGet(() -> Health.unreachable("the account is not among the settings"));
  }

  @Override
  public String toString() {
    return "InstagramChannel" + settings.meta().accounts().stream().map(MetaAccount::id).toList();
  }
}
