package dev.hilo.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.Content;
import dev.hilo.channel.Content.Media.Form;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads what a message holds. Whatever is not known stays visible under the provider's name of it.
 *
 * <p>Source: core.telegram.org/bots/api#message, by excerpts.
 */
final class ContentReader {

  /** A member that holds a file; the type is what the provider makes of it, where it says none. */
  private record FileMember(String name, Form form, Optional<String> mimeType) {
    FileMember(String name, Form form) {
      this(name, form, Optional.empty());
    }
  }

  /** In this order: an animation also stands in the message as a document. */
  private static final List<FileMember> FILES =
      List.of(
          new FileMember("animation", Form.VIDEO),
          new FileMember("video", Form.VIDEO),
          new FileMember("video_note", Form.VIDEO, Optional.of("video/mp4")),
          new FileMember("voice", Form.AUDIO),
          new FileMember("audio", Form.AUDIO),
          new FileMember("document", Form.DOCUMENT));

  /** What stands around the content. */
  private static final Set<String> AROUND =
      Set.of(
          "author_signature",
          "caption",
          "caption_entities",
          "chat",
          "date",
          "edit_date",
          "effect_id",
          "entities",
          "external_reply",
          "forward_date",
          "forward_from",
          "forward_from_chat",
          "forward_from_message_id",
          "forward_origin",
          "forward_sender_name",
          "forward_signature",
          "from",
          "has_media_spoiler",
          "has_protected_content",
          "is_from_offline",
          "link_preview_options",
          "media_group_id",
          "message_id",
          "message_thread_id",
          "paid_star_count",
          "quote",
          "reply_markup",
          "reply_to_message",
          "reply_to_story",
          "sender_chat",
          "show_caption_above_media",
          "via_bot");

  Content read(Part message) {
    Optional<String> text = message.raw("text");
    if (text.isPresent()) {
      return new Content.Text(text.get());
    }
    Optional<Content> read =
        photo(message)
            .or(() -> sticker(message))
            .or(() -> file(message))
            .or(() -> place(message))
            .or(() -> card(message))
            .or(() -> small(message));
    return read.orElseGet(() -> unsupported(message));
  }

  /** The same picture in several sizes; the largest is what the customer sent. */
  private static Optional<Content> photo(Part message) {
    return message.parts("photo").stream()
        .filter(size -> size.id("file_id").isPresent())
        .max(Comparator.comparingLong(ContentReader::pixels))
        .flatMap(size -> media(message, size, Form.IMAGE, Optional.of("image/jpeg")));
  }

  private static long pixels(Part size) {
    long width = Math.min(size.count("width").orElse(0), 1_000_000);
    long height = Math.min(size.count("height").orElse(0), 1_000_000);
    return width * height;
  }

  private static Optional<Content> sticker(Part message) {
    Part sticker = message.part("sticker");
    String type =
        sticker.flag("is_animated")
            ? "application/x-tgsticker"
            : sticker.flag("is_video") ? "video/webm" : "image/webp";
    return media(message, sticker, Form.STICKER, Optional.of(type));
  }

  private static Optional<Content> file(Part message) {
    return FILES.stream()
        .flatMap(
            member ->
                media(message, message.part(member.name()), member.form(), member.mimeType())
                    .stream())
        .findFirst();
  }

  private static Optional<Content> media(
      Part message, Part file, Form form, Optional<String> usualType) {
    Optional<String> caption = message.raw("caption").filter(it -> !it.isEmpty());
    return file.id("file_id")
        .map(
            id ->
                new Content.Media(
                    form,
                    id,
                    file.id("mime_type").or(() -> usualType),
                    file.id("file_name"),
                    caption,
                    size(file)));
  }

  private static OptionalLong size(Part file) {
    return file.count("file_size");
  }

  /** A venue also stands in the message as a location. */
  private static Optional<Content> place(Part message) {
    Part venue = message.part("venue");
    Part point = venue.has("location") ? venue.part("location") : message.part("location");
    JsonNode latitude = point.node().path("latitude");
    JsonNode longitude = point.node().path("longitude");
    if (!latitude.isNumber()
        || !longitude.isNumber()
        || Math.abs(latitude.doubleValue()) > 90
        || Math.abs(longitude.doubleValue()) > 180) {
      return Optional.empty();
    }
    return Optional.of(
        new Content.Location(
            latitude.doubleValue(),
            longitude.doubleValue(),
            venue.text("title"),
            venue.text("address")));
  }

  private static Optional<Content> card(Part message) {
    Part card = message.part("contact");
    String name =
        (card.text("first_name").orElse("") + " " + card.text("last_name").orElse("")).strip();
    Optional<String> phone = card.text("phone_number");
    return name.isEmpty() && phone.isEmpty()
        ? Optional.empty()
        : Optional.of(new Content.ContactCard(name.isEmpty() ? phone.orElse("") : name, phone));
  }

  /** A thrown die shows its emoji; a passed on story has no address that a bot may open. */
  private static Optional<Content> small(Part message) {
    if (message.part("story").node().isObject()) {
      return Optional.of(
          new Content.Shared("story", Optional.empty(), Optional.empty(), Optional.empty()));
    }
    return message
        .part("dice")
        .text("emoji")
        .map(
            emoji ->
                new Content.Text(
                    emoji + message.part("dice").text("value").map(it -> " " + it).orElse("")));
  }

  private static Content unsupported(Part message) {
    Optional<Map.Entry<String, JsonNode>> unknown =
        message.node().properties().stream()
            .filter(member -> !AROUND.contains(member.getKey()))
            .findFirst();
    String type = unknown.map(member -> Part.oneLine(member.getKey(), 80)).orElse("");
    Optional<String> detail =
        unknown.flatMap(
            member -> {
              Part value = new Part(member.getValue());
              return value.text("question").or(() -> value.text("title"));
            });
    return new Content.Unsupported(
        type.isEmpty() ? "empty" : type, detail.or(() -> message.text("caption")));
  }
}
