package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.meta.Gathering;
import dev.hilo.simulators.meta.WebhookRules;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a business is told in a webhook: a customer's message or a status.
 *
 * <p>Source: shapes of developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components and of
 * payloads published by restfb, courier and pywa, read 2026-11-20.
 *
 * @param number whose webhook it is
 * @param contact the writer's profile; statuses have none
 * @param array {@code messages} or {@code statuses}
 * @param content the element of that array
 */
record Update(
    BusinessNumber number, Optional<ObjectNode> contact, String array, ObjectNode content) {

  /** One POST has the updates of one number: with several in one value they share its metadata. */
  static final Gathering.Packing<Update> PACKING =
      new Gathering.Packing<>() {
        @Override
        public Object owner(Update update) {
          return update.number();
        }

        @Override
        public Gathering.Post pack(List<Update> batch, WebhookRules.BatchAs as) {
          List<String> customersMessages =
              batch.stream()
                  .filter(update -> update.array().equals("messages"))
                  .map(update -> update.content().path("id").asText())
                  .toList();
          return new Gathering.Post(
              kind(batch),
              body(batch, as),
              batch.getFirst().number().appSecret(),
              customersMessages);
        }
      };

  private static String kind(List<Update> batch) {
    List<String> kinds = batch.stream().map(Update::array).distinct().toList();
    return kinds.size() > 1 ? "mixed" : kinds.getFirst().equals("messages") ? "message" : "status";
  }

  static Update message(BusinessNumber number, Customer from, ObjectNode message) {
    ObjectNode contact = Json.MAPPER.createObjectNode();
    ObjectNode profile = contact.putObject("profile").put("name", from.name());
    from.username().ifPresent(username -> profile.put("username", username));
    from.waId().ifPresent(id -> contact.put("wa_id", id));
    from.userId().ifPresent(id -> contact.put("user_id", id));
    return new Update(number, Optional.of(contact), "messages", message);
  }

  static Update status(BusinessNumber number, ObjectNode status) {
    return new Update(number, Optional.empty(), "statuses", status);
  }

  /** The body of one POST with all of them. */
  static ObjectNode body(List<Update> updates, WebhookRules.BatchAs as) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("object", "whatsapp_business_account");
    ArrayNode entries = body.putArray("entry");
    switch (as) {
      case ENTRIES -> updates.forEach(update -> addChange(newEntry(entries, update), update));
      case CHANGES -> {
        ArrayNode changes = newEntry(entries, updates.getFirst());
        updates.forEach(update -> addChange(changes, update));
      }
      case MESSAGES -> {
        ObjectNode value = addChange(newEntry(entries, updates.getFirst()), updates.getFirst());
        updates.stream().skip(1).forEach(update -> update.addTo(value));
      }
    }
    return body;
  }

  private static ArrayNode newEntry(ArrayNode entries, Update first) {
    return entries.addObject().put("id", first.number.businessAccount()).putArray("changes");
  }

  private static ObjectNode addChange(ArrayNode changes, Update update) {
    ObjectNode change = changes.addObject();
    ObjectNode value = change.putObject("value");
    value.put("messaging_product", "whatsapp");
    value
        .putObject("metadata")
        .put("display_phone_number", update.number.digits())
        .put("phone_number_id", update.number.id());
    update.addTo(value);
    change.put("field", "messages");
    return value;
  }

  private void addTo(ObjectNode value) {
    contact.ifPresent(
        profile -> {
          ArrayNode contacts = value.withArray("contacts");
          boolean known = false;
          for (var other : contacts) {
            known |= other.equals(profile);
          }
          if (!known) {
            contacts.add(profile);
          }
        });
    value.withArray(array).add(content);
  }
}
