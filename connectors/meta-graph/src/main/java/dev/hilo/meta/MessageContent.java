package dev.hilo.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what a message holds: a story that it answers, text or a tapped reply, attachments in their
 * order. What is not known is shown as unsupported.
 */
final class MessageContent {

  /** Members that say something of a message, and are no content of their own. */
  private static final Set<String> FRAME =
      Set.of(
          "mid",
          "seq",
          "text",
          "nlp",
          "quick_reply",
          "attachments",
          "reply_to",
          "referral",
          "is_echo",
          "is_deleted",
          "is_self",
          "is_unsupported",
          "app_id",
          "metadata",
          "sticker_id",
          "tags",
          "traits");

  private final AttachmentContent attachments = new AttachmentContent();

  Content read(Part message, Instant at) {
    List<Content> parts = new ArrayList<>();
    attachments.story(message.part("reply_to").get("story"), at).ifPresent(parts::add);
    words(message).ifPresent(parts::add);
    readAttachments(message, at, parts);
    if (message.flag("is_unsupported")) {
      parts.add(new Content.Unsupported("unsupported", Optional.empty()));
    }
    boolean wordless = parts.isEmpty() || parts.equals(stories(parts));
    if (wordless) {
      parts.add(message.raw("text").<Content>map(Content.Text::new).orElse(unknown(message)));
    }
    return parts.size() == 1 ? parts.getFirst() : new Content.Several(parts);
  }

  private static List<Content> stories(List<Content> parts) {
    return parts.stream()
        .filter(it -> it instanceof Content.Shared shared && shared.type().equals("story-reply"))
        .toList();
  }

  private static Optional<Content> words(Part message) {
    Optional<String> text = message.raw("text").filter(it -> !it.isEmpty());
    Part reply = message.part("quick_reply");
    if (reply.node().isObject()) {
      Optional<String> payload = reply.text("payload");
      return text.or(() -> payload).map(title -> new Content.ButtonReply(title, payload));
    }
    return text.map(Content.Text::new);
  }

  private void readAttachments(Part message, Instant at, List<Content> parts) {
    JsonNode array = message.get("attachments");
    if (array.isObject()) {
      parts.add(attachments.read(new Part(array), message, at));
    }
    List<Content> read = new ArrayList<>();
    for (JsonNode attachment : array.isArray() ? array : List.<JsonNode>of()) {
      read.add(
          attachment.isObject()
              ? attachments.read(new Part(attachment), message, at)
              : new Content.Unsupported("attachment", Optional.empty()));
    }
    // While one name of it replaces another, a post is told twice.
    Set<Optional<Content.LinkOnly>> posts =
        read.stream()
            .filter(it -> it instanceof Content.Shared shared && shared.type().equals("ig-post"))
            .map(it -> ((Content.Shared) it).link())
            .filter(Optional::isPresent)
            .collect(Collectors.toSet());
    read.removeIf(
        it ->
            it instanceof Content.Shared shared
                && shared.type().equals("share")
                && posts.contains(shared.link()));
    parts.addAll(read);
  }

  private static Content unknown(Part message) {
    String type =
        message.node().properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> !FRAME.contains(name))
            .findFirst()
            .orElse("message");
    return new Content.Unsupported(OneLine.of(Part.unicode(type), 60), Optional.empty());
  }
}
