package dev.hilo.webchat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.Confirmation;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.Secret;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.Verification;
import dev.hilo.channel.VisitorChannel;
import dev.hilo.webchat.WebchatSettings.Widget;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The webchat channel. Its provider is Hilo itself: a visitor is who holds a token that we signed,
 * and what is sent lies in the thread that the visitor's browser reads.
 */
final class WebchatChannel implements VisitorChannel {

  static final ChannelType TYPE = new ChannelType("webchat");

  /** Longest text of one message, either way; UTF-16 units, as a browser counts. */
  static final int MAX_TEXT = 4000;

  private static final Capabilities CAPABILITIES =
      Capabilities.named("Webchat")
          .maxText(
              MAX_TEXT,
              Capabilities.UTF_16_UNITS,
              URI.create("hilo:connectors/webchat/README.md#limits"))
          .delivery(Confirmation.IDEMPOTENT, DeliveryState.DELIVERED, DeliveryState.READ)
          .provesAddress()
          .build();

  private static final List<String> LANGUAGES = List.of("es", "en", "pt");
  private static final String BEARER = "Bearer ";

  private final WebchatSettings settings;
  private final VisitorTokens tokens;
  private final Clock clock;
  private final SecureRandom random;
  private final WidgetFile widgetFile = WidgetFile.load();

  WebchatChannel(WebchatSettings settings, Clock clock, SecureRandom random) {
    this.settings = settings;
    this.tokens = new VisitorTokens(settings.tokenSecret());
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
      case Caller.Known known ->
          new VisitorBody(known.token().widget(), known.token().address(), delivery).read();
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
          open(widget.get(), wishes.language(), bearer(delivery).flatMap(tokens::read));
    };
  }

  private Session open(Widget widget, Optional<String> wished, Optional<VisitorToken> old) {
    Instant now = clock.instant();
    String visitor =
        old.filter(token -> token.widget().equals(widget.id()))
            .filter(token -> token.expiresAt().isAfter(now))
            .map(VisitorToken::visitor)
            .orElseGet(() -> VisitorToken.newVisitor(random));
    Instant expiresAt = now.plus(settings.tokenLifetime()).truncatedTo(ChronoUnit.SECONDS);
    VisitorToken token = new VisitorToken(widget.id(), visitor, expiresAt);
    Secret secret = tokens.write(token);
    return new Session.Opened(
        secret,
        token.address(),
        wished.flatMap(WebchatChannel::spoken).orElse(widget.language()),
        expiresAt,
        WidgetJson.of(widget));
  }

  /** The widget's language that a BCP 47 tag asks for. */
  private static Optional<String> spoken(String tag) {
    String primary = tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    return LANGUAGES.stream().filter(primary::equals).findFirst();
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
    String text =
        switch (message.content()) {
          case OutboundContent.Text free -> free.body();
          case OutboundContent.Template template -> template.rendering();
          case OutboundContent.Media media -> media.caption().orElse("");
          case OutboundContent.Choices choices -> choices.body();
          case OutboundContent.Reaction reaction -> reaction.emoji().orElse("");
        };
    if (text.length() > MAX_TEXT) {
      return rejected(
          DeliveryError.CONTENT_REJECTED,
          "the text has " + text.length() + " characters, at most " + MAX_TEXT + " are allowed");
    }
    return new SendResult.Accepted(new ExternalId(message.id().value()));
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
