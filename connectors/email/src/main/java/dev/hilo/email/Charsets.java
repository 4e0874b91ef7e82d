package dev.hilo.email;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Bytes to text, whatever the mail says its charset is: the declared one where the bytes agree,
 * else a guess, else windows-1252. Never fails; what cannot be read becomes U+FFFD.
 */
final class Charsets {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final int DETECTED_BYTES = 64 * 1024;

  /** Scripts whose words have hardly a letter of ASCII; seldom right for a text with many. */
  private static final Set<String> FOREIGN_SCRIPTS =
      Set.of(
          "WINDOWS-1251",
          "KOI8-R",
          "ISO-8859-5",
          "MACCYRILLIC",
          "IBM866",
          "IBM855",
          "WINDOWS-1253",
          "ISO-8859-7",
          "WINDOWS-1255",
          "ISO-8859-8",
          "TIS620");

  private Charsets() {}

  /**
   * Text and how it was read.
   *
   * @param text no byte order mark
   * @param charset the charset it was read with, in lower case
   * @param asDeclared false when the declared charset could not be right or says nothing of the
   *     bytes that are there
   */
  record Decoded(String text, String charset, boolean asDeclared) {}

  /**
   * Reads bytes.
   *
   * @param declared the name as the mail gives it
   */
  static Decoded decode(byte[] bytes, Optional<String> declared) {
    Optional<Decoded> marked = byteOrderMark(bytes);
    if (marked.isPresent()) {
      return marked.get();
    }
    String name = declared.map(CharsetNames::normalise).orElse("");
    if (CharsetNames.UTF_7.equals(name)) {
      return new Decoded(Utf7.decode(bytes), CharsetNames.UTF_7, true);
    }
    boolean sevenBit = isSevenBit(bytes);
    Optional<Charset> charset = CharsetNames.lookUp(name);
    if (charset.isPresent() && !(sevenBit && isWide(charset.get()))) {
      Optional<Decoded> decoded = asDeclared(bytes, charset.get());
      if (decoded.isPresent()) {
        return decoded.get();
      }
    }
    boolean silent = declared.isEmpty() || CharsetNames.isSilent(name);
    if (sevenBit && !hasEscape(bytes)) {
      return new Decoded(new String(bytes, StandardCharsets.US_ASCII), "us-ascii", silent);
    }
    return guess(bytes);
  }

  static boolean isSevenBit(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Decoded> asDeclared(byte[] bytes, Charset charset) {
    String name = charset.name().toLowerCase(Locale.ROOT);
    boolean latin = name.startsWith("windows-125") || name.startsWith("iso-8859-1");
    if (latin && !isSevenBit(bytes)) {
      // Valid UTF-8 by chance is next to impossible; a wrong label is common.
      Optional<String> utf8 = strictly(bytes, StandardCharsets.UTF_8);
      if (utf8.isPresent()) {
        return Optional.of(new Decoded(utf8.get(), "utf-8", false));
      }
    }
    String text = new String(bytes, charset);
    return isPlausible(text, bytes.length) || latin
        ? Optional.of(new Decoded(text, name, true))
        : Optional.empty();
  }

  /** One damaged character among many good ones does not make the label wrong. */
  private static boolean isPlausible(String text, int bytes) {
    int replaced = 0;
    int good = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\uFFFD') {
        replaced++;
      } else if (c > 0x7F) {
        good++;
      }
    }
    return replaced == 0 || replaced * 4 <= good || (replaced == 1 && good > 0 && bytes > 20);
  }

  private static Decoded guess(byte[] bytes) {
    Optional<String> utf8 = strictly(bytes, StandardCharsets.UTF_8);
    if (utf8.isPresent() && !hasEscape(bytes)) {
      return new Decoded(utf8.get(), "utf-8", false);
    }
    UniversalDetector detector = new UniversalDetector();
    detector.handleData(bytes, 0, Math.min(bytes.length, DETECTED_BYTES));
    detector.dataEnd();
    String detected = detector.getDetectedCharset();
    if (detected != null && !isMisled(detected, bytes)) {
      Optional<Charset> charset = CharsetNames.lookUp(detected);
      if (charset.isPresent()) {
        String text = new String(bytes, charset.get());
        if (isPlausible(text, bytes.length)) {
          return new Decoded(text, charset.get().name().toLowerCase(Locale.ROOT), false);
        }
      }
    }
    String lenient = new String(bytes, StandardCharsets.UTF_8);
    if (isPlausible(lenient, bytes.length)) {
      return new Decoded(lenient, "utf-8", false);
    }
    return new Decoded(new String(bytes, WINDOWS_1252), "windows-1252", false);
  }

  /** Accented letters in a text of a Latin script make the detector see other scripts. */
  private static boolean isMisled(String detected, byte[] bytes) {
    int high = 0;
    int letters = 0;
    for (byte b : bytes) {
      if (b < 0) {
        high++;
      } else if (Character.isLetter(b)) {
        letters++;
      }
    }
    boolean escapes = detected.startsWith("ISO-2022") || detected.startsWith("HZ");
    if (escapes || detected.startsWith("UTF")) {
      return false;
    }
    return FOREIGN_SCRIPTS.contains(detected) ? high < letters : high * 6 < letters;
  }

  private static Optional<String> strictly(byte[] bytes, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Decoded> byteOrderMark(byte[] b) {
    if (b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) {
      String text = new String(b, 3, b.length - 3, StandardCharsets.UTF_8);
      return Optional.of(new Decoded(text, "utf-8", true));
    }
    if (b.length >= 2 && b.length % 2 == 0) {
      if (b[0] == (byte) 0xFE && b[1] == (byte) 0xFF) {
        String text = new String(b, 2, b.length - 2, StandardCharsets.UTF_16BE);
        return Optional.of(new Decoded(text, "utf-16be", true));
      }
      if (b[0] == (byte) 0xFF && b[1] == (byte) 0xFE) {
        String text = new String(b, 2, b.length - 2, StandardCharsets.UTF_16LE);
        return Optional.of(new Decoded(text, "utf-16le", true));
      }
    }
    return Optional.empty();
  }

  private static boolean isWide(Charset charset) {
    return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
  }

  private static boolean hasEscape(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0x1B) {
        return true;
      }
    }
    return false;
  }
}
