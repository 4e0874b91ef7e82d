package dev.hilo.whatsapp;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.ParseResult.Refused;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Walks through every level of a webhook: {@code entry[].changes[].value} and the arrays therein.
 * Each element becomes an event or is skipped by name.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks, read
 * 2026-11-20.
 */
final class WebhookReader {

  private static final String OBJECT = "whatsapp_business_account";

  /** Doubled keys are refused: one of the two values would vanish unseen. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Where a change has its elements. */
  private static final List<String> ARRAYS =
      List.of(
          "messages", "statuses", "user_preferences", "errors", "message_echoes", "user_id_update");

  private final MessageReader messages = new MessageReader();
  private final StatusReader statuses = new StatusReader();
  private final EchoReader echoes = new EchoReader();
  private final AddressReader addresses = new AddressReader();
  private final NoticeReader notices = new NoticeReader();

  /** Reads the body; accounts other than those vouched for are unknown. */
  ParseResult read(RawDelivery delivery, List<WhatsAppSettings.Account> vouched) {
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
    if (!new Part(root).text("object").equals(Optional.of(OBJECT))) {
      return malformed("expected the object to be '" + OBJECT + "'");
    }
    if (root.has("entry") && !root.get("entry").isArray()) {
      return malformed("expected entry to be an array");
    }
    Reading reading = new Reading(delivery.receivedAt());
    for (JsonNode entry : root.path("entry")) {
      object(entry, "entry", reading, it -> readEntry(it, vouched, reading));
    }
    return reading.result();
  }

  private static Refused malformed(String detail) {
    return new Refused(Refusal.MALFORMED, detail);
  }

  private void readEntry(Part entry, List<WhatsAppSettings.Account> vouched, Reading reading) {
    array(
        entry,
        "changes",
        reading,
        change ->
            object(
                change, "change", reading, it -> new Change(entry, it, vouched, reading).read()));
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

  /** One change: either about a phone number, or a notice about the business account. */
  private final class Change {

    private final Part entry;
    private final String field;
    private final JsonNode node;
    private final Part value;
    private final List<WhatsAppSettings.Account> vouched;
    private final Reading reading;
    private final String phoneNumberId;
    private final Optional<WhatsAppSettings.Account> account;

    Change(Part entry, Part change, List<WhatsAppSettings.Account> vouched, Reading reading) {
      this.entry = entry;
      this.field = change.text("field").orElse("a change without a field");
      this.node = change.get("value");
      this.value = new Part(node);
      this.vouched = vouched;
      this.reading = reading;
      this.phoneNumberId = value.part("metadata").text("phone_number_id").orElse("(none)");
      this.account =
          vouched.stream()
              .filter(candidate -> candidate.id().value().equals(phoneNumberId))
              .findFirst();
    }

    void read() {
      if (!node.isObject()) {
        reading.skip(field, "expected its value to be an object, got " + Part.typeOf(node));
        return;
      }
      // By what is there, not by the field's name: a message counts wherever it stands.
      boolean any = false;
      People people = new People(value.parts("contacts"));
      if (field.equals("history")) {
        // Messages of the time before the number was connected: nobody waits for an answer.
        ARRAYS.forEach(this::skipEach);
        reading.skip(field, "written before the number was connected");
        return;
      }
      // Some deliveries have the echoes under the name of messages.
      any |=
          field.endsWith("message_echoes")
              ? elements(
                  "messages", "message echo", (it, to) -> echoes.read(it, to, people, reading))
              : elements("messages", "message", (it, to) -> messages.read(it, to, people, reading));
      any |= elements("statuses", "status", (it, to) -> statuses.read(it, to, people, reading));
      any |= elements("user_preferences", "user preference", this::readPreference);
      any |= elements("errors", "error", (it, to) -> notices.readError(entry, it, to, reading));
      any |=
          elements(
              "message_echoes", "message echo", (it, to) -> echoes.read(it, to, people, reading));
      any |=
          elements(
              "user_id_update",
              "user id update",
              (it, to) -> addresses.readUpdate(it, to, reading));
      if (!any) {
        notices.read(entry, field, value, vouched, reading);
      }
    }

    private void skipEach(String name) {
      array(
          value,
          name,
          reading,
          element -> reading.skip("history/" + name, "written before the number was connected"));
    }

    private void readPreference(Part preference, WhatsAppSettings.Account to) {
      notices.readPreference(preference, to, reading);
    }

    private boolean elements(String array, String kind, ElementReader reader) {
      array(
          value,
          array,
          reading,
          element -> {
            if (account.isEmpty()) {
              reading.skipOfUnknownAccount(kind, phoneNumberId);
            } else {
              reading.accountIsKnown();
              object(element, kind, reading, it -> reader.read(it, account.get()));
            }
          });
      return value.has(array);
    }
  }

  private interface ElementReader {
    void read(Part element, WhatsAppSettings.Account to);
  }
}
