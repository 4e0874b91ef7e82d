package dev.hilo.whatsapp;

import dev.hilo.channel.ChannelEvent.AddressChanged;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads that a customer has a new number or a new user id: as a message of the type {@code system},
 * or as an element of {@code value.user_id_update}.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/
 * messages/system and business-scoped-user-ids, read 2026-11-20.
 */
final class AddressReader {

  private static final int LONGEST_ID = 160;

  /** Older notices name the previous id only in their text. */
  private static final Pattern FROM_TO = Pattern.compile("from (\\S+) to (\\S+?)\\.?(?=\\s|$)");

  /** A message of the type {@code system}. */
  void readSystem(Part message, WhatsAppSettings.Account account, People people, Reading reading) {
    Part system = message.part("system");
    String type = system.text("type").orElse("untyped");
    Optional<ContactAddress> previous;
    Optional<ContactAddress> current;
    switch (type) {
      // "customer_changed_number" is the older name.
      case "user_changed_number", "customer_changed_number" -> {
        previous = message.text("from").flatMap(People::phone);
        current = system.text("wa_id").or(() -> system.text("new_wa_id")).flatMap(People::phone);
      }
      case "user_changed_user_id" -> {
        current = system.id("user_id", LONGEST_ID).flatMap(People::userId);
        Optional<ContactAddress> now = current;
        previous =
            system
                .id("previous_user_id", LONGEST_ID)
                .flatMap(People::userId)
                .or(() -> now.flatMap(it -> previousInText(system, it)));
      }
      default -> {
        reading.skip("system/" + type, "a notice about the customer, who wrote nothing");
        return;
      }
    }
    if (previous.isEmpty() || current.isEmpty() || previous.equals(current)) {
      reading.skip("system/" + type, "it does not say what address became what");
      return;
    }
    Sender sender = people.sender(message).orElse(Sender.of(previous.get()));
    Instant at = message.time("timestamp").orElse(reading.receivedAt());
    String when = message.text("timestamp").orElse("");
    add(account, sender, at, when, previous.get(), current.get(), reading);
  }

  private static Optional<ContactAddress> previousInText(Part system, ContactAddress current) {
    List<MatchResult> found = FROM_TO.matcher(system.text("body").orElse("")).results().toList();
    return found.isEmpty() || !found.getLast().group(2).equals(current.value())
        ? Optional.empty()
        : People.userId(found.getLast().group(1));
  }

  /** An element of {@code user_id_update}: the user id, and the one of the parent business. */
  void readUpdate(Part update, WhatsAppSettings.Account account, Reading reading) {
    Instant at = update.time("timestamp").orElse(reading.receivedAt());
    String when = update.text("timestamp").orElse("");
    boolean any = false;
    for (String name : List.of("user_id", "parent_user_id")) {
      Part change = update.part(name);
      Optional<ContactAddress> previous = change.id("previous", LONGEST_ID).flatMap(People::userId);
      Optional<ContactAddress> current = change.id("current", LONGEST_ID).flatMap(People::userId);
      if (previous.isPresent() && current.isPresent() && !previous.equals(current)) {
        Sender sender =
            update
                .text("wa_id")
                .flatMap(People::phone)
                .map(phone -> with(phone, previous.get()))
                .orElse(Sender.of(previous.get()));
        add(account, sender, at, when, previous.get(), current.get(), reading);
        any = true;
      }
    }
    if (!any) {
      reading.skip("user id update", "it does not say what address became what");
    }
  }

  private static Sender with(ContactAddress address, ContactAddress other) {
    return new Sender(address, List.of(other), List.of(), Optional.empty(), Optional.empty());
  }

  private static void add(
      WhatsAppSettings.Account account,
      Sender sender,
      Instant at,
      String when,
      ContactAddress previous,
      ContactAddress current,
      Reading reading) {
    reading.add(
        new AddressChanged(
            reading.header(
                account.id(), sender, at, "address", previous.key(), current.key(), when),
            previous,
            current));
  }
}
