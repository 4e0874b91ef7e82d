package dev.hilo.meta;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.ParseResult.Refused;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Walks through every level of a webhook: {@code entry[]}, and in each the arrays {@code
 * messaging[]}, {@code standby[]} and {@code changes[]}. Each element becomes events or is skipped
 * by name. Entries are told apart by their id: the provider's pages contradict each other on {@code
 * object}.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform/reference/webhook-events and
 * /docs/instagram-platform/webhooks/examples, read 2026-11-20.
 */
public final class WebhookReader {

  /** The entry id of what the console's "Test" button sends. */
  private static final String CONSOLE = "0";

  /** Doubled keys are refused: one of the two values would vanish unseen. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final ChannelType channel;
  private final ItemReader items = new ItemReader();

  /** A reader whose events are of this channel. */
  public WebhookReader(ChannelType channel) {
    this.channel = channel;
  }

  /** Reads the body; accounts other than those vouched for are unknown. */
  public ParseResult read(RawDelivery delivery, List<MetaAccount> vouched) {
    JsonNode root;
    try {
      root = MAPPER.readTree(delivery.body());
    } catch (IOException e) {
      // Not the parser's words: they quote the body.
      return malformed("the body is not valid JSON");
    }
    if (root == null || !root.isObject()) {
      return malformed("expected a JSON object");
    }
    if (root.has("entry") && !root.get("entry").isArray()) {
      return malformed("expected entry to be an array");
    }
    Reading reading = new Reading(channel, delivery.receivedAt());
    for (JsonNode entry : root.path("entry")) {
      object(entry, "entry", reading, it -> new Entry(it, vouched, reading).read());
    }
    return reading.result();
  }

  private static Refused malformed(String detail) {
    return new Refused(Refusal.MALFORMED, detail);
  }

  private static void array(
      Part parent, String name, Reading reading, Consumer<JsonNode> eachElement) {
    JsonNode array = parent.get(name);
    if (array.isArray()) {
      array.forEach(eachElement);
    } else if (!array.isMissingNode()) {
      reading.skip(name, "expected an array, got " + Part.typeOf(array));
    }
  }

  private static void object(
      JsonNode node, String name, Reading reading, Consumer<Part> whenObject) {
    if (node.isObject()) {
      whenObject.accept(new Part(node));
    } else {
      reading.skip(name, "expected an object, got " + Part.typeOf(node));
    }
  }

  /** One entry: all that happened at one account. */
  private final class Entry {

    private final Part entry;
    private final List<MetaAccount> vouched;
    private final Reading reading;
    private final String id;
    private final Optional<MetaAccount> account;

    Entry(Part entry, List<MetaAccount> vouched, Reading reading) {
      this.entry = entry;
      this.vouched = vouched;
      this.reading = reading;
      this.id = entry.text("id").orElse("(none)");
      this.account = account(id);
    }

    private Optional<MetaAccount> account(String wanted) {
      return vouched.stream().filter(it -> it.id().value().equals(wanted)).findFirst();
    }

    void read() {
      array(entry, "messaging", reading, it -> readItem("messaging", it, account, false));
      array(entry, "standby", reading, it -> readItem("standby", it, account, true));
      array(entry, "changes", reading, it -> object(it, "change", reading, this::readChange));
    }

    private void readItem(
        String kind, JsonNode item, Optional<MetaAccount> owner, boolean standby) {
      if (owner.isEmpty()) {
        reading.skipOfUnknownAccount(kind, id);
      } else {
        reading.accountIsKnown();
        object(
            item,
            kind,
            reading,
            it -> items.read(new Item(it, owner.get(), entry.time("time"), standby, reading)));
      }
    }

    /** What the console sends to try the webhook stands here; so do comments and mentions. */
    private void readChange(Part change) {
      String field = change.text("field").orElse("a change without a field");
      boolean conversation = field.startsWith("message") || field.startsWith("messaging");
      Optional<MetaAccount> owner = account.or(() -> consoleAccount(change));
      if (id.equals(CONSOLE) && owner.isEmpty()) {
        reading.accountIsKnown();
        reading.skip(field, "a test of the console that is for no account of the settings");
      } else if (conversation || field.equals("standby")) {
        readItem(field, change.get("value"), owner, field.equals("standby"));
      } else if (owner.isPresent()) {
        reading.accountIsKnown();
        reading.skip(field, "it is public or a statistic, and no message to the business");
      } else {
        reading.skipOfUnknownAccount(field, id);
      }
    }

    private Optional<MetaAccount> consoleAccount(Part change) {
      Optional<String> recipient = change.part("value").part("recipient").text("id");
      return id.equals(CONSOLE)
          ? recipient
              .flatMap(this::account)
              .or(() -> vouched.size() == 1 ? Optional.of(vouched.getFirst()) : Optional.empty())
          : Optional.empty();
    }
  }
}
