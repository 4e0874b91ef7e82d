package dev.hilo.email;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses of a header, whatever its faults: groups, comments, semicolons and missing commas
 * between addresses, open quotes. Libraries decode the names word by word or refuse the whole list.
 *
 * <p>Source: RFC 5322 §3.4 and §4.4.
 */
final class AddressList {

  private static final int MAX_ADDRESSES = 1000;
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s<>,;:\"()\\[\\]@]{1,64}@[^\\s<>,;:\"()@]{1,255}");

  private final List<MailAddress> found = new ArrayList<>();

  private AddressList() {}

  /**
   * Reads an unfolded value.
   *
   * @param value encoded words not yet decoded, for they may hold commas
   * @return in order; empty when none is there
   */
  static List<MailAddress> parse(String value) {
    AddressList list = new AddressList();
    if (!list.scan(value, true)) {
      // A quote or bracket was left open and swallowed the rest.
      list.found.clear();
      list.scan(value, false);
    }
    return List.copyOf(list.found);
  }

  private boolean scan(String value, boolean heedQuotes) {
    StringBuilder words = new StringBuilder();
    StringBuilder angle = new StringBuilder();
    StringBuilder comment = new StringBuilder();
    boolean inAngle = false;
    boolean hasAngle = false;
    boolean quoted = false;
    int depth = 0;
    for (int i = 0; i < value.length() && found.size() < MAX_ADDRESSES; i++) {
      char c = value.charAt(i);
      if (c == '\\' && (quoted || depth > 0) && i + 1 < value.length()) {
        (depth > 0 ? comment : inAngle ? angle : words).append(value.charAt(++i));
      } else if (quoted) {
        if (c == '"') {
          quoted = false;
        } else {
          (inAngle ? angle : words).append(c);
        }
      } else if (depth > 0 || (c == '(' && heedQuotes)) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth > 0 && (depth > 1 || c != '(')) {
          comment.append(c);
        }
      } else if (c == '"') {
        quoted = heedQuotes;
      } else if (c == '<') {
        if (hasAngle && !inAngle) {
          add(words, angle, comment);
          words.setLength(0);
          angle.setLength(0);
          comment.setLength(0);
        }
        inAngle = true;
        hasAngle = true;
      } else if (c == '>') {
        inAngle = false;
      } else if (inAngle && (c != ',' || angle.indexOf("@") == 0 || heedQuotes)) {
        angle.append(c);
      } else if (c == ',' || c == ';') {
        add(words, angle, comment);
        words.setLength(0);
        angle.setLength(0);
        comment.setLength(0);
        inAngle = false;
        hasAngle = false;
      } else if (c == ':' && !hasAngle && words.indexOf("@") < 0 && !isMailto(words)) {
        // The name of a group.
        words.setLength(0);
        comment.setLength(0);
      } else {
        words.append(c);
      }
    }
    add(words, angle, comment);
    return !quoted && depth <= 0 && !inAngle;
  }

  private static boolean isMailto(StringBuilder words) {
    return words.toString().strip().equalsIgnoreCase("mailto");
  }

  private void add(CharSequence words, CharSequence angle, CharSequence comment) {
    String name = words.toString().strip();
    if (!angle.isEmpty()) {
      MailAddress.of(name.isEmpty() ? comment.toString() : name, angle.toString())
          .ifPresent(found::add);
      return;
    }
    if (name.isEmpty()) {
      return;
    }
    int at = name.indexOf('@');
    if (at >= 0 && name.indexOf('@', at + 1) < 0 && !name.contains("=?")) {
      String tight = name.replaceAll("\\s*([.@])\\s*", "$1");
      if (!tight.contains(" ")) {
        MailAddress.of(comment.toString(), tight).ifPresent(found::add);
        return;
      }
    }
    String decoded = HeaderText.decodeWords(name);
    Matcher address = ADDRESS.matcher(decoded);
    int before = found.size();
    while (address.find() && found.size() < MAX_ADDRESSES) {
      // "Jane Doe jane@example.com": the words before the first are its name.
      boolean named = found.size() == before && comment.isEmpty();
      String shown = named ? decoded.substring(0, address.start()) : comment.toString();
      MailAddress.of(shown.strip(), address.group()).ifPresent(found::add);
    }
    if (found.size() == before && !name.contains(" ")) {
      // "MAILER-DAEMON": no domain, and still a sender worth knowing.
      MailAddress.of(comment.toString(), HeaderText.decodeWords(name)).ifPresent(found::add);
    }
  }
}
