package dev.hilo.telegram;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.ChannelEvent.ConsentChanged;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.ChannelEvent.ReactionChanged;
import dev.hilo.channel.Content;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an update, or an array of them as {@code getUpdates} gives. Only private chats are
 * conversations with a customer; everything else is skipped by name.
 *
 * <p>Source: core.telegram.org/bots/api#update, by excerpts.
 */
final class UpdateReader {

  /** Doubled keys are refused: one of the two values would vanish unseen. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What is no customer's message, and why. */
  private static final Map<String, String> NOT_FOR_US =
      Map.ofEntries(
          Map.entry("channel_post", "a channel is not one customer"),
          Map.entry("edited_channel_post", "a channel is not one customer"),
          Map.entry("message_reaction_count", "counts of a channel, of no customer"),
          Map.entry("business_connection", "chats of a person's own account are not answered"),
          Map.entry("business_message", "chats of a person's own account are not answered"),
          Map.entry("edited_business_message", "chats of a person's own account are not answered"),
          Map.entry(
              "deleted_business_messages", "chats of a person's own account are not answered"),
          Map.entry("inline_query", "written in another chat"),
          Map.entry("chosen_inline_result", "written in another chat"),
          Map.entry("poll", "the state of a poll, of no customer"),
          Map.entry("poll_answer", "Hilo sends no polls"),
          Map.entry("chat_member", "about members of a group"),
          Map.entry("chat_join_request", "about members of a group"),
          Map.entry("chat_boost", "about a channel"),
          Map.entry("removed_chat_boost", "about a channel"));

  private final MessageReader messages = new MessageReader();

  ParseResult read(RawDelivery delivery, TelegramSettings.Bot bot) {
    JsonNode root;
    try {
      root = MAPPER.readTree(delivery.body());
    } catch (IOException e) {
      // Not the parser's words: they quote the body.
      return malformed("the body is not valid JSON");
    }
    Reading reading = new Reading(bot.id(), delivery.receivedAt());
    if (root != null && root.isObject()) {
      readUpdate(new Part(root), reading);
    } else if (root != null && root.isArray()) {
      for (JsonNode element : root) {
        readUpdate(new Part(element), reading);
      }
    } else {
      return malformed("expected an update, a JSON object");
    }
    return reading.result();
  }

  private static ParseResult malformed(String detail) {
    return new ParseResult.Refused(Refusal.MALFORMED, detail);
  }

  private void readUpdate(Part update, Reading reading) {
    if (!update.node().isObject()) {
      reading.skip("update", "expected an object, got " + update.type());
      return;
    }
    // The number is the same whenever the update comes; without one its content stands for it.
    String key = update.id("update_id").orElseGet(() -> update.node().toString());
    boolean any = false;
    for (Map.Entry<String, JsonNode> member : update.node().properties()) {
      if (!member.getKey().equals("update_id")) {
        any = true;
        readMember(member.getKey(), new Part(member.getValue()), key, reading);
      }
    }
    if (!any) {
      reading.skip("update", "it holds nothing but its number");
    }
  }

  private void readMember(String kind, Part value, String key, Reading reading) {
    if (NOT_FOR_US.containsKey(kind)) {
      reading.skip(kind, NOT_FOR_US.get(kind));
    } else if (!value.node().isObject()) {
      reading.skip(kind, "expected an object, got " + value.type());
    } else {
      switch (kind) {
        case "message" -> messages.readMessage(value, key, reading);
        case "edited_message" -> messages.readEdit(value, key, reading);
        case "callback_query" -> readCallback(value, key, reading);
        case "message_reaction" -> readReaction(value, key, reading);
        case "my_chat_member" -> readMembership(value, key, reading);
        default -> reading.skip(kind, "an update of a kind that is not known");
      }
    }
  }

  /** A tapped button. It has no time of its own. */
  private static void readCallback(Part query, String key, Reading reading) {
    Part from = query.part("from");
    Part message = query.part("message");
    Optional<String> person = from.id("id");
    if (person.isEmpty()) {
      reading.skip("callback_query", "it does not say who tapped");
      return;
    }
    if (message.has("chat") && Chat.of(message, "callback_query", reading).isEmpty()) {
      return;
    }
    String id = query.id("id").orElse(key);
    Optional<String> data = query.raw("data").filter(it -> !it.isBlank());
    String title =
        data.flatMap(it -> title(message, it))
            .or(() -> data)
            .or(() -> query.text("game_short_name"))
            .orElse("?");
    reading.add(
        new MessageReceived(
            reading.header(
                Reading.sender(person.get(), from, List.of()), Optional.empty(), "callback", id),
            new ExternalId("callback:" + Part.oneLine(id, 200)),
            new Content.ButtonReply(title, data),
            message.id("message_id").map(it -> Chat.messageId(person.get(), it)),
            Optional.empty()));
  }

  /** What the customer saw on the button. */
  private static Optional<String> title(Part message, String data) {
    for (JsonNode row : message.part("reply_markup").node().path("inline_keyboard")) {
      for (JsonNode button : row) {
        Part part = new Part(button);
        if (part.raw("callback_data").equals(Optional.of(data))) {
          return part.text("text");
        }
      }
    }
    return Optional.empty();
  }

  /** All reactions of one person to one message, as they are now; shown is the first. */
  private static void readReaction(Part reaction, String key, Reading reading) {
    Optional<String> chat = Chat.of(reaction, "message_reaction", reading);
    if (chat.isEmpty()) {
      return;
    }
    Optional<String> message = reaction.id("message_id");
    if (message.isEmpty() || !reaction.part("new_reaction").node().isArray()) {
      reading.skip("message_reaction", "it does not say which message, or which reactions");
      return;
    }
    List<Part> now = reaction.parts("new_reaction");
    Optional<String> emoji =
        now.stream()
            .flatMap(it -> it.text("emoji").stream())
            .filter(it -> it.length() <= 64)
            .findFirst();
    if (emoji.isEmpty() && !reaction.part("new_reaction").node().isEmpty()) {
      reading.skip("message_reaction", "a custom or paid reaction has no character to show");
      return;
    }
    reading.add(
        new ReactionChanged(
            reading.header(
                Reading.sender(chat.get(), reaction.part("user"), List.of()),
                reaction.time("date"),
                "reaction",
                key),
            Chat.messageId(chat.get(), message.get()),
            emoji));
  }

  /** Whether the customer blocks the bot: in a private chat it is either member or kicked. */
  private static void readMembership(Part change, String key, Reading reading) {
    Optional<String> chat = Chat.of(change, "my_chat_member", reading);
    if (chat.isEmpty()) {
      return;
    }
    String status = change.part("new_chat_member").text("status").orElse("(none)");
    if (!status.equals("kicked") && !status.equals("member")) {
      reading.skip("my_chat_member", "the status " + status + " is not known of a private chat");
      return;
    }
    reading.add(
        new ConsentChanged(
            reading.header(
                Reading.sender(chat.get(), change.part("from"), List.of()),
                change.time("date"),
                "membership",
                key),
            "messages",
            status.equals("member")));
  }
}
