package dev.hilo.simulators.whatsapp;

import java.time.Instant;
import java.util.Optional;

/**
 * A message as it stands on a customer's phone.
 *
 * @param order in which it was taken by the platform, over all phones, from 1
 * @param wamid the provider's id
 * @param business the phone number id of the other side
 * @param fromCustomer written on this phone
 * @param text as shown
 * @param opaque what the business attached and gets back in statuses
 * @param template the name of the template it was made of
 * @param at when it was taken, on the simulator's clock
 * @param deliveredAt when it reached the other side; a customer's message: when its webhook was
 *     acknowledged
 * @param readAt when it was shown, or marked as read by the business
 * @param parts what it has beside its text; absent in what an older version kept
 * @param marks what was done to it since
 */
public record ChatMessage(
    long order,
    String wamid,
    String business,
    boolean fromCustomer,
    String text,
    Optional<String> opaque,
    Optional<String> template,
    Instant at,
    Optional<Instant> deliveredAt,
    Optional<Instant> readAt,
    Optional<MessageParts> parts,
    Optional<Marks> marks) {

  /**
   * What was done to a message after it was sent.
   *
   * @param customerReaction an emoji
   * @param businessReaction an emoji
   */
  public record Marks(
      Optional<String> customerReaction,
      Optional<String> businessReaction,
      Optional<Instant> editedAt,
      Optional<Instant> deletedAt) {

    private static final Marks NONE =
        new Marks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A new message that nobody got yet. */
  static ChatMessage fresh(
      long order,
      String wamid,
      String business,
      boolean fromCustomer,
      String text,
      MessageParts parts,
      Instant at) {
    return new ChatMessage(
        order,
        wamid,
        business,
        fromCustomer,
        text,
        Optional.empty(),
        Optional.empty(),
        at,
        Optional.empty(),
        Optional.empty(),
        parts.equals(MessageParts.NONE) ? Optional.empty() : Optional.of(parts),
        Optional.empty());
  }

  /** The same, sent by a business with that. */
  ChatMessage of(Optional<String> ownWord, Optional<String> templateName) {
    return new ChatMessage(
        order,
        wamid,
        business,
        fromCustomer,
        text,
        ownWord,
        templateName,
        at,
        deliveredAt,
        readAt,
        parts,
        marks);
  }

  ChatMessage delivered(Instant when) {
    return reached(deliveredAt.or(() -> Optional.of(when)), readAt);
  }

  ChatMessage read(Instant when) {
    return reached(deliveredAt.or(() -> Optional.of(when)), readAt.or(() -> Optional.of(when)));
  }

  private ChatMessage reached(Optional<Instant> delivery, Optional<Instant> reading) {
    return new ChatMessage(
        order,
        wamid,
        business,
        fromCustomer,
        text,
        opaque,
        template,
        at,
        delivery,
        reading,
        parts,
        marks);
  }

  private ChatMessage with(String newText, Optional<MessageParts> newParts, Marks newMarks) {
    return new ChatMessage(
        order,
        wamid,
        business,
        fromCustomer,
        newText,
        opaque,
        template,
        at,
        deliveredAt,
        readAt,
        newParts,
        Optional.of(newMarks));
  }

  /** With the customer's reaction, or without any. */
  ChatMessage reactedByCustomer(Optional<String> emoji) {
    Marks now = marksNow();
    return with(
        text, parts, new Marks(emoji, now.businessReaction(), now.editedAt(), now.deletedAt()));
  }

  /** With the business's reaction, or without any. */
  ChatMessage reactedByBusiness(Optional<String> emoji) {
    Marks now = marksNow();
    return with(
        text, parts, new Marks(now.customerReaction(), emoji, now.editedAt(), now.deletedAt()));
  }

  /** With another text or caption. */
  ChatMessage edited(String newText, Instant when) {
    Marks now = marksNow();
    return with(
        newText,
        parts,
        new Marks(
            now.customerReaction(), now.businessReaction(), Optional.of(when), now.deletedAt()));
  }

  /** Taken back: only that it was there remains. */
  ChatMessage deleted(Instant when) {
    Marks now = marksNow();
    return with(
        "",
        Optional.empty(),
        new Marks(Optional.empty(), Optional.empty(), now.editedAt(), Optional.of(when)));
  }

  /** Whether it was taken back. */
  public boolean wasTakenBack() {
    return marks.flatMap(Marks::deletedAt).isPresent();
  }

  Optional<MessageParts.File> file() {
    return parts.flatMap(MessageParts::file);
  }

  private Marks marksNow() {
    return marks.orElse(Marks.NONE);
  }

  /** Whether the phone's owner can see it. */
  boolean isOnThePhone() {
    return fromCustomer || deliveredAt.isPresent();
  }
}
