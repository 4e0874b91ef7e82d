package dev.hilo.channel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
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
  @JsonSubTypes.Type(value = Content.Mail.class, name = "mail"),
  @JsonSubTypes.Type(value = Content.Several.class, name = "several"),
  @JsonSubTypes.Type(value = Content.Shared.class, name = "shared"),
  @JsonSubTypes.Type(value = Content.Order.class, name = "order"),
  @JsonSubTypes.Type(value = Content.FormReply.class, name = "form-reply"),
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
   * @param linkOnly present when the provider forbids to keep a copy
   */
  record Media(
      Form form,
      String reference,
      Optional<String> mimeType,
      Optional<String> fileName,
      Optional<String> caption,
      OptionalLong size,
      Optional<LinkOnly> linkOnly)
      implements Content {

    /** A file of which a copy may be kept. */
    public Media(
        Form form,
        String reference,
        Optional<String> mimeType,
        Optional<String> fileName,
        Optional<String> caption,
        OptionalLong size) {
      this(form, reference, mimeType, fileName, caption, size, Optional.empty());
    }

    /** What a file is shown as. */
    public enum Form {
      IMAGE,
      AUDIO,
      VIDEO,
      DOCUMENT,
      STICKER
    }
  }

  /**
   * The provider's link, shown to the agent for as long as it works; no copy is kept.
   *
   * @param expiresAt when it stops working, where that is known
   */
  record LinkOnly(String url, Optional<Instant> expiresAt) {}

  /**
   * A mail.
   *
   * @param subject decoded; empty when there is none
   * @param text what the customer wrote anew, as plain text
   * @param quoted what was quoted below or above it, as plain text; not shown until asked
   * @param html the whole body, sanitised: safe to show in a sandboxed frame; remote images are
   *     blocked, inline ones named by the position of their part in {@code files}
   * @param files attachments and inline images, in their order
   */
  record Mail(
      Optional<String> subject,
      String text,
      Optional<String> quoted,
      Optional<String> html,
      List<Media> files)
      implements Content {
    public Mail {
      files = List.copyOf(files);
    }
  }

  /** Several things sent as one message, in their order; none of them is again several. */
  record Several(List<Content> parts) implements Content {
    public Several {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Something of the provider's that the customer passed on: a story, a post, a page.
   *
   * @param type the provider's name of it, kebab case: {@code story-mention}, {@code reel}
   * @param link where it can be seen; never copied
   */
  record Shared(String type, Optional<LinkOnly> link, Optional<String> title, Optional<String> text)
      implements Content {}

  /**
   * A shopping cart.
   *
   * @param note what the customer wrote to it
   */
  record Order(Optional<String> catalog, Optional<String> note, List<Item> items)
      implements Content {
    public Order {
      items = List.copyOf(items);
    }

    /**
     * A line of it.
     *
     * @param price of one, in {@code currency}
     */
    public record Item(
        String product,
        BigDecimal quantity,
        Optional<BigDecimal> price,
        Optional<String> currency) {}
  }

  /**
   * A form that the customer filled in inside the provider's app.
   *
   * @param answers as JSON, whole; not always an object
   */
  record FormReply(Optional<String> name, Optional<String> title, String answers)
      implements Content {}

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
