package dev.hilo.whatsapp;

import dev.hilo.channel.ChannelEvent;
import dev.hilo.channel.ChannelEvent.MessageDeleted;
import dev.hilo.channel.ChannelEvent.MessageEdited;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelEvent.ReactionChanged;
import dev.hilo.channel.Content;
import dev.hilo.channel.Envelope;
import dev.hilo.channel.EventHeader;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.Origin;
import dev.hilo.channel.Sender;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads one element of {@code value.messages}.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/
 * messages and its pages by type (updated 2026-06-11), read 2026-11-20.
 */
final class MessageReader {

  private static final int LONGEST_ID = 512;

  /** How the ids begin that we give to messages without one. */
  static final String UNNAMED = "unnamed-";

  private final ContentReader contents = new ContentReader();
  private final AddressReader addresses = new AddressReader();

  void read(Part message, WhatsAppSettings.Account account, People people, Reading reading) {
    String type = message.text("type").orElse("untyped");
    if (People.isGroup(message, "from")) {
      reading.skip("group message", "groups are not read");
      return;
    }
    if (type.equals("system")) {
      addresses.readSystem(message, account, people, reading);
      return;
    }
    if (type.equals("request_welcome")) {
      reading.skip(type, "the customer opened the chat and wrote nothing yet");
      return;
    }
    Optional<Sender> sender = people.sender(message);
    if (sender.isEmpty()) {
      reading.skip("message/" + type, "it has neither a phone number nor a user id of its sender");
      return;
    }
    // A message without an id still has to be recognised when it comes again: by its content.
    String id =
        message.id("id", LONGEST_ID).orElseGet(() -> UNNAMED + Fingerprint.of(message.node()));
    Instant at = message.time("timestamp").orElse(reading.receivedAt());
    EventHeader header = reading.header(account.id(), sender.get(), at, kind(type), id);
    reading.add(event(message, type, header, new ExternalId(id)));
  }

  private static String kind(String type) {
    return switch (type) {
      case "edit", "revoke", "reaction" -> type;
      default -> "message";
    };
  }

  private ChannelEvent event(Part message, String type, EventHeader header, ExternalId id) {
    Optional<ChannelEvent> aboutAnother =
        switch (type) {
          case "reaction" ->
              externalId(message.part("reaction"), "message_id")
                  .map(
                      target ->
                          new ReactionChanged(
                              header, target, message.part("reaction").text("emoji")));
          case "edit" ->
              externalId(message.part("edit"), "original_message_id")
                  .map(
                      target ->
                          new MessageEdited(
                              header,
                              target,
                              contents.readEdited(message.part("edit").part("message"))));
          case "revoke" ->
              externalId(message.part("revoke"), "original_message_id")
                  .map(target -> new MessageDeleted(header, target));
          default -> Optional.empty();
        };
    return aboutAnother.orElseGet(
        () -> {
          Content content = contents.read(message);
          return new MessageReceived(
              header,
              id,
              content,
              externalId(message.part("context"), "id"),
              origin(message),
              envelope(message.part("context")));
        });
  }

  private static Optional<ExternalId> externalId(Part part, String name) {
    return part.id(name, LONGEST_ID).map(ExternalId::new);
  }

  private static Optional<Envelope> envelope(Part context) {
    return context.get("forwarded").asBoolean(false)
            || context.get("frequently_forwarded").asBoolean(false)
        ? Optional.of(Envelope.marked(Envelope.Mark.FORWARDED))
        : Optional.empty();
  }

  /** The advertisement or post that the customer came from, or the product that they ask about. */
  private static Optional<Origin> origin(Part message) {
    Part referral = message.part("referral");
    Part product = message.part("context").part("referred_product");
    Origin origin =
        new Origin(
            referral.text("source_url"),
            referral.text("headline").or(() -> product.text("product_retailer_id")),
            referral.text("ctwa_clid").or(() -> referral.text("source_id")));
    return origin.url().isEmpty() && origin.title().isEmpty() && origin.campaign().isEmpty()
        ? Optional.empty()
        : Optional.of(origin);
  }
}
