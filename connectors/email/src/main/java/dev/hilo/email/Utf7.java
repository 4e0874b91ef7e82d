package dev.hilo.email;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads UTF-7, which Java does not know. Source: RFC 2152.
 *
 * <p>Forgiving: an unfinished or wrong shift sequence is read as far as it goes.
 */
final class Utf7 {

  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private Utf7() {}

  static String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int i = 0;
    while (i < bytes.length) {
      int c = bytes[i++] & 0xFF;
      if (c != '+') {
        text.append((char) c);
      } else if (i < bytes.length && bytes[i] == '-') {
        text.append('+');
        i++;
      } else {
        i = shifted(bytes, i, text);
      }
    }
    return text.toString();
  }

  /** Reads a run of base64 as UTF-16; returns where it ends. */
  private static int shifted(byte[] bytes, int from, StringBuilder text) {
    ByteArrayOutputStream utf16 = new ByteArrayOutputStream();
    int bits = 0;
    int held = 0;
    int i = from;
    for (; i < bytes.length; i++) {
      int value = BASE64.indexOf(bytes[i]);
      if (value < 0) {
        break;
      }
      bits = (bits << 6 | value) & 0xFFFF;
      held += 6;
      if (held >= 8) {
        held -= 8;
        utf16.write(bits >> held);
      }
    }
    byte[] pairs = utf16.toByteArray();
    text.append(new String(pairs, 0, pairs.length / 2 * 2, StandardCharsets.UTF_16BE));
    return i < bytes.length && bytes[i] == '-' ? i + 1 : i;
  }
}
