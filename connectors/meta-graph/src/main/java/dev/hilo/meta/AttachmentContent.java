package dev.hilo.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.Content;
import dev.hilo.channel.Content.LinkOnly;
import dev.hilo.channel.Content.Media;
import dev.hilo.channel.Content.Media.Form;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads one attachment by its type. Stories, posts and reels belong to somebody: they are linked
 * and never copied.
 *
 * <p>Source: developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages and
 * /docs/instagram-platform/webhooks/examples, read 2026-11-20.
 */
final class AttachmentContent {

  /** A story is gone after this. */
  private static final Duration STORY = Duration.ofHours(24);

  /** The thumb in its three sizes. */
  private static final Set<String> THUMBS =
      Set.of("369239263222822", "369239383222810", "369239343222814");

  private static final int LONGEST_LINE = 300;
  private static final int LONGEST_TEXT = 1000;

  /**
   * Reads an attachment.
   *
   * @param message that it belongs to: old stickers have their id there
   * @param at when the message was sent
   */
  Content read(Part attachment, Part message, Instant at) {
    String type = attachment.text("type").orElse("untyped").toLowerCase(Locale.ROOT);
    Part payload = attachment.part("payload");
    Optional<String> sticker =
        payload
            .id("sticker_id")
            .or(() -> attachment.id("sticker_id"))
            .or(() -> type.equals("image") ? message.id("sticker_id") : Optional.empty());
    Optional<Content> content =
        switch (type) {
          case "image" ->
              media(sticker.isPresent() ? Form.STICKER : Form.IMAGE, attachment, sticker);
          case "sticker" -> media(Form.STICKER, attachment, sticker);
          case "audio" -> media(Form.AUDIO, attachment, Optional.empty());
          case "video" -> media(Form.VIDEO, attachment, Optional.empty());
          case "file" -> media(Form.DOCUMENT, attachment, Optional.empty());
          case "location" -> location(attachment, payload);
          case "like_heart" -> Optional.of(new Content.Text("❤️"));
          case "story_mention", "ig_story" ->
              Optional.of(shared(type, attachment, Optional.of(at.plus(STORY))));
          case "fallback", "share", "post", "ig_post", "reel", "ig_reel" ->
              Optional.of(shared(type, attachment, Optional.empty()));
          case "template" -> Optional.of(template(attachment, payload));
          default -> Optional.empty();
        };
    return content.orElseGet(() -> unsupported(type, attachment));
  }

  private static Content unsupported(String type, Part attachment) {
    return new Content.Unsupported(
        OneLine.of(type, 60),
        title(attachment).or(() -> url(attachment)).map(text -> OneLine.of(text, LONGEST_TEXT)));
  }

  /** The story that a message answers. */
  Optional<Content> story(JsonNode story, Instant at) {
    Part part = new Part(story);
    if (!story.isObject()) {
      return Optional.empty();
    }
    Optional<String> url = part.text("url");
    return Optional.of(
        new Content.Shared(
            "story-reply",
            url.flatMap(it -> link(it, Optional.of(at.plus(STORY)))),
            Optional.empty(),
            part.text("link_sticker_url").map(text -> OneLine.of(text, LONGEST_TEXT))));
  }

  private static Optional<Content> media(Form form, Part attachment, Optional<String> sticker) {
    return url(attachment)
        .map(
            url ->
                new Media(
                    form,
                    url,
                    Optional.empty(),
                    form == Form.DOCUMENT ? fileName(url) : Optional.empty(),
                    sticker.filter(THUMBS::contains).map(thumb -> "👍").or(() -> title(attachment)),
                    OptionalLong.empty()));
  }

  private static Optional<String> fileName(String url) {
    String path = url.split("[?#]", 2)[0];
    String last = path.substring(path.lastIndexOf('/') + 1);
    try {
      String name = OneLine.of(URLDecoder.decode(last, StandardCharsets.UTF_8), 200);
      return name.contains(".") && !name.contains("/") ? Optional.of(name) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Content> location(Part attachment, Part payload) {
    double latitude = degrees(payload.part("coordinates"), "lat");
    double longitude = degrees(payload.part("coordinates"), "long");
    if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
      return Optional.empty();
    }
    return Optional.of(
        new Content.Location(latitude, longitude, title(attachment), Optional.empty()));
  }

  /** A number, or one in letters; not a number when it is neither. */
  private static double degrees(Part coordinates, String name) {
    return coordinates
        .text(name)
        .filter(text -> text.matches("-?[0-9]{1,3}([.][0-9]{1,20})?"))
        .map(Double::parseDouble)
        .orElseGet(
            () -> coordinates.get(name).isNumber() ? coordinates.get(name).asDouble() : Double.NaN);
  }

  private static Content shared(String type, Part attachment, Optional<Instant> expiresAt) {
    Optional<String> url = url(attachment);
    Optional<LinkOnly> link = url.flatMap(it -> link(it, expiresAt));
    return new Content.Shared(
        type.replace('_', '-'),
        link,
        title(attachment),
        // An address that no browser opens is still worth reading.
        link.isPresent() ? Optional.empty() : url.map(it -> OneLine.of(it, LONGEST_TEXT)));
  }

  /** A product that the customer asks about, or what we or another app showed. */
  private static Content template(Part attachment, Part payload) {
    List<Part> elements =
        Stream.concat(
                payload.part("product").parts("elements").stream(),
                payload.parts("elements").stream())
            .toList();
    Part first = elements.stream().findFirst().orElseGet(Part::none);
    String text =
        Stream.concat(
                Stream.of(payload.text("text"), payload.text("intro_message"))
                    .flatMap(Optional::stream),
                elements.stream().flatMap(AttachmentContent::words))
            .collect(Collectors.joining("\n"));
    return new Content.Shared(
        "template",
        url(attachment).or(() -> first.text("item_url")).flatMap(it -> link(it, Optional.empty())),
        title(attachment).or(() -> payload.text("template_type")),
        text.isEmpty() ? Optional.empty() : Optional.of(text));
  }

  private static Stream<String> words(Part element) {
    return Stream.of("title", "subtitle", "retailer_id")
        .map(element::text)
        .flatMap(Optional::stream)
        .map(text -> OneLine.of(text, LONGEST_LINE));
  }

  private static Optional<String> title(Part attachment) {
    return attachment
        .text("title")
        .or(() -> attachment.part("payload").text("title"))
        .map(text -> OneLine.of(text, LONGEST_LINE))
        .filter(text -> !text.isEmpty());
  }

  /** Where it is; the provider spells the member in several ways. */
  private static Optional<String> url(Part attachment) {
    Part payload = attachment.part("payload");
    return Stream.of(payload.text("url"), payload.text("URL"), payload.text("story_media_url"))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> attachment.text("url"))
        .or(() -> attachment.text("URL"));
  }

  private static Optional<LinkOnly> link(String url, Optional<Instant> expiresAt) {
    return url.matches("(?i)https?://\\S+")
        ? Optional.of(new LinkOnly(url, expiresAt))
        : Optional.empty();
  }
}
