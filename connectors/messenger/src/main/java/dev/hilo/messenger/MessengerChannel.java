package dev.hilo.messenger;

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
import dev.hilo.channel.SendResult;
import dev.hilo.channel.Verification;
import dev.hilo.meta.AccountCheck;
import dev.hilo.meta.ConversationSender;
import dev.hilo.meta.GraphAnswers;
import dev.hilo.meta.GraphCalls;
import dev.hilo.meta.MediaFetcher;
import dev.hilo.meta.MetaAccount;
import dev.hilo.meta.MetaSettings;
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

/**
 * The Messenger Platform: conversations of Facebook Pages.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform, read 2026-11-20.
 */
final class MessengerChannel
    implements PushChannel, AttentiveChannel, ProfileChannel, CheckedChannel, MediaChannel {

  static final ChannelType TYPE = new ChannelType("messenger");

  private static final String DOCUMENTATION =
      "https://developers.facebook.com/docs/messenger-platform/";
  private static final URI SENDING = URI.create(DOCUMENTATION + "reference/send-api");
  private static final URI ASSETS = URI.create(DOCUMENTATION + "send-messages/saving-assets");
  private static final URI POLICY = URI.create(DOCUMENTATION + "policy/policy-overview");
  private static final long MEGABYTE = 1024L * 1024;

  private static final Capabilities CAPABILITIES =
      Capabilities.named("Messenger")
          .maxText(2000, Capabilities.UTF_16_UNITS, SENDING)
          .replyWindow(Duration.ofHours(24), POLICY)
          // The human agent tag; the app needs that feature approved.
          .personWindow(Duration.ofDays(7), POLICY)
          .delivery(
              Capabilities.Confirmation.CALLBACK_WITH_OUR_ID,
              DeliveryState.SENT,
              DeliveryState.DELIVERED,
              DeliveryState.READ)
          // Text; files with sound or pictures 10 a second, which no person reaches.
          .messagesPerSecond(300, URI.create(DOCUMENTATION + "send-messages"))
          .provesAddress()
          .files(Form.IMAGE, 8 * MEGABYTE, ASSETS, "image/jpeg", "image/png", "image/gif")
          .files(Form.STICKER, 8 * MEGABYTE, ASSETS, "image/png", "image/gif")
          .files(Form.AUDIO, 25 * MEGABYTE, ASSETS, "audio/*")
          .files(Form.VIDEO, 25 * MEGABYTE, ASSETS, "video/*")
          .files(Form.DOCUMENT, 25 * MEGABYTE, ASSETS)
          .filesPerMessage(1)
          .choices(13, 20, 2000, URI.create(DOCUMENTATION + "send-messages/quick-replies"))
          .abilities(
              Ability.FILES_IN,
              Ability.QUOTES_IN,
              Ability.EDITS_IN,
              Ability.DELETIONS_IN,
              Ability.REACTIONS_IN,
              Ability.READ_MARKS_OUT,
              Ability.TYPING_OUT,
              Ability.SENT_ELSEWHERE,
              Ability.PROFILES)
          .build();

  /** Without these, messages or what became of ours would be missed. */
  private static final Set<String> WEBHOOK_FIELDS =
      new LinkedHashSet<>(
          List.of(
              "messages",
              "messaging_postbacks",
              "message_deliveries",
              "message_reads",
              "message_echoes"));

  private final MetaSettings settings;
  private final SignedWebhooks signatures;
  private final WebhookReader reader = new WebhookReader(TYPE);
  private final ConversationSender sender;
  private final Profiles profiles;
  private final AccountCheck check;
  private final MediaFetcher media;

  MessengerChannel(MetaSettings settings, ChannelContext context) {
    this.settings = settings;
    this.signatures = new SignedWebhooks(settings);
    Redaction redaction = new Redaction(settings::secrets);
    GraphAnswers answers = new GraphAnswers(redaction, context.clock());
    GraphCalls calls = new GraphCalls(context.http(), MetaAccount::accessToken);
    this.sender =
        new ConversationSender(
            settings,
            CAPABILITIES,
            new UploadedFiles(calls, answers, context.files()),
            calls,
            answers);
    this.profiles = new Profiles(settings, calls, "first_name,last_name,locale");
    this.check = new AccountCheck(calls, redaction, context.clock());
    this.media = new MediaFetcher(context.http(), settings.mediaHosts());
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
   * <p>A signature vouches for the Pages of its app secret only: what a delivery says of any other
   * is treated as unknown.
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

  @Override
  public boolean markRead(AccountId account, ContactAddress to, ExternalId lastRead) {
    return sender.show(account, to, "mark_seen");
  }

  @Override
  public boolean showTyping(AccountId account, ContactAddress to, Optional<ExternalId> last) {
    return sender.show(account, to, "typing_on");
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
    Optional<MetaAccount> known = settings.account(account);
    if (known.isEmpty()) {
      return Health.unreachable("the account is not among the settings");
    }
    AccountCheck.Access access = check.debugToken(known.get(), known.get().accessToken());
    List<Finding> findings = new ArrayList<>(access.findings());
    if (access.usable()) {
      check.subscription(known.get(), account.value(), WEBHOOK_FIELDS).ifPresent(findings::add);
    }
    return AccountCheck.health(access, findings);
  }

  @Override
  public String toString() {
    return "MessengerChannel" + settings.accounts().stream().map(MetaAccount::id).toList();
  }
}
