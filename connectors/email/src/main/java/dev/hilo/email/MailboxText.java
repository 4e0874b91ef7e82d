package dev.hilo.email;

/** Text that any store and any page can take. */
final class MailboxText {

  private MailboxText() {}

  /** Without halves of characters, which no encoding can write. */
  static String sound(String text) {
    StringBuilder sound = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point ->
                sound.appendCodePoint(
                    point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? 0xFFFD
                        : point));
    return sound.toString();
  }

  /** At most so many UTF-16 units, no character cut in two. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end);
  }
}
