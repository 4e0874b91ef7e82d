package dev.hilo.whatsapp;

import dev.hilo.channel.ChannelEvent.MessageSentElsewhere;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.Sender;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one element of {@code value.message_echoes}: what the business wrote in the WhatsApp
 * Business app on the same number.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/
 * smb_message_echoes (updated 2026-05-21), read 2026-11-20.
 */
final class EchoReader {

  private static final String APP = "WhatsApp Business app";
  private static final int LONGEST_ID = 512;

  /** What is done to a message that was written before; the contract knows only customers' ones. */
  private static final Set<String> ABOUT_ANOTHER = Set.of("edit", "revoke", "reaction");

  private final ContentReader contents = new ContentReader();

  void read(Part echo, WhatsAppSettings.Account account, People people, Reading reading) {
    String type = echo.text("type").orElse("untyped");
    Optional<String> id = echo.id("id", LONGEST_ID);
    Optional<Sender> customer = people.echoed(echo);
    if (People.isGroup(echo, "to")) {
      reading.skip("group message echo", "groups are not read");
    } else if (ABOUT_ANOTHER.contains(type)) {
      reading.skip("message echo/" + type, "it changes what was written in the " + APP);
    } else if (customer.isEmpty() || id.isEmpty()) {
      reading.skip("message echo/" + type, "it does not say what was sent to whom");
    } else {
      Instant at = echo.time("timestamp").orElse(reading.receivedAt());
      reading.add(
          new MessageSentElsewhere(
              reading.header(account.id(), customer.get(), at, "echo", id.get()),
              new ExternalId(id.get()),
              contents.read(echo),
              Optional.of(APP)));
    }
  }
}
