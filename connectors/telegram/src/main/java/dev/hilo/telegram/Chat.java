package dev.hilo.telegram;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.ExternalId;
import java.util.Optional;
import java.util.regex.Pattern;

/** The private chat of a person with the bot; its id is the person's. */
final class Chat {

  private static final Pattern MESSAGE = Pattern.compile("[0-9]{1,18}");
  private static final Pattern PERSON = Pattern.compile("[0-9]{1,20}");

  private Chat() {}

  /** The id of an element's chat; empty, and skipped by name, if it is not a private one. */
  static Optional<String> of(Part element, String kind, Reading reading) {
    Part chat = element.part("chat");
    Optional<String> id = chat.id("id");
    String type = chat.text("type").orElse("private");
    if (id.isEmpty()) {
      reading.skip(kind, "it does not say in which chat");
    } else if (!type.equals("private") || id.get().startsWith("-")) {
      reading.skip(kind, "a chat of the type " + type + " is not one customer");
    } else {
      return id;
    }
    return Optional.empty();
  }

  /** Numbers of messages count within a chat, so that ours are the chat and the number. */
  static ExternalId messageId(String chat, String message) {
    return new ExternalId(chat + ":" + message);
  }

  /** The number in one of our ids, if it is of that chat. */
  static Optional<Long> messageNumber(ExternalId id, String chat) {
    String value = id.value();
    return value.startsWith(chat + ":")
        ? Optional.of(value.substring(chat.length() + 1))
            .filter(number -> MESSAGE.matcher(number).matches())
            .map(Long::valueOf)
        : Optional.empty();
  }

  /** The chat behind an address; empty when it is no Telegram person's. */
  static Optional<String> of(ContactAddress address) {
    return Optional.of(address.value())
        .filter(value -> address.kind() == ContactAddress.Kind.SOCIAL)
        .filter(value -> value.startsWith(Reading.PREFIX))
        .map(value -> value.substring(Reading.PREFIX.length()))
        .filter(id -> PERSON.matcher(id).matches());
  }
}
