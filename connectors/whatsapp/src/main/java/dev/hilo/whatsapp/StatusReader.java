package dev.hilo.whatsapp;

import dev.hilo.channel.ChannelEvent.DeliveryUpdated;
import dev.hilo.channel.Charge;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.Sender;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads one element of {@code value.statuses}.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/
 * messages/status, read 2026-11-20.
 */
final class StatusReader {

  private static final int LONGEST_ID = 512;
  private static final int LONGEST_DETAIL = 300;
  private static final int LONGEST_WORD = 60;
  private static final Charge NONE =
      new Charge(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  void read(Part status, WhatsAppSettings.Account account, People people, Reading reading) {
    String name = status.text("status").orElse("untyped");
    Optional<DeliveryState> state = state(name);
    Optional<String> id = status.id("id", LONGEST_ID);
    Optional<Sender> recipient = people.recipient(status);
    if (People.isGroup(status, "recipient_id")) {
      reading.skip("group status", "groups are not read");
    } else if (state.isEmpty()) {
      reading.skip("status/" + name, "a status that is not known");
    } else if (id.isEmpty()) {
      reading.skip("status/" + name, "it does not say of which message");
    } else if (recipient.isEmpty()) {
      reading.skip("status/" + name, "it does not say of which recipient");
    } else {
      Instant at = status.time("timestamp").orElse(reading.receivedAt());
      String whom = recipient.get().address().key();
      EventHeader header =
          reading.header(account.id(), recipient.get(), at, "status", id.get(), name, whom);
      reading.add(
          new DeliveryUpdated(
              header,
              new ExternalId(id.get()),
              status.id("biz_opaque_callback_data", LONGEST_ID).map(OutboundId::new),
              state.get(),
              state.get() == DeliveryState.FAILED ? Optional.of(failure(status)) : Optional.empty(),
              charge(status)));
    }
  }

  /** Comes with the status "sent" or "delivered", and with no other. */
  private static Optional<Charge> charge(Part status) {
    Part pricing = status.part("pricing");
    Charge charge =
        new Charge(
            pricing.get("billable").isBoolean()
                ? Optional.of(pricing.get("billable").booleanValue())
                : Optional.empty(),
            word(pricing, "category"),
            word(pricing, "pricing_model"),
            word(pricing, "type"));
    return charge.equals(NONE) ? Optional.empty() : Optional.of(charge);
  }

  private static Optional<String> word(Part pricing, String name) {
    return pricing.text(name).map(text -> OneLine.of(text, LONGEST_WORD));
  }

  private static Optional<DeliveryState> state(String name) {
    return switch (name) {
      case "sent" -> Optional.of(DeliveryState.SENT);
      case "delivered" -> Optional.of(DeliveryState.DELIVERED);
      // A recording that was played has been read.
      case "read", "played" -> Optional.of(DeliveryState.READ);
      case "failed" -> Optional.of(DeliveryState.FAILED);
      default -> Optional.empty();
    };
  }

  private static DeliveryFailure failure(Part status) {
    return status.parts("errors").stream()
        .findFirst()
        .map(GraphError::of)
        .map(
            error ->
                new DeliveryFailure(
                    error.reaction().error(),
                    error.codeText(),
                    OneLine.of(error.line(), LONGEST_DETAIL)))
        .orElseGet(() -> new DeliveryFailure(DeliveryError.UNKNOWN, "", ""));
  }
}
