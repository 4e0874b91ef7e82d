package dev.hilo.email;

/**
 * Text whose lines may be joined again by the reader ({@code format=flowed}).
 *
 * <p>Source: RFC 3676 §4.
 */
final class FlowedText {

  private static final int MAX_LINE = 76;
  private static final String SIGNATURE = "-- ";

  private FlowedText() {}

  /**
   * Joins what was only wrapped.
   *
   * @param delSp whether the space before a joint is not part of the text
   */
  static String read(String flowed, boolean delSp) {
    StringBuilder text = new StringBuilder(flowed.length());
    int openDepth = -1;
    for (String line : flowed.replace("\r\n", "\n").split("\n", -1)) {
      int depth = 0;
      while (depth < line.length() && line.charAt(depth) == '>') {
        depth++;
      }
      String content = line.substring(depth);
      content = content.startsWith(" ") ? content.substring(1) : content;
      boolean flows = content.endsWith(" ") && !content.equals(SIGNATURE);
      if (openDepth != depth || content.equals(SIGNATURE)) {
        if (openDepth >= 0) {
          text.append('\n');
        }
        text.append(">".repeat(depth)).append(depth > 0 && !content.isEmpty() ? " " : "");
      }
      text.append(content, 0, flows && delSp ? content.length() - 1 : content.length());
      if (flows) {
        openDepth = depth;
      } else {
        text.append('\n');
        openDepth = -1;
      }
    }
    int end = text.length();
    return end > 0 && text.charAt(end - 1) == '\n' ? text.substring(0, end - 1) : text.toString();
  }

  /** Wraps text at {@value #MAX_LINE} characters so that {@link #read} gives it back. */
  static String write(String text) {
    StringBuilder flowed = new StringBuilder(text.length() + text.length() / 40);
    for (String line : text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
      int depth = 0;
      while (depth < line.length() && line.charAt(depth) == '>') {
        depth++;
      }
      String content = line.substring(depth);
      content = depth > 0 && content.startsWith(" ") ? content.substring(1) : content;
      wrap(content.equals(SIGNATURE) ? content : content.stripTrailing(), depth, flowed);
    }
    return flowed.substring(0, flowed.length() - 2);
  }

  private static void wrap(String content, int depth, StringBuilder flowed) {
    String quote = ">".repeat(depth);
    int room = Math.max(20, MAX_LINE - depth - 1);
    int from = 0;
    while (content.length() - from > room) {
      int space = content.lastIndexOf(' ', from + room - 1);
      if (space < from) {
        space = content.indexOf(' ', from + room);
      }
      if (space == from + 2 && content.startsWith(SIGNATURE, from)) {
        // Alone in its line it would read as the start of a signature.
        space = content.indexOf(' ', space + 1);
      }
      if (space < 0 || space + 1 >= content.length()) {
        break;
      }
      line(quote, content.substring(from, space + 1), flowed);
      from = space + 1;
    }
    line(quote, content.substring(from), flowed);
  }

  /** RFC 3676 §4.4: space-stuffing, also behind quote marks. */
  private static void line(String quote, String content, StringBuilder flowed) {
    boolean stuffed =
        (!quote.isEmpty() && !content.isEmpty())
            || content.startsWith(" ")
            || content.startsWith(">")
            || content.startsWith("From ");
    flowed.append(quote).append(stuffed ? " " : "").append(content).append("\r\n");
  }
}
