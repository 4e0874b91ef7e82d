package dev.hilo.email;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Header bytes to text. Encoded words are joined before they are decoded, because many programs cut
 * them in the middle of a character, which the libraries' decoders do not mend.
 *
 * <p>Source: RFC 2047, RFC 2231 §5 (language suffix), RFC 6532 (raw UTF-8).
 */
final class HeaderText {

  /** Beyond this a header is cut, so that no header can cost much time. */
  static final int MAX_LENGTH = 64 * 1024;

  /** Forgiving: the text may hold spaces and question marks. Bounded, so that no input is slow. */
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?\\s]{1,60})\\?([bBqQ])\\?(.{0,2000}?)\\?=", Pattern.DOTALL);

  private static final Pattern UNSHOWN =
      Pattern.compile(
          "[\\p{Cntrl}\\p{Zl}\\p{Zp}\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]");

  private HeaderText() {}

  /**
   * A field's value, unfolded, encoded words left as they are.
   *
   * @param hint charset of raw 8-bit bytes that are not UTF-8: what the mail says of its body
   */
  static String unfold(byte[] value, Optional<String> hint) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(value.length);
    for (int i = 0; i < value.length && line.size() < MAX_LENGTH; i++) {
      if (value[i] != '\r' && value[i] != '\n' && value[i] != 0) {
        line.write(value[i]);
      } else if (i + 1 < value.length && value[i] == '\r' && value[i + 1] != '\n') {
        line.write(' ');
      }
    }
    byte[] bytes = line.toByteArray();
    Charsets.Decoded utf8 = Charsets.decode(bytes, Optional.empty());
    return (utf8.charset().equals("windows-1252") ? Charsets.decode(bytes, hint) : utf8)
        .text()
        .strip();
  }

  /** Decodes every encoded word of an unfolded value. */
  static String decodeWords(String value) {
    if (!value.contains("=?")) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length());
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    String runCharset = "";
    Matcher word = WORD.matcher(value);
    int end = 0;
    boolean afterWord = false;
    while (word.find()) {
      String between = value.substring(end, word.start());
      String charset = charset(word.group(1));
      boolean adjacent = afterWord && between.isBlank();
      if (!adjacent || !charset.equals(runCharset)) {
        flush(run, runCharset, text);
        if (!adjacent) {
          text.append(between);
        }
      }
      runCharset = charset;
      run.writeBytes(bytes(word.group(2), word.group(3)));
      end = word.end();
      afterWord = true;
    }
    flush(run, runCharset, text);
    return text.append(value, end, value.length()).toString();
  }

  /** Fit to be shown in one line: no control or direction characters, single spaces. */
  static String clean(String text) {
    return UNSHOWN.matcher(text.replace('\t', ' ')).replaceAll("").replaceAll(" {2,}", " ").strip();
  }

  private static void flush(ByteArrayOutputStream run, String charset, StringBuilder text) {
    if (run.size() > 0) {
      text.append(Charsets.decode(run.toByteArray(), Optional.of(charset)).text());
      run.reset();
    }
  }

  private static String charset(String name) {
    int language = name.indexOf('*');
    return (language < 0 ? name : name.substring(0, language)).toLowerCase(Locale.ROOT);
  }

  private static byte[] bytes(String encoding, String text) {
    return encoding.equalsIgnoreCase("b") ? base64(text) : quoted(text);
  }

  private static byte[] base64(String text) {
    String digits = text.replaceAll("[^A-Za-z0-9+/]", "");
    // A single digit left over holds no whole byte.
    String whole = digits.length() % 4 == 1 ? digits.substring(0, digits.length() - 1) : digits;
    return Base64.getDecoder().decode(whole);
  }

  private static byte[] quoted(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '_') {
        bytes.write(' ');
      } else if (c == '=' && hex(text, i + 1) >= 0) {
        bytes.write(hex(text, i + 1));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  /** The byte that two digits stand for; -1 when they are none. */
  private static int hex(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
