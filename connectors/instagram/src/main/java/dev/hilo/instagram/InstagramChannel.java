package dev.hilo.instagram;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.AttentiveChannel;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Ability;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Level;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** Without these, messages or what became of ours would be missed. */
  private static final Set<String> WEBHOOK_FIELDS =
      new LinkedHashSet<>(List.of("messages", "messaging_postbacks", "messaging_seen"));

  private final InstagramSettings settings;
  private final SignedWebhooks signatures;
  private final WebhookReader reader = new WebhookReader(TYPE);
  private final AccessTokens tokens;
  private final GraphCalls calls;
  private final ConversationSender sender;
  private final Profiles profiles;
  private final AccountCheck check;
  private final MediaFetcher media;

  InstagramChannel(InstagramSettings settings, ChannelContext context) {
    this.settings = settings;
    this.signatures = new SignedWebhooks(settings.meta());
    this.tokens = new AccessTokens(context.credentials(), context.clock());
    this.calls = new GraphCalls(context.http(), this::token);
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
    this.check = new AccountCheck(calls, redaction, context.clock());
    this.media = new MediaFetcher(context.http(), settings.meta().mediaHosts());
  }

  private dev.hilo.channel.Secret token(MetaAccount account) {
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
        .map(
            known ->
                switch (settings.login(account)) {
                  case InstagramSettings.Login.Direct direct -> checkDirect(known);
                  case InstagramSettings.Login.ByPage byPage -> checkByPage(known, byPage);
                })
        .orElseGet(() -> Health.unreachable("the account is not among the settings"));
  }

  private Health checkByPage(MetaAccount account, InstagramSettings.Login.ByPage login) {
    AccountCheck.Access access = check.debugToken(account, account.accessToken());
    List<Finding> findings = new ArrayList<>(access.findings());
    if (access.usable() && login.page().isPresent()) {
      check.subscription(account, login.page().get(), Set.of()).ifPresent(findings::add);
    }
    return AccountCheck.health(access, findings);
  }

  /** Exchanges the token when it is time, whatever else is found. */
  private Health checkDirect(MetaAccount account) {
    List<Finding> findings = new ArrayList<>();
    AccessTokens.Access access = tokens.current(account);
    if (tokens.isDue(access)) {
      switch (tokens.refresh(account, calls)) {
        case AccessTokens.Refreshed.Renewed renewed -> access = renewed.access();
        case AccessTokens.Refreshed.Failed failed ->
            findings.add(
                check.credentials(
                    Level.WARNING, "the access could not be prolonged: " + failed.detail()));
      }
    }
    AccountCheck.Access now = check.probe(account, "/me?fields=user_id", access.expiresAt());
    findings.addAll(now.findings());
    if (now.usable()) {
      check.subscription(account, account.id().value(), WEBHOOK_FIELDS).ifPresent(findings::add);
    }
    return AccountCheck.health(now, findings);
  }

  @Override
  public String toString() {
    return "InstagramChannel" + settings.meta().accounts().stream().map(MetaAccount::id).toList();
  }
}
