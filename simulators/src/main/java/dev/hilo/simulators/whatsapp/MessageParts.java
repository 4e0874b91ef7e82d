package dev.hilo.simulators.whatsapp;

import java.util.List;
import java.util.Optional;

/**
 * What a message has beside its text.
 *
 * @param replyTo the message that it quotes
 */
public record MessageParts(
    Optional<File> file,
    Optional<String> heading,
    Optional<String> footer,
    Optional<Menu> menu,
    Optional<String> replyTo) {

  /** A plain text's. */
  public static final MessageParts NONE =
      new MessageParts(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * A file.
   *
   * @param type image, video, audio, document or sticker
   * @param asset what it is kept under
   * @param mimeType with parameters, as a webhook tells it
   * @param voice recorded for this message
   * @param animated a sticker that moves
   */
  public record File(
      String type, String asset, String name, String mimeType, boolean voice, boolean animated) {}

  /**
   * What can be tapped.
   *
   * @param button opens the list; empty: the choices are buttons themselves
   */
  public record Menu(Optional<String> button, List<Choice> choices) {
    public Menu {
      choices = List.copyOf(choices);
    }
  }

  /** What a tap on a choice does. */
  public enum Kind {
    /** Answers with {@code button_reply}. */
    REPLY,
    /** Answers with {@code list_reply}. */
    ROW,
    /** A template's button: answers with {@code button}. */
    QUICK_REPLY,
    /** Opens an address, which is the id. */
    URL,
    /** Copies a code, which is the id. */
    COPY_CODE
  }

  /** One button or row. */
  public record Choice(Kind kind, String id, String title, Optional<String> description) {}

  /** The same with a file. */
  MessageParts with(File one) {
    return new MessageParts(Optional.of(one), heading, footer, menu, replyTo);
  }

  /** The same, quoting a message. */
  MessageParts quoting(Optional<String> quoted) {
    return new MessageParts(file, heading, footer, menu, quoted);
  }
}
