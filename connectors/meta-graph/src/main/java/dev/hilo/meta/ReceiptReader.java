package dev.hilo.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.ChannelEvent.DeliveredThrough;
import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.ExternalId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads how far our messages came: of single messages, or of all up to a time.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform/reference/webhook-events
 * (message-deliveries, message-reads), /docs/instagram-platform/webhooks/examples (messaging_seen),
 * read 2026-11-20.
 */
final class ReceiptReader {

  void readDelivery(Item item, Part delivery, ContactAddress customer) {
    List<String> mids = new ArrayList<>();
    for (JsonNode mid : delivery.get("mids")) {
      Part.idOf(mid).ifPresent(mids::add);
    }
    read(item, delivery, customer, DeliveryState.DELIVERED, mids);
  }

  void readRead(Item item, Part read, ContactAddress customer) {
    read(item, read, customer, DeliveryState.READ, read.id("mid").stream().toList());
  }

  private static void read(
      Item item, Part receipt, ContactAddress customer, DeliveryState state, List<String> mids) {
    String word = state.name().toLowerCase(Locale.ROOT);
    for (String mid : mids) {
      EventHeader header = item.header(customer, "status", mid, word, customer.value());
      item.reading()
          .add(
              new DeliveryUpdated(
                  header, new ExternalId(mid), Optional.empty(), state, Optional.empty()));
    }
    Optional<Instant> watermark = receipt.time("watermark");
    if (watermark.isPresent()) {
      String through = receipt.text("watermark").orElse("");
      EventHeader header = item.header(customer, "through", customer.value(), word, through);
      item.reading().add(new DeliveredThrough(header, state, watermark.get()));
    } else if (mids.isEmpty()) {
      item.reading().skip("receipt/" + word, "it says neither which messages nor up to when");
    }
  }
}
