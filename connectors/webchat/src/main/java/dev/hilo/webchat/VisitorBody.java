package dev.hilo.webchat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.Origin;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.Sender;
import dev.hilo.webchat.WebchatSettings.Widget;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of {@code POST messages}, read as events of the visitor whose token came with it.
 *
 * <p>The event's time is when we got it: a visitor's clock is not to be trusted.
 */
final class VisitorBody {

  private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");
  private static final Pattern MESSAGE_ID = Pattern.compile("[\\x21-\\x7e]{1,512}");
  private static final Pattern WEB_ADDRESS =
      Pattern.compile("https?://[^\\s]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern CAMPAIGN = Pattern.compile("[?&]utm_campaign=([^&#]*)");

  private static final int MAX_KIND = 64;
  private static final int MAX_NAME = 100;
  private static final int MAX_PHONE = 40;
  private static final int MAX_EMAIL = 254;
  private static final int MAX_URL = 2000;
  private static final int MAX_TITLE = 300;
  private static final int MAX_CAMPAIGN = 200;
  private static final int MAX_PAYLOAD = 1000;
  private static final int MAX_RECEIPTS = 200;

  private final Widget settings;
  private final AccountId widget;
  private final VisitorToken token;
  private final ContactAddress visitor;
  private final RawDelivery delivery;

  VisitorBody(Widget settings, VisitorToken token, RawDelivery delivery) {
    this.settings = settings;
    this.widget = settings.id();
    this.token = token;
    this.visitor = token.address();
    this.delivery = delivery;
  }

  ParseResult read() {
    if (delivery.body().length > VisitorJson.MAX_BYTES) {
      return new ParseResult.Refused(Refusal.TOO_LARGE, VisitorJson.TOO_LARGE);
    }
    if (!delivery.header("Content-Type").map(VisitorBody::isJson).orElse(true)) {
      return new ParseResult.Refused(
          Refusal.WRONG_CONTENT_TYPE, "the content type must be application/json");
    }
    Optional<JsonNode> json = VisitorJson.read(delivery.body());
    if (json.isEmpty()) {
      return malformed("the body must be one JSON object");
    }
    Optional<String> kind = VisitorJson.line(json.get(), "kind", MAX_KIND);
    if (kind.isEmpty()) {
      return malformed("'kind' is missing: expected message, choice, typing or receipt");
    }
    return switch (kind.get()) {
      case "message" -> message(json.get());
      case "choice" -> choice(json.get());
      case "typing" -> events(List.of(new ChannelEvent.TypingStarted(typing())));
      case "receipt" -> receipt(json.get());
      default -> unsupported(json.get(), kind.get());
    };
  }

  private ParseResult message(JsonNode body) {
    Optional<String> clientId = clientId(body);
    if (clientId.isEmpty()) {
      return malformed("'clientId' must have 8 to 64 letters, digits, '.', '_' or '-'");
    }
    return switch (new MessageContent(settings, body).read()) {
      case MessageContent.Read.Refused no -> no.refused();
      case MessageContent.Read.Complete read ->
          events(
              List.of(
                  received(
                      body,
                      id("message", clientId.get()),
                      clientId.get(),
                      read.content(),
                      Optional.empty())));
    };
  }

  /** The answer to a question of ours; a question has one answer, however often it is tapped. */
  private ParseResult choice(JsonNode body) {
    Optional<String> clientId = clientId(body);
    if (clientId.isEmpty()) {
      return malformed("'clientId' must have 8 to 64 letters, digits, '.', '_' or '-'");
    }
    Optional<String> question =
        VisitorJson.word(body, "to").filter(id -> MESSAGE_ID.matcher(id).matches());
    Optional<String> title = VisitorJson.line(body, "title", MAX_TITLE);
    if (question.isEmpty() || title.isEmpty()) {
      return malformed(
          "a choice needs 'to', the id of the question, and the 'title' that was tapped");
    }
    Optional<String> payload =
        VisitorJson.string(body, "payload").filter(text -> text.length() <= MAX_PAYLOAD);
    return events(
        List.of(
            received(
                body,
                id("choice", question.get()),
                clientId.get(),
                new Content.ButtonReply(title.get(), payload),
                Optional.of(new ExternalId(question.get())))));
  }

  /** A newer widget's message that we do not know: the agent sees that something came. */
  private ParseResult unsupported(JsonNode body, String kind) {
    if (body.has("messages")) {
      return malformed("what is said of messages is a 'receipt', no other 'kind' is known");
    }
    String id = clientId(body).orElseGet(this::digest);
    return events(
        List.of(
            received(
                body,
                id("message", id),
                id,
                new Content.Unsupported(kind, Optional.empty()),
                Optional.empty())));
  }

  private ChannelEvent received(
      JsonNode body, EventId id, String clientId, Content content, Optional<ExternalId> replyTo) {
    return new ChannelEvent.MessageReceived(
        header(id, sender(body), 0),
        new ExternalId(clientId),
        content,
        replyTo,
        origin(body.path("page")));
  }

  /** What the page's server signed is vouched for as far as it goes; what was typed is a claim. */
  private Sender sender(JsonNode body) {
    JsonNode profile = body.path("profile");
    Set<ContactAddress> claims = new LinkedHashSet<>();
    claim(profile, "phone", MAX_PHONE).map(ContactAddress::phone).ifPresent(claims::add);
    claim(profile, "email", MAX_EMAIL).map(ContactAddress::email).ifPresent(claims::add);
    token.identity().map(Identity::claims).ifPresent(claims::addAll);
    List<ContactAddress> vouched = token.identity().map(Identity::vouched).orElse(List.of());
    claims.removeAll(vouched);
    return new Sender(
        visitor,
        vouched,
        List.copyOf(claims),
        token
            .identity()
            .flatMap(Identity::name)
            .or(() -> VisitorJson.line(profile, "name", MAX_NAME)),
        VisitorJson.language(body));
  }

  private ParseResult receipt(JsonNode body) {
    Optional<DeliveryState> state =
        switch (VisitorJson.word(body, "state").orElse("")) {
          case "delivered" -> Optional.of(DeliveryState.DELIVERED);
          case "read" -> Optional.of(DeliveryState.READ);
          default -> Optional.empty();
        };
    if (state.isEmpty()) {
      return malformed("'state' must be delivered or read");
    }
    JsonNode messages = body.path("messages");
    if (!messages.isArray() || messages.isEmpty() || messages.size() > MAX_RECEIPTS) {
      return malformed("'messages' must list 1 to " + MAX_RECEIPTS + " message ids");
    }
    List<ChannelEvent> events = new ArrayList<>();
    List<ParseResult.Skipped> skipped = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode message : messages) {
      String id = message.isTextual() ? message.textValue() : "";
      if (!MESSAGE_ID.matcher(id).matches()) {
        skipped.add(new ParseResult.Skipped("receipt", "it names no message id"));
      } else if (seen.add(id)) {
        events.add(updated(id, state.get(), events.size()));
      } else {
        skipped.add(new ParseResult.Skipped("receipt", "the message is named twice"));
      }
    }
    return new ParseResult.Events(events, skipped);
  }

  private ChannelEvent updated(String id, DeliveryState state, int position) {
    return new ChannelEvent.DeliveryUpdated(
        header(id("status", id, state.name()), Sender.of(visitor), position),
        new ExternalId(id),
        Optional.of(new OutboundId(id)),
        state,
        Optional.empty());
  }

  /** Typing has no id of its own and is never stored: all of a visitor's is the same event. */
  private EventHeader typing() {
    return header(id("typing"), Sender.of(visitor), 0);
  }

  private EventHeader header(EventId id, Sender sender, int position) {
    return new EventHeader(
        id, WebchatChannel.TYPE, widget, sender, delivery.receivedAt(), position);
  }

  /** The visitor is part of every id: nobody can take another one's message id beforehand. */
  private EventId id(String kind, String... parts) {
    List<String> all = new ArrayList<>(List.of(visitor.value()));
    all.addAll(List.of(parts));
    return EventId.derive(WebchatChannel.TYPE, widget, kind, all.toArray(String[]::new));
  }

  private static Optional<String> clientId(JsonNode body) {
    return VisitorJson.word(body, "clientId").filter(id -> CLIENT_ID.matcher(id).matches());
  }

  /** As typed; what is too long to be one is left out rather than cut into somebody else's. */
  private static Optional<String> claim(JsonNode profile, String field, int maxLength) {
    return VisitorJson.word(profile, field).filter(text -> text.length() <= maxLength);
  }

  private static Optional<Origin> origin(JsonNode page) {
    Optional<String> url =
        VisitorJson.word(page, "url")
            .filter(text -> WEB_ADDRESS.matcher(text).matches())
            .map(text -> VisitorJson.cut(text, MAX_URL));
    Optional<String> title = VisitorJson.line(page, "title", MAX_TITLE);
    Optional<String> campaign =
        VisitorJson.line(page, "campaign", MAX_CAMPAIGN)
            .or(() -> url.flatMap(VisitorBody::campaignOf));
    return url.or(() -> title).or(() -> campaign).map(any -> new Origin(url, title, campaign));
  }

  private static Optional<String> campaignOf(String url) {
    Matcher matcher = CAMPAIGN.matcher(url);
    if (!matcher.find()) {
      return Optional.empty();
    }
    try {
      String decoded = URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
      return VisitorJson.line(decoded, MAX_CAMPAIGN);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isJson(String contentType) {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
  }

  private String digest() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(delivery.body());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static ParseResult events(List<ChannelEvent> events) {
    return new ParseResult.Events(events, List.of());
  }

  private static ParseResult malformed(String detail) {
    return new ParseResult.Refused(Refusal.MALFORMED, detail);
  }
}
