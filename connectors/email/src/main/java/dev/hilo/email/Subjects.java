package dev.hilo.email;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Subjects without what mail programs put before them. */
final class Subjects {

  private static final String REPLY =
      "re|aw|antw|antwort|sv|vs|rv|ref|rif|r|res|resp|odp|ynt|vá|va|atb|ats|回复|答复|回覆|返信|答覆|Σχετ|ответ|на";

  private static final String FORWARD =
      "fwd|fw|wg|tr|rv|rvs?|enc|i|fs|vl|vb|vs|doorst|pd|ilt|továbbítás|转发|轉寄|転送|пересл";

  private static final Pattern PREFIX =
      Pattern.compile(
          "^\\s*(?:(?:"
              + REPLY
              + "|"
              + FORWARD
              + ")\\s?(?:[\\[(^]\\s?\\d{1,4}\\s?[\\])]?|\\*?\\d{1,3})?"
              + "\\s?[:：]|\\[fwd:\\s?)\\s*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern FORWARDED =
      Pattern.compile(
          "^\\s*(?:(?:fwd?|wg|tr|rv|enc|doorst|转发|轉寄|転送)\\s?[:：]|\\[fwd:).*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  private static final int MAX_PREFIXES = 50;

  private Subjects() {}

  /** The subject without any {@code Re:}, {@code AW: Fwd:}, {@code Re[5]:} before it. */
  static String strip(String subject) {
    String rest = subject;
    for (int i = 0; i < MAX_PREFIXES; i++) {
      Matcher prefix = PREFIX.matcher(rest);
      if (!prefix.find()) {
        break;
      }
      boolean bracket = prefix.group().strip().startsWith("[");
      rest = rest.substring(prefix.end());
      rest = bracket && rest.endsWith("]") ? rest.substring(0, rest.length() - 1) : rest;
    }
    return rest.strip();
  }

  /** For comparing: equal for all mails of one thread that kept its subject. */
  static String normalise(String subject) {
    return strip(ThreadTokens.withoutToken(subject))
        .replaceAll("\\s+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** Whether the mail says to be a forwarded one. */
  static boolean isForward(String subject) {
    return FORWARDED.matcher(subject).matches();
  }

  /** The subject of an answer: one {@code Re:} and what was there. */
  static String reply(String subject) {
    String rest = strip(subject);
    return rest.isEmpty() ? "Re:" : "Re: " + rest;
  }
}
