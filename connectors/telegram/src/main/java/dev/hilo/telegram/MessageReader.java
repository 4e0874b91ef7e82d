package dev.hilo.telegram;

import dev.hilo.channel.ChannelEvent.MessageEdited;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.Envelope;
import dev.hilo.channel.EventId;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.Origin;
import dev.hilo.channel.Sender;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads messages and their edits.
 *
 * <p>Source: core.telegram.org/bots/api#message, by excerpts.
 */
final class MessageReader {

  /** What happens to a chat, and is no message of a person's. */
  private static final Set<String> SERVICE =
      Set.of(
          "boost_added",
          "channel_chat_created",
          "chat_background_set",
          "connected_website",
          "delete_chat_photo",
          "forum_topic_closed",
          "forum_topic_created",
          "forum_topic_edited",
          "forum_topic_reopened",
          "group_chat_created",
          "left_chat_member",
          "message_auto_delete_timer_changed",
          "migrate_from_chat_id",
          "migrate_to_chat_id",
          "new_chat_members",
          "new_chat_photo",
          "new_chat_title",
          "pinned_message",
          "proximity_alert_triggered",
          "supergroup_chat_created",
          "video_chat_ended",
          "video_chat_participants_invited",
          "video_chat_scheduled",
          "video_chat_started",
          "write_access_allowed");

  /** A link {@code t.me/bot?start=word} makes the customer's app send this. */
  private static final Pattern START = Pattern.compile("/start ([A-Za-z0-9_-]{1,64})");

  private final ContentReader contents = new ContentReader();

  void readMessage(Part message, String key, Reading reading) {
    Optional<String> chat = customer(message, "message", reading);
    if (chat.isEmpty()) {
      return;
    }
    Optional<String> service = SERVICE.stream().filter(message::has).sorted().findFirst();
    Content content = contents.read(message);
    if (service.isPresent() && content instanceof Content.Unsupported) {
      reading.skip(service.get(), "something that happened to the chat");
      return;
    }
    String number = message.id("message_id").orElseGet(() -> "update-" + digest(key, reading));
    reading.add(
        new MessageReceived(
            reading.header(
                sender(message, chat.get()), message.time("date"), "message", chat.get(), number),
            Chat.messageId(chat.get(), number),
            content,
            replyTo(message, chat.get()),
            origin(content),
            isForwarded(message)
                ? Optional.of(Envelope.marked(Envelope.Mark.FORWARDED))
                : Optional.empty()));
  }

  void readEdit(Part message, String key, Reading reading) {
    Optional<String> chat = customer(message, "edited_message", reading);
    if (chat.isEmpty()) {
      return;
    }
    Optional<String> number = message.id("message_id");
    if (number.isEmpty()) {
      reading.skip("edited_message", "it does not say which message");
      return;
    }
    reading.add(
        new MessageEdited(
            reading.header(
                sender(message, chat.get()),
                message.time("edit_date").or(() -> message.time("date")),
                "edit",
                key),
            Chat.messageId(chat.get(), number.get()),
            contents.read(message)));
  }

  private static Optional<String> customer(Part message, String kind, Reading reading) {
    if (message.part("from").id("id").equals(Optional.of(reading.bot().value()))) {
      reading.skip(kind, "the bot's own message");
      return Optional.empty();
    }
    return Chat.of(message, kind, reading);
  }

  private static String digest(String key, Reading reading) {
    return EventId.derive(TelegramChannel.TYPE, reading.bot(), "update", key).value();
  }

  /** With the phone of a shared own card: the customer's word, not proof. */
  private static Sender sender(Part message, String chat) {
    Part card = message.part("contact");
    List<ContactAddress> claims =
        card.id("user_id").equals(Optional.of(chat))
            ? card
                .id("phone_number")
                .map(phone -> phone.startsWith("+") ? phone : "+" + phone)
                .map(ContactAddress::phone)
                .stream()
                .toList()
            : List.of();
    Part from = message.part("from");
    return Reading.sender(chat, from.node().isObject() ? from : message.part("chat"), claims);
  }

  private static Optional<ExternalId> replyTo(Part message, String chat) {
    return message.part("reply_to_message").id("message_id").map(it -> Chat.messageId(chat, it));
  }

  private static Optional<Origin> origin(Content content) {
    if (content instanceof Content.Text text) {
      Matcher start = START.matcher(text.body());
      if (start.matches()) {
        return Optional.of(
            new Origin(Optional.empty(), Optional.empty(), Optional.of(start.group(1))));
      }
    }
    return Optional.empty();
  }

  private static boolean isForwarded(Part message) {
    return message.has("forward_origin") || message.has("forward_date");
  }
}
