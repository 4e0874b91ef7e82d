package dev.hilo.webchat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Ability;
import dev.hilo.channel.Capabilities.Confirmation;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.MediaChannel;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.Verification;
import dev.hilo.channel.VisitorChannel;
import dev.hilo.webchat.WebchatSettings.Widget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The webchat channel. Its provider is Hilo itself: a visitor is who holds a token that we signed,
 * and what is sent lies in the thread that the visitor's browser reads.
 */
final class WebchatChannel implements VisitorChannel, MediaChannel {

  static final ChannelType TYPE = new ChannelType("webchat");

  /** Longest text of one message, either way; UTF-16 units, as a browser counts. */
  static final int MAX_TEXT = 4000;

  private static final int MAX_CHOICES = 12;
  private static final int MAX_CHOICE_TITLE = 80;

  private static final URI LIMITS = URI.create("hilo:connectors/webchat/README.md#limits");

  private static final Capabilities CAPABILITIES =
      FileTypes.allow(
              Capabilities.named("Webchat")
                  .maxText(MAX_TEXT, Capabilities.UTF_16_UNITS, LIMITS)
                  .delivery(Confirmation.IDEMPOTENT, DeliveryState.DELIVERED, DeliveryState.READ)
                  .provesAddress()
                  .choices(MAX_CHOICES, MAX_CHOICE_TITLE, MAX_TEXT, LIMITS)
                  .abilities(
                      Ability.FILES_IN,
                      Ability.CAPTIONS,
                      Ability.READ_MARKS_OUT,
                      Ability.TYPING_IN,
                      Ability.TYPING_OUT),
              LIMITS)
          .build();

  private static final String BEARER = "Bearer ";

  private final WebchatSettings settings;
  private final VisitorTokens tokens;
  private final OutgoingFiles files;
  private final Clock clock;
  private final SecureRandom random;
  private final WidgetFile widgetFile = WidgetFile.load();

  WebchatChannel(WebchatSettings settings, OutgoingFiles files, Clock clock, SecureRandom random) {
    this.settings = settings;
    this.tokens = new VisitorTokens(settings.tokenSecret());
    this.files = files;
    this.clock = clock;
    this.random = random;
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
  public boolean allowsOrigin(AccountId account, String origin) {
    return settings.widget(account).map(w -> w.allowedOrigins().contains(origin)).orElse(false);
  }

  @Override
  public Verification verify(RawDelivery delivery) {
    return switch (caller(delivery, false)) {
      case Caller.Known known -> new Verification.Verified();
      case Caller.Unknown no -> new ParseResult.Refused(no.refusal(), no.detail());
    };
  }

  @Override
  public Authentication authenticate(RawDelivery delivery) {
    return switch (caller(delivery, true)) {
      case Caller.Known known ->
          new Authentication.Visitor(known.token().widget(), known.token().address());
      case Caller.Unknown no -> new Authentication.Denied(no.refusal(), no.detail());
    };
  }

  @Override
  public ParseResult parse(RawDelivery delivery) {
    return switch (signer(delivery)) {
      case Caller.Unknown no -> new ParseResult.Refused(no.refusal(), no.detail());
      case Caller.Known known -> new VisitorBody(widgetOf(known), known.token(), delivery).read();
    };
  }

  @Override
  public Session openSession(RawDelivery delivery) {
    Optional<Widget> widget = delivery.account().flatMap(settings::widget);
    if (widget.isEmpty()) {
      return new Session.Denied(Refusal.UNKNOWN_ACCOUNT, "there is no such widget");
    }
    Optional<Caller.Unknown> wrongOrigin = wrongOrigin(widget.get(), delivery, false);
    if (wrongOrigin.isPresent()) {
      return new Session.Denied(wrongOrigin.get().refusal(), wrongOrigin.get().detail());
    }
    return switch (SessionBody.read(delivery.body())) {
      case SessionBody.Unreadable no -> new Session.Denied(no.refusal(), no.detail());
      case SessionBody.Wishes wishes ->
          open(widget.get(), wishes, bearer(delivery).flatMap(tokens::read));
    };
  }

  private Session open(Widget widget, SessionBody.Wishes wishes, Optional<VisitorToken> presented) {
    Instant now = clock.instant();
    Optional<VisitorToken> old =
        presented
            .filter(token -> token.widget().equals(widget.id()))
            .filter(token -> token.expiresAt().isAfter(now));
    Optional<Identity> proven = Optional.empty();
    if (wishes.identity().isPresent()) {
      if (widget.identity().isEmpty()) {
        return new Session.Denied(
            Refusal.MALFORMED, "the widget has no identity-secret: it can verify nobody");
      }
      switch (widget.identity().get().check(wishes.identity().get(), now)) {
        case IdentityProof.Verdict.Refused no -> {
          return new Session.Denied(no.refusal(), no.detail());
        }
        case IdentityProof.Verdict.Proven yes -> proven = Optional.of(yes.identity());
      }
    } else if (widget.identityRequired() && old.flatMap(VisitorToken::identity).isEmpty()) {
      return new Session.Denied(
          Refusal.WRONG_VERIFY_TOKEN, "the widget takes verified visitors only: identify first");
    }
    return opened(widget, wishes.language(), next(widget, old, proven, now));
  }

  /**
   * The session that follows another one. Who is somebody else now is another visitor; what was
   * proven once stays proven for one lifetime of a token, and no longer.
   */
  private VisitorToken next(
      Widget widget, Optional<VisitorToken> old, Optional<Identity> proven, Instant now) {
    Optional<Identity> before = old.flatMap(VisitorToken::identity);
    boolean somebodyElse =
        proven.isPresent() && before.isPresent() && !before.get().isSamePersonAs(proven.get());
    String visitor =
        old.filter(token -> !somebodyElse)
            .map(VisitorToken::visitor)
            .orElseGet(() -> VisitorToken.newVisitor(random));
    Instant expiresAt =
        proven.isEmpty() && before.isPresent()
            ? old.orElseThrow().expiresAt()
            : now.plus(settings.tokenLifetime()).truncatedTo(ChronoUnit.SECONDS);
    return new VisitorToken(widget.id(), visitor, expiresAt, proven.or(() -> before));
  }

  private Session opened(Widget widget, Optional<String> wished, VisitorToken token) {
    String language =
        wished
            .flatMap(WebchatChannel::spoken)
            .or(() -> spoken(widget.language()))
            .orElse(widget.language());
    return new Session.Opened(
        tokens.write(token),
        token.address(),
        language,
        token.expiresAt(),
        WidgetJson.of(widget, language, token.identity()));
  }

  /** The widget's language that a BCP 47 tag asks for. */
  private static Optional<String> spoken(String tag) {
    String primary = tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    return Localized.LANGUAGES.stream().filter(primary::equals).findFirst();
  }

  @Override
  public Optional<AccountId> continuation(AccountId account, ChannelType channel) {
    return settings
        .widget(account)
        .map(WebchatSettings.Widget::continueOn)
        .orElse(List.of())
        .stream()
        .filter(offer -> offer.channel().equals(channel))
        .map(WebchatSettings.Continuation::account)
        .findFirst();
  }

  @Override
  public Optional<Asset> asset(String name) {
    return name.equals(WidgetFile.NAME) ? Optional.of(widgetFile.asset()) : Optional.empty();
  }

  /** The visitor has sent the file to Hilo before the message: it is there already. */
  @Override
  public Fetched fetch(Request request, OutputStream to) {
    try (InputStream bytes = files.open(request.media().reference())) {
      byte[] buffer = new byte[64 * 1024];
      long total = 0;
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        total += read;
        if (total > request.maxBytes()) {
          return new Fetched.TooLarge("the upload has more than " + request.maxBytes() + " bytes");
        }
        to.write(buffer, 0, read);
      }
      return new Fetched.Complete(request.media().mimeType(), request.media().fileName());
    } catch (IOException e) {
      return new Fetched.RetryLater("the upload cannot be read now", Duration.ofMinutes(1));
    }
  }

  /**
   * Idempotent: the message lies in the thread under our own id, which is also its external id.
   * Nothing is sent here; the visitor's open connections read the thread.
   */
  @Override
  public SendResult send(OutboundMessage message) {
    boolean ours =
        settings.widget(message.account()).isPresent()
            && message.to().kind() == ContactAddress.Kind.VISITOR
            && message.to().value().startsWith(VisitorToken.addressPrefix(message.account()));
    if (!ours) {
      return rejected(
          DeliveryError.RECIPIENT_UNREACHABLE, "the address is not a visitor of this widget");
    }
    Optional<String> tooMuch =
        switch (message.content()) {
          case OutboundContent.Text free -> tooLong(free.body());
          case OutboundContent.Template template -> tooLong(template.rendering());
          case OutboundContent.Media media -> unsendable(media);
          case OutboundContent.Choices choices -> unsendable(choices);
          case OutboundContent.Reaction reaction -> Optional.of("visitors are shown no reactions");
        };
    return tooMuch
        .map(detail -> rejected(DeliveryError.CONTENT_REJECTED, detail))
        .orElseGet(() -> new SendResult.Accepted(new ExternalId(message.id().value())));
  }

  private static Optional<String> tooLong(String text) {
    return text.length() > MAX_TEXT
        ? Optional.of(
            "the text has " + text.length() + " characters, at most " + MAX_TEXT + " are allowed")
        : Optional.empty();
  }

  private static Optional<String> unsendable(OutboundContent.Media media) {
    if (media.files().isEmpty() || media.files().size() > FileTypes.MOST) {
      return Optional.of("a message has 1 to " + FileTypes.MOST + " files");
    }
    for (OutboundContent.File file : media.files()) {
      if (FileTypes.form(file.mimeType().toLowerCase(Locale.ROOT)).isEmpty()) {
        return Optional.of("files of type " + file.mimeType() + " cannot be sent");
      }
      if (file.size() > FileTypes.MAX_BYTES) {
        return Optional.of(
            "a file has "
                + file.size()
                + " bytes, at most "
                + FileTypes.MAX_BYTES
                + " are allowed");
      }
    }
    return media.caption().flatMap(WebchatChannel::tooLong);
  }

  private static Optional<String> unsendable(OutboundContent.Choices question) {
    boolean fits =
        !question.choices().isEmpty()
            && question.choices().size() <= MAX_CHOICES
            && question.choices().stream()
                .allMatch(
                    choice ->
                        !choice.title().isBlank() && choice.title().length() <= MAX_CHOICE_TITLE);
    return fits
        ? tooLong(question.body())
        : Optional.of(
            "a question has 1 to "
                + MAX_CHOICES
                + " answers of at most "
                + MAX_CHOICE_TITLE
                + " characters");
  }

  private static SendResult rejected(DeliveryError error, String detail) {
    return new SendResult.Rejected(new DeliveryFailure(error, "", detail));
  }

  /** Who calls: origin, token and expiry. */
  private Caller caller(RawDelivery delivery, boolean sameOriginAllowed) {
    Caller caller = signer(delivery);
    Optional<Widget> widget =
        switch (caller) {
          case Caller.Known known -> settings.widget(known.token().widget());
          case Caller.Unknown no -> delivery.account().flatMap(settings::widget);
        };
    Optional<Caller.Unknown> wrongOrigin =
        widget.flatMap(known -> wrongOrigin(known, delivery, sameOriginAllowed));
    if (wrongOrigin.isPresent()) {
      return wrongOrigin.get();
    }
    if (caller instanceof Caller.Known known
        && !known.token().expiresAt().isAfter(clock.instant())) {
      return new Caller.Unknown(
          Refusal.EXPIRED_TOKEN, "the visitor's token has expired; open a new session");
    }
    return caller;
  }

  private Widget widgetOf(Caller.Known known) {
    return settings.widget(known.token().widget()).orElseThrow();
  }

  /** Whose token it is, as data: signature and widget, neither origin nor clock. */
  private Caller signer(RawDelivery delivery) {
    Optional<AccountId> addressed = delivery.account();
    if (addressed.isPresent() && settings.widget(addressed.get()).isEmpty()) {
      return new Caller.Unknown(Refusal.UNKNOWN_ACCOUNT, "there is no such widget");
    }
    Optional<VisitorToken> token = bearer(delivery).flatMap(tokens::read);
    if (token.isEmpty()) {
      return new Caller.Unknown(
          Refusal.BAD_SIGNATURE, "the Authorization header must carry a token of this widget");
    }
    AccountId widget = token.get().widget();
    if (!addressed.orElse(widget).equals(widget) || settings.widget(widget).isEmpty()) {
      return new Caller.Unknown(Refusal.BAD_SIGNATURE, "the token is another widget's");
    }
    if (settings.widget(widget).orElseThrow().identityRequired()
        && token.get().identity().isEmpty()) {
      return new Caller.Unknown(
          Refusal.BAD_SIGNATURE, "the widget takes verified visitors only: identify first");
    }
    return new Caller.Known(token.get());
  }

  /**
   * Why a page may not use the widget. Browsers leave {@code Origin} out of a GET to the page's own
   * server; {@code Sec-Fetch-Site}, which no script can set, then says so.
   */
  private static Optional<Caller.Unknown> wrongOrigin(
      Widget widget, RawDelivery delivery, boolean sameOriginAllowed) {
    Optional<String> origin = delivery.header("Origin");
    if (origin.isEmpty()
        && sameOriginAllowed
        && delivery.header("Sec-Fetch-Site").filter("same-origin"::equals).isPresent()) {
      return Optional.empty();
    }
    if (origin.isEmpty()) {
      return Optional.of(new Caller.Unknown(Refusal.WRONG_ORIGIN, "the Origin header is missing"));
    }
    return widget.allowedOrigins().contains(origin.get())
        ? Optional.empty()
        : Optional.of(
            new Caller.Unknown(
                Refusal.WRONG_ORIGIN, "pages of this origin may not use the widget"));
  }

  private static Optional<String> bearer(RawDelivery delivery) {
    return delivery
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).trim());
  }

  private sealed interface Caller {
    record Known(VisitorToken token) implements Caller {}

    record Unknown(Refusal refusal, String detail) implements Caller {}
  }
}
