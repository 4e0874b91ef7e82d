package dev.hilo.channel.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.PushChannel;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import dev.hilo.channel.Secret;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.Sender;
import dev.hilo.channel.Verification;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;

/**
 * A small complete channel with a provider of its own invention, and with a mistake on request. It
 * shows that the contract can be kept, and that its tests see who does not keep it.
 */
final class SandboxChannel implements PushChannel {

  static final ChannelType TYPE = new ChannelType("sandbox");
  static final String SIGNATURE = "X-Sandbox-Signature";
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int LONGEST_TEXT = 100;
  private static final int LONGEST_ID = 100;

  private final AccountId account;
  private final Secret key;
  private final ChannelContext context;
  private final Defect defect;

  SandboxChannel(AccountId account, Secret key, ChannelContext context, Defect defect) {
    this.account = account;
    this.key = key;
    this.context = context;
    this.defect = defect;
  }

  @Override
  public ChannelType type() {
    return defect == Defect.CALLS_ITSELF_OTHERWISE ? new ChannelType("sandpit") : TYPE;
  }

  @Override
  public Capabilities capabilities() {
    URI source =
        URI.create(defect == Defect.INVENTS_A_LIMIT ? "somewhere" : "https://sandbox.invalid/docs");
    return Capabilities.named("Sandbox")
        .maxText(LONGEST_TEXT, Capabilities.UTF_16_UNITS, source)
        .delivery(
            Capabilities.Confirmation.NONE,
            DeliveryState.DELIVERED,
            DeliveryState.READ,
            DeliveryState.FAILED)
        .provesAddress()
        .build();
  }

  @Override
  public Verification verify(RawDelivery delivery) {
    if (defect == Defect.LOGS_ITS_SECRET) {
      Logger.getLogger("sandbox").fine("checking with " + key.reveal());
    }
    if (defect == Defect.PARSES_BEFORE_IT_VERIFIES) {
      try {
        STRICT.readTree(delivery.body());
      } catch (IOException e) {
        return new ParseResult.Refused(Refusal.MALFORMED, "the body is no JSON");
      }
    }
    byte[] expected = signature(key, delivery.body()).getBytes(StandardCharsets.UTF_8);
    byte[] got = delivery.header(SIGNATURE).orElse("").getBytes(StandardCharsets.UTF_8);
    return defect == Defect.BELIEVES_EVERY_SIGNATURE || MessageDigest.isEqual(expected, got)
        ? new Verification.Verified()
        : new ParseResult.Refused(Refusal.BAD_SIGNATURE, "the signature does not match");
  }

  static String signature(Secret key, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(key.reveal().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ParseResult parse(RawDelivery delivery) {
    if (defect == Defect.ASKS_FOR_THE_TIME) {
      var unused = context.clock().instant();
    }
    if (defect == Defect.CALLS_WHILE_PARSING) {
      context
          .http()
          .call(
              new ProviderHttp.Call("GET", URI.create("http://localhost"), Map.of(), new byte[0]));
    }
    JsonNode root;
    try {
      root =
          (defect == Defect.BELIEVES_THE_LAST_KEY ? new JsonMapper() : STRICT)
              .readTree(delivery.body());
    } catch (IOException e) {
      return unreadable(delivery, e);
    }
    if (!root.isObject()) {
      return new ParseResult.Refused(Refusal.MALFORMED, "the body is no JSON object");
    }
    if (!root.path("account").asText().equals(account.value())
        && defect != Defect.TAKES_OTHER_ACCOUNTS) {
      return new ParseResult.Refused(Refusal.UNKNOWN_ACCOUNT, "no such account");
    }
    JsonNode items = root.path("items");
    if (items.isMissingNode() || (defect == Defect.DROPS_WRONG_CONTAINERS && !items.isArray())) {
      return new ParseResult.Ignored("no items");
    }
    if (!items.isArray()) {
      return new ParseResult.Refused(Refusal.MALFORMED, "items is no array");
    }
    return read(items, delivery.receivedAt());
  }

  private ParseResult unreadable(RawDelivery delivery, IOException e) {
    boolean cut = String.valueOf(e.getMessage()).contains("end-of-input");
    if (cut && defect == Defect.TAKES_WHAT_IS_CUT_FOR_NOTHING) {
      return new ParseResult.Ignored("nothing there");
    }
    if ((cut && defect == Defect.THROWS_WHEN_CUT)
        || (defect == Defect.THROWS_ON_BAD_BYTES && !cut)
        || (defect == Defect.THROWS_ON_OTHER_CHARSETS
            && new String(delivery.body(), StandardCharsets.ISO_8859_1).contains("Niño"))) {
      throw new IllegalStateException(e);
    }
    return new ParseResult.Refused(Refusal.MALFORMED, "the body is no JSON");
  }

  private ParseResult read(JsonNode items, Instant receivedAt) {
    List<ChannelEvent> events = new ArrayList<>();
    List<ParseResult.Skipped> skipped = new ArrayList<>();
    int count = defect == Defect.READS_ONLY_THE_FIRST ? Math.min(1, items.size()) : items.size();
    for (int i = 0; i < count; i++) {
      JsonNode item = items.get(defect == Defect.READS_BACKWARDS ? count - 1 - i : i);
      if (defect == Defect.THROWS_ON_WRONG_TYPE && !item.isObject()) {
        throw new ClassCastException("expected an object");
      }
      String from = text(item, "from");
      if (!item.isObject() || from.isBlank() || from.length() > LONGEST_ID) {
        if (defect == Defect.REFUSES_ALL_FOR_ONE) {
          return new ParseResult.Refused(Refusal.MALFORMED, "an item has no sender");
        }
        if (defect != Defect.DROPS_BROKEN_ELEMENTS) {
          String reason =
              defect == Defect.SPEAKS_IN_LINES ? "no sender in\n" + item : "it has no sender";
          skipped.add(new ParseResult.Skipped("item", reason));
        }
      } else if (!(defect == Defect.DROPS_ELEMENTS_WITHOUT_ID && !item.has("id"))) {
        int position = defect == Defect.POSITION_ALWAYS_ZERO ? 0 : events.size();
        readItem(item, from, position, receivedAt)
            .ifPresentOrElse(
                events::add, () -> skipped.add(new ParseResult.Skipped("item", "not for us")));
      }
    }
    return defect == Defect.IGNORES_UNKNOWN_STATUS && events.isEmpty()
        ? new ParseResult.Ignored("nothing known")
        : new ParseResult.Events(events, skipped);
  }

  private Optional<ChannelEvent> readItem(
      JsonNode item, String from, int position, Instant receivedAt) {
    String id = text(item, "id");
    if (id.isBlank() || id.length() > LONGEST_ID) {
      id = "unnamed-" + Integer.toHexString(item.toString().hashCode());
    }
    String unique =
        switch (defect) {
          case NEW_ID_EACH_TIME -> UUID.randomUUID().toString();
          case ID_FROM_POSITION -> id + position;
          case ID_FROM_ARRIVAL -> id + receivedAt;
          default -> id;
        };
    String kind = text(item, "kind");
    Optional<String> name =
        Optional.of(text(item, "name"))
            .filter(it -> !it.isBlank() && defect != Defect.FORGETS_THE_NAME);
    Sender sender =
        new Sender(ContactAddress.visitor(from), List.of(), List.of(), name, Optional.empty());
    Instant at =
        item.path("at").canConvertToLong()
            ? Instant.ofEpochSecond(Math.floorMod(item.path("at").longValue(), 1L << 40))
            : Instant.EPOCH;
    EventHeader header =
        new EventHeader(
            EventId.derive(TYPE, account, kind, unique, text(item, "state")),
            type(),
            account,
            sender,
            at,
            position);
    ExternalId externalId = new ExternalId(id);
    return switch (kind) {
      case "text" -> Optional.of(message(header, externalId, new Content.Text(text(item, "text"))));
      case "echo" ->
          defect == Defect.TAKES_ECHO_FOR_CUSTOMER
              ? Optional.of(message(header, externalId, new Content.Text(text(item, "text"))))
              : Optional.empty();
      case "status" -> status(header, externalId, text(item, "state"));
      default ->
          defect == Defect.SKIPS_UNKNOWN_KINDS
              ? Optional.empty()
              : Optional.of(
                  message(
                      header, externalId, new Content.Unsupported("unknown", Optional.empty())));
    };
  }

  private static ChannelEvent message(EventHeader header, ExternalId id, Content content) {
    return new ChannelEvent.MessageReceived(
        header, id, content, Optional.empty(), Optional.empty());
  }

  private Optional<ChannelEvent> status(EventHeader header, ExternalId id, String state) {
    Optional<DeliveryState> mapped =
        switch (state) {
          case "arrived" -> Optional.of(DeliveryState.DELIVERED);
          case "seen" ->
              Optional.of(
                  defect == Defect.MAPS_READ_TO_DELIVERED
                      ? DeliveryState.DELIVERED
                      : DeliveryState.READ);
          case "failed" -> Optional.of(DeliveryState.FAILED);
          default ->
              defect == Defect.GUESSES_UNKNOWN_STATUS
                  ? Optional.of(DeliveryState.SENT)
                  : Optional.empty();
        };
    Optional<DeliveryFailure> failure =
        state.equals("failed") && defect != Defect.FAILS_WITHOUT_ERROR
            ? Optional.of(new DeliveryFailure(DeliveryError.UNKNOWN, "", ""))
            : Optional.empty();
    return mapped.map(
        it -> new ChannelEvent.DeliveryUpdated(header, id, Optional.empty(), it, failure));
  }

  private String text(JsonNode item, String member) {
    String text = item.path(member).isTextual() ? item.path(member).textValue() : "";
    return defect == Defect.KEEPS_LONE_SURROGATES
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Override
  public SendResult send(OutboundMessage message) {
    if (!message.account().equals(account) && defect != Defect.SENDS_FROM_ANY_ACCOUNT) {
      return rejected(DeliveryError.ACCOUNT_RESTRICTED, "no such account");
    }
    String body = ((OutboundContent.Text) message.content()).body();
    int longest = defect == Defect.REFUSES_LONGEST_TEXT ? LONGEST_TEXT - 1 : LONGEST_TEXT;
    if (body.length() > longest) {
      return defect == Defect.CUTS_LONG_TEXT
          ? new SendResult.Accepted(new ExternalId("cut"))
          : rejected(DeliveryError.CONTENT_REJECTED, "at most 100 UTF-16 units");
    }
    if (defect == Defect.SENDS_FROM_ANY_ACCOUNT && !message.account().equals(account)) {
      return new SendResult.Accepted(new ExternalId("anybody"));
    }
    URI uri = URI.create("http://localhost/send");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return switch (context.http().call(new ProviderHttp.Call("POST", uri, Map.of(), bytes))) {
      case Outcome.Answered answered -> answered(answered);
      case Outcome.NotSent notSent ->
          defect == Defect.UNSURE_WITHOUT_CONNECTION
              ? new SendResult.Unconfirmed("not sent")
              : later(DeliveryError.PROVIDER_UNAVAILABLE, "not sent", Duration.ofSeconds(5));
      case Outcome.TooLarge tooLarge -> new SendResult.Unconfirmed("the answer is too large");
      case Outcome.AnswerLost lost ->
          defect == Defect.RETRIES_WHEN_ANSWER_LOST
              ? later(DeliveryError.PROVIDER_UNAVAILABLE, "lost", Duration.ofSeconds(5))
              : new SendResult.Unconfirmed("the answer was lost");
    };
  }

  private SendResult answered(Outcome.Answered answered) {
    JsonNode answer;
    try {
      answer = STRICT.readTree(answered.body());
    } catch (JsonProcessingException e) {
      if (defect == Defect.THROWS_ON_ODD_REFUSAL && answered.status() == 400) {
        throw new IllegalStateException(e);
      }
      return new SendResult.Unconfirmed("the answer is no JSON");
    } catch (IOException e) {
      return new SendResult.Unconfirmed("the answer cannot be read");
    }
    if (answered.status() == 200) {
      String id = text(answer, "id");
      if (!id.isBlank() && id.length() <= LONGEST_ID) {
        return new SendResult.Accepted(new ExternalId(id));
      }
      return defect == Defect.REJECTS_UNREADABLE_ANSWER
          ? rejected(DeliveryError.UNKNOWN, "no id")
          : new SendResult.Unconfirmed("the answer has no id");
    }
    String detail = defect == Defect.REPEATS_THE_PROVIDERS_WORDS ? text(answer, "why") : "";
    return switch (text(answer, "error")) {
      case "slow-down" ->
          defect == Defect.REJECTS_WHEN_THROTTLED
              ? rejected(DeliveryError.THROTTLED, detail)
              : later(
                  DeliveryError.THROTTLED,
                  detail,
                  defect == Defect.RETRIES_AT_ONCE ? Duration.ZERO : Duration.ofSeconds(5));
      case "blocked" ->
          defect == Defect.RETRIES_WHEN_BLOCKED
              ? later(DeliveryError.RECIPIENT_OPTED_OUT, detail, Duration.ofSeconds(5))
              : rejected(DeliveryError.RECIPIENT_OPTED_OUT, detail);
      case "" -> new SendResult.Unconfirmed("the answer says nothing");
      default -> rejected(DeliveryError.UNKNOWN, detail);
    };
  }

  private static SendResult rejected(DeliveryError error, String detail) {
    return new SendResult.Rejected(new DeliveryFailure(error, "", detail));
  }

  private static SendResult later(DeliveryError error, String detail, Duration after) {
    return new SendResult.RetryLater(new DeliveryFailure(error, "", detail), after);
  }

  @Override
  public String toString() {
    return "SandboxChannel[" + (defect == Defect.PRINTS_ITS_SECRET ? key.reveal() : account) + "]";
  }
}
