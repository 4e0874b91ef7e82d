package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that a business is told in a webhook.
 *
 * <p>Source: shapes of developers.facebook.com/docs/messenger-platform/reference/webhook-events and
 * .../instagram-platform/webhooks, and of payloads published by restfb and courier, read
 * 2026-11-20.
 *
 * @param standby whether another app has the thread
 * @param message the id of the customer's message in it
 * @param item the element of {@code messaging} or {@code standby}
 */
record Event(Account account, boolean standby, Optional<String> message, ObjectNode item) {

  private static final Set<String> ENVELOPE = Set.of("sender", "recipient", "timestamp");

  /** What it tells, in one word: the key that is there beside sender, recipient and time. */
  private String kind() {
    for (Iterator<String> names = item.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (name.equals("delivery") || name.equals("read")) {
        return "status";
      }
      if (name.equals("message") && item.at("/message/is_echo").asBoolean()) {
        return "echo";
      }
      if (!ENVELOPE.contains(name)) {
        return name;
      }
    }
    return "raw";
  }

  /** One POST has the events of one page or account. */
  static Gathering.Packing<Event> packing(Provider provider, InstantSource clock) {
    return new Gathering.Packing<>() {
      @Override
      public Object owner(Event event) {
        return event.account().id();
      }

      @Override
      public Gathering.Post pack(List<Event> batch, WebhookRules.BatchAs as) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("object", provider.webhookObject());
        ArrayNode entries = body.putArray("entry");
        long time = clock.instant().toEpochMilli();
        Account account = batch.getFirst().account();
        for (Event event : batch) {
          if (entries.isEmpty() || as == WebhookRules.BatchAs.ENTRIES) {
            entries.addObject().put("id", account.id()).put("time", time);
          }
          ObjectNode entry = (ObjectNode) entries.get(entries.size() - 1);
          entry.withArray(event.standby() ? "standby" : "messaging").add(event.item());
        }
        List<String> kinds = batch.stream().map(Event::kind).distinct().toList();
        return new Gathering.Post(
            kinds.size() > 1 ? "mixed" : kinds.getFirst(),
            body,
            account.appSecret(),
            batch.stream().flatMap(event -> event.message().stream()).toList());
      }
    };
  }
}
