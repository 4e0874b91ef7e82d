package dev.hilo.email;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Inline style, property by property: only such as can neither load anything nor lay itself over
 * the page.
 */
final class StyleAllowList {

  private static final int MAX_LENGTH = 4000;

  private static final Set<String> PROPERTIES =
      Set.of(
          "color",
          "background-color",
          "background",
          "font",
          "font-family",
          "font-size",
          "font-style",
          "font-variant",
          "font-weight",
          "text-align",
          "text-decoration",
          "text-indent",
          "text-transform",
          "line-height",
          "letter-spacing",
          "word-spacing",
          "white-space",
          "vertical-align",
          "margin",
          "margin-top",
          "margin-right",
          "margin-bottom",
          "margin-left",
          "padding",
          "padding-top",
          "padding-right",
          "padding-bottom",
          "padding-left",
          "border",
          "border-top",
          "border-right",
          "border-bottom",
          "border-left",
          "border-color",
          "border-style",
          "border-width",
          "border-collapse",
          "border-spacing",
          "border-radius",
          "width",
          "height",
          "max-width",
          "min-width",
          "max-height",
          "list-style-type",
          "display",
          "direction",
          "float",
          "clear",
          "word-break",
          "word-wrap",
          "overflow-wrap",
          "table-layout",
          "unicode-bidi");

  /** No backslash, comment, at-sign or angle; of functions only colours. No negative lengths. */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?:[\\w\\s#%.,'\"!+]|(?<=\\w)-|-(?=[a-z])|rgba?\\([\\d\\s.,%/]{1,60}\\)|hsla?\\([\\d\\s.,%/deg]{1,60}\\))*");

  private StyleAllowList() {}

  /** What of it may stay; empty text for nothing. */
  static String filter(String style) {
    if (style.length() > MAX_LENGTH || style.indexOf('\\') >= 0 || style.contains("/*")) {
      return "";
    }
    StringBuilder kept = new StringBuilder();
    for (String declaration : style.split(";", -1)) {
      int colon = declaration.indexOf(':');
      if (colon < 1) {
        continue;
      }
      String property = declaration.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = declaration.substring(colon + 1).strip();
      if (PROPERTIES.contains(property) && isSafe(value)) {
        kept.append(kept.isEmpty() ? "" : "; ").append(property).append(": ").append(value);
      }
    }
    return kept.toString();
  }

  private static boolean isSafe(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return !value.isEmpty()
        && value.length() <= 300
        && VALUE.matcher(lower).matches()
        && !lower.contains("expression")
        && !lower.contains("javascript")
        && !lower.contains("url");
  }
}
