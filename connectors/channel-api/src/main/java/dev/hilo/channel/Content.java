package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import java.util.OptionalLong;

/** What a customer's message holds. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Content.Text.class, name = "text"),
  @JsonSubTypes.Type(value = Content.Media.class, name = "media"),
  @JsonSubTypes.Type(value = Content.Location.class, name = "location"),
  @JsonSubTypes.Type(value = Content.ContactCard.class, name = "contact-card"),
  @JsonSubTypes.Type(value = Content.ButtonReply.class, name = "button-reply"),
  @JsonSubTypes.Type(value = Content.Unsupported.class, name = "unsupported")
})
public sealed interface Content {

  /** Plain text, as written; may be empty. */
  record Text(String body) implements Content {}

  /**
   * A file.
   *
   * @param form image, audio, video, document or sticker
   * @param reference what the channel needs to fetch it; opaque
   * @param size bytes, where the provider says
   */
  record Media(
      Form form,
      String reference,
      Optional<String> mimeType,
      Optional<String> fileName,
      Optional<String> caption,
      OptionalLong size)
      implements Content {
    /** What a file is shown as. */
    public enum Form {
      IMAGE,
      AUDIO,
      VIDEO,
      DOCUMENT,
      STICKER
    }
  }

  /** A place; degrees, WGS 84. */
  record Location(
      double latitude, double longitude, Optional<String> name, Optional<String> address)
      implements Content {}

  /** Somebody's card, in one line: name and first phone. */
  record ContactCard(String name, Optional<String> phone) implements Content {}

  /**
   * A button or list row that the customer chose.
   *
   * @param title what the customer saw
   * @param payload what we attached to it
   */
  record ButtonReply(String title, Optional<String> payload) implements Content {}

  /**
   * Something that we do not know how to show. An agent sees that it came; it is never dropped.
   *
   * @param type the provider's name of it
   * @param detail the provider's explanation, if any
   */
  record Unsupported(String type, Optional<String> detail) implements Content {}
}
