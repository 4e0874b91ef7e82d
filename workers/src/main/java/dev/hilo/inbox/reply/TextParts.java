package dev.hilo.inbox.reply;

import dev.hilo.channel.Capabilities.Limit;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a text that is too long for one message where a reader would pause. */
final class TextParts {

  private TextParts() {}

  /**
   * The text in pieces that the limit allows: between paragraphs if that is possible, else between
   * lines, sentences, words, and at last between characters as people see them.
   *
   * @return in order, none of them blank; one piece if the text is not too long
   */
  static List<String> of(String text, Limit limit) {
    List<String> parts = new ArrayList<>();
    String rest = text.strip();
    while (limit.isExceededBy(rest)) {
      int end = end(rest, longestPrefix(rest, limit));
      parts.add(rest.substring(0, end).strip());
      rest = rest.substring(end).strip();
    }
    parts.add(rest);
    return parts.stream().filter(part -> !part.isEmpty()).toList();
  }

  /** How many UTF-16 units from the beginning fit. */
  private static int longestPrefix(String text, Limit limit) {
    int fits = 0;
    int tooLong = text.length();
    while (tooLong - fits > 1) {
      int middle = (fits + tooLong) / 2;
      if (limit.isExceededBy(text.substring(0, middle))) {
        tooLong = middle;
      } else {
        fits = middle;
      }
    }
    return fits;
  }

  private static int end(String text, int fits) {
    // A piece that is less than half full reads worse than one cut at a lesser pause.
    int atLeast = fits / 2;
    for (String pause : List.of("\n\n", "\n")) {
      int found = text.lastIndexOf(pause, fits);
      if (found >= atLeast) {
        return found;
      }
    }
    for (BreakIterator breaks :
        List.of(
            BreakIterator.getSentenceInstance(Locale.ROOT),
            BreakIterator.getLineInstance(Locale.ROOT))) {
      breaks.setText(text);
      int found = breaks.isBoundary(fits) ? fits : breaks.preceding(fits);
      if (found >= atLeast && found > 0) {
        return found;
      }
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int found = characters.isBoundary(fits) ? fits : characters.preceding(fits);
    return found > 0 ? found : Math.max(1, fits);
  }
}
