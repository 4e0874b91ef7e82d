package dev.hilo.email;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** HTML as readable text: line breaks, lists, quotes, the addresses of links. */
final class HtmlText implements NodeFilter {

  private static final int MAX_LINK = 300;
  private static final int MAX_QUOTE = 10;
  private static final Set<String> SKIPPED =
      Set.of("script", "style", "head", "title", "template", "noscript", "object", "svg", "select");
  private static final Set<String> PARAGRAPHS =
      Set.of(
          "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre", "table");
  private static final Set<String> LINES =
      Set.of(
          "div",
          "li",
          "tr",
          "dt",
          "dd",
          "section",
          "article",
          "header",
          "footer",
          "address",
          "center",
          "form",
          "fieldset",
          "figure",
          "figcaption",
          "caption",
          "main",
          "nav",
          "body");

  private final StringBuilder text = new StringBuilder();
  private int pendingLines;
  private boolean pendingSpace;
  private boolean lineStart = true;
  private int quote;
  private int writtenQuote;
  private int pre;

  private HtmlText() {}

  /** Reads an element and all it holds. */
  static String of(Element element) {
    HtmlText reader = new HtmlText();
    NodeTraversor.filter(reader, element);
    return reader.text.toString().replaceAll("[ \\t]+\n", "\n").strip();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words) {
      write(words.getWholeText());
      return FilterResult.CONTINUE;
    }
    if (!(node instanceof Element element)) {
      return FilterResult.CONTINUE;
    }
    String tag = element.normalName();
    if (SKIPPED.contains(tag) || isHidden(element)) {
      return FilterResult.SKIP_ENTIRELY;
    }
    switch (tag) {
      case "br" -> pendingLines += text.isEmpty() ? 0 : 1;
      case "hr" -> {
        lines(1);
        word("---");
        lines(1);
      }
      case "img" -> word(element.attr("alt").isBlank() ? "" : "[" + element.attr("alt") + "]");
      case "li" -> {
        lines(1);
        word(bullet(element));
        pendingSpace = true;
      }
      case "td", "th" -> pendingSpace = true;
      default -> lines(PARAGRAPHS.contains(tag) ? 2 : LINES.contains(tag) ? 1 : 0);
    }
    if (tag.equals("blockquote")) {
      quote = quote + 1;
    } else if (tag.equals("pre") || tag.equals("textarea")) {
      pre++;
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (!(node instanceof Element element)) {
      return FilterResult.CONTINUE;
    }
    String tag = element.normalName();
    if (tag.equals("a")) {
      link(element);
    } else if (tag.equals("blockquote")) {
      quote--;
    } else if (tag.equals("pre") || tag.equals("textarea")) {
      pre--;
    }
    lines(PARAGRAPHS.contains(tag) ? 2 : LINES.contains(tag) ? 1 : 0);
    return FilterResult.CONTINUE;
  }

  private void link(Element element) {
    String href = element.attr("href").strip();
    String lower = href.toLowerCase(Locale.ROOT);
    boolean web = lower.startsWith("http://") || lower.startsWith("https://");
    if ((!web && !lower.startsWith("mailto:")) || href.length() > MAX_LINK) {
      return;
    }
    String shown = element.text();
    String bare = href.replaceFirst("(?i)^(https?://|mailto:)", "").replaceFirst("/$", "");
    if (!shown.isBlank() && !shown.contains(bare)) {
      pendingSpace = true;
      word("<" + (web ? href : bare) + ">");
    }
  }

  private static String bullet(Element item) {
    Element list = item.parent();
    if (list == null || !list.normalName().equals("ol")) {
      return "-";
    }
    // Counting the items before each would be quadratic in a long list.
    int number = 1;
    Element before = item.previousElementSibling();
    if (before != null && before.hasAttr("data-hilo-number")) {
      number = Integer.parseInt(before.attr("data-hilo-number")) + 1;
    }
    item.attr("data-hilo-number", Integer.toString(number));
    return number + ".";
  }

  private static boolean isHidden(Element element) {
    String style = element.attr("style");
    return !style.isEmpty()
        && style.replaceAll("\\s", "").toLowerCase(Locale.ROOT).contains("display:none");
  }

  private void lines(int count) {
    if (count > 0 && text.length() > 0) {
      pendingLines = Math.max(pendingLines, count);
    }
  }

  private void write(String raw) {
    if (pre > 0) {
      String[] rows = raw.replace("\r\n", "\n").split("\n", -1);
      for (int i = 0; i < rows.length; i++) {
        if (i > 0) {
          pendingLines++;
        }
        if (!rows[i].isEmpty()) {
          start();
          text.append(rows[i]);
          lineStart = false;
        }
      }
      return;
    }
    int from = 0;
    int length = raw.length();
    while (from < length) {
      int at = from;
      while (at < length && isSpace(raw.charAt(at))) {
        at++;
      }
      pendingSpace |= at > from;
      int end = at;
      while (end < length && !isSpace(raw.charAt(end))) {
        end++;
      }
      word(raw.substring(at, end));
      from = end;
    }
  }

  private void word(String word) {
    if (word.isEmpty()) {
      return;
    }
    start();
    if (pendingSpace && !lineStart) {
      text.append(' ');
    }
    text.append(word);
    pendingSpace = false;
    lineStart = false;
  }

  private void start() {
    boolean first = text.isEmpty();
    if (pendingLines > 0 && !first) {
      String marks = ">".repeat(Math.min(Math.min(quote, writtenQuote), MAX_QUOTE));
      for (int i = 1; i < Math.min(pendingLines, 3); i++) {
        text.append('\n').append(marks);
      }
      text.append('\n');
      lineStart = true;
    }
    if ((pendingLines > 0 || first) && quote > 0) {
      text.append(">".repeat(Math.min(quote, MAX_QUOTE))).append(' ');
      lineStart = true;
    }
    if (pendingLines > 0) {
      pendingSpace = false;
    }
    pendingLines = 0;
    writtenQuote = quote;
  }

  private static boolean isSpace(char c) {
    return c == ' '
        || c == '\n'
        || c == '\t'
        || c == '\r'
        || c == '\f'
        || c == '\u00A0'
        || c == '\u200B'
        || c == '\u200C'
        || c == '\u034F'
        || c == '\uFEFF'
        || c == '\u00AD';
  }
}
