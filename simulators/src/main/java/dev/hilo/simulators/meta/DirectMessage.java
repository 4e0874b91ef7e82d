package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message as it stands in a chat.
 *
 * @param order in which it was taken by the platform, over all chats, from 1
 * @param mid the provider's id
 * @param fromPerson written by the customer
 * @param metadata what the business attached; it comes back in the echo
 * @param appId which app of the business sent it
 * @param at when it was taken, on the simulator's clock
 */
public record DirectMessage(
    long order,
    String mid,
    boolean fromPerson,
    Body body,
    Optional<String> metadata,
    Optional<String> appId,
    Instant at,
    Marks marks) {

  /**
   * What is in it.
   *
   * @param text may be empty
   * @param choices quick replies or buttons to tap
   * @param replyTo the message that it answers
   * @param story the story that it answers
   */
  public record Body(
      String text,
      List<Attachment> attachments,
      List<Choice> choices,
      Optional<String> replyTo,
      Optional<Story> story) {

    /** Only text. */
    public static Body text(String text) {
      return new Body(text, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    Body withText(String other) {
      return new Body(other, attachments, choices, replyTo, story);
    }
  }

  /**
   * Something beside the text.
   *
   * @param type as webhooks call it: image, audio, video, file, sticker, share, story_mention, ...
   * @param payload as webhooks tell it; empty: the type stands alone
   * @param asset the file here, which pages show without a signature
   * @param name the file's, if it has one
   */
  public record Attachment(
      String type, Optional<ObjectNode> payload, Optional<String> asset, Optional<String> name) {}

  /**
   * Something to tap.
   *
   * @param kind {@code quick_reply}, {@code postback} or {@code web_url}
   * @param value the payload, or the address
   */
  public record Choice(String kind, String title, String value) {}

  /** A story that is answered; its address stops working when the story does. */
  public record Story(String id, String url, String asset) {}

  /**
   * What became of it.
   *
   * @param deliveredAt when it reached the other side; a customer's message: when its webhook was
   *     acknowledged
   * @param readAt when it was shown, or marked as seen by the business
   * @param personReaction the customer's emoji
   * @param businessReaction the business's, as it names it
   * @param edits how often the text was changed
   * @param deleted taken back by the customer
   */
  public record Marks(
      Optional<Instant> deliveredAt,
      Optional<Instant> readAt,
      Optional<String> personReaction,
      Optional<String> businessReaction,
      int edits,
      boolean deleted) {

    static final Marks NONE =
        new Marks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, false);

    Marks delivered(Instant when) {
      return new Marks(
          deliveredAt.or(() -> Optional.of(when)),
          readAt,
          personReaction,
          businessReaction,
          edits,
          deleted);
    }

    Marks read(Instant when) {
      return new Marks(
          deliveredAt.or(() -> Optional.of(when)),
          readAt.or(() -> Optional.of(when)),
          personReaction,
          businessReaction,
          edits,
          deleted);
    }

    Marks personReacted(Optional<String> emoji) {
      return new Marks(deliveredAt, readAt, emoji, businessReaction, edits, deleted);
    }

    Marks businessReacted(Optional<String> reaction) {
      return new Marks(deliveredAt, readAt, personReaction, reaction, edits, deleted);
    }

    Marks editedOnce() {
      return new Marks(deliveredAt, readAt, personReaction, businessReaction, edits + 1, deleted);
    }

    Marks takenBack() {
      return new Marks(deliveredAt, readAt, personReaction, businessReaction, edits, true);
    }
  }

  DirectMessage with(Marks next) {
    return new DirectMessage(order, mid, fromPerson, body, metadata, appId, at, next);
  }

  DirectMessage with(Body next) {
    return new DirectMessage(order, mid, fromPerson, next, metadata, appId, at, marks);
  }

  /** Whether the customer can see it. */
  boolean isOnThePhone() {
    return fromPerson || marks.deliveredAt().isPresent();
  }
}
