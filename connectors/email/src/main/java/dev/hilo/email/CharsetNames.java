package dev.hilo.email;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What mail programs call charsets, and what they mean by it. */
final class CharsetNames {

  /** Read by {@link Utf7}, for Java does not know it. */
  static final String UTF_7 = "utf-7";

  /** Names that say nothing. */
  private static final Set<String> UNKNOWN =
      Set.of(
          "",
          "unknown",
          "unknown-8bit",
          "x-unknown",
          "default",
          "x-default",
          "default_charset",
          "x-user-defined",
          "user-defined",
          "binary",
          "8bit",
          "7bit",
          "us-ascii",
          "ascii",
          "none",
          "_autodetect",
          "_autodetect_all",
          "iso-8859-8bit",
          "null",
          "undefined",
          "charset",
          "en");

  /** Names that Java lacks, or knows as something narrower than what mail programs mean by them. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("latin1", "windows-1252"),
          Map.entry("latin-1", "windows-1252"),
          Map.entry("l1", "windows-1252"),
          Map.entry("ansi", "windows-1252"),
          Map.entry("x-ansi", "windows-1252"),
          Map.entry("ansi_x3.110-1983", "windows-1252"),
          Map.entry("windows-default", "windows-1252"),
          Map.entry("latin9", "iso-8859-15"),
          Map.entry("utf8", "utf-8"),
          Map.entry("utf_8", "utf-8"),
          Map.entry("utf8mb4", "utf-8"),
          Map.entry("utf-8-strict", "utf-8"),
          Map.entry("x-utf-8", "utf-8"),
          Map.entry("unicode-1-1-utf-8", "utf-8"),
          Map.entry("utf7", UTF_7),
          Map.entry("x-utf-7", UTF_7),
          Map.entry("unicode-1-1-utf-7", UTF_7),
          Map.entry("csunicode11utf7", UTF_7),
          Map.entry("gb2312", "gb18030"),
          Map.entry("gb_2312-80", "gb18030"),
          Map.entry("gb2312_charset", "gb18030"),
          Map.entry("gbk", "gb18030"),
          Map.entry("x-gbk", "gb18030"),
          Map.entry("cp936", "gb18030"),
          Map.entry("windows-936", "gb18030"),
          Map.entry("chinesebig5", "big5"),
          Map.entry("cn-big5", "big5"),
          Map.entry("x-x-big5", "big5"),
          Map.entry("cp950", "big5"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("ks_c_5601", "x-windows-949"),
          Map.entry("ks_c_5601-1989", "x-windows-949"),
          Map.entry("ksc5601", "x-windows-949"),
          Map.entry("ksc_5601", "x-windows-949"),
          Map.entry("korean", "x-windows-949"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("cp949", "x-windows-949"),
          Map.entry("windows-949", "x-windows-949"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("sjis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("ms_kanji", "windows-31j"),
          Map.entry("cp932", "windows-31j"),
          Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
          Map.entry("iso-2022-jp-ms", "x-windows-iso2022jp"),
          Map.entry("jis", "x-windows-iso2022jp"),
          Map.entry("tis-620", "x-windows-874"),
          Map.entry("windows-874", "x-windows-874"),
          Map.entry("iso-8859-8-i", "iso-8859-8"),
          Map.entry("iso-8859-8-e", "iso-8859-8"),
          Map.entry("visual", "iso-8859-8"),
          Map.entry("logical", "iso-8859-8"),
          Map.entry("macintosh", "x-macroman"),
          Map.entry("mac", "x-macroman"),
          // The detector takes windows-1251 for it, and no mail program writes it.
          Map.entry("maccyrillic", "windows-1251"),
          Map.entry("x-mac-roman", "x-macroman"));

  private static final Pattern ISO_8859 =
      Pattern.compile("(?:x-)?iso[-_ ]?8859[-_ ]?(\\d{1,2})\\b.*|8859-(\\d{1,2})");
  private static final Pattern WINDOWS =
      Pattern.compile("(?:x-)?(?:windows|win|cp|ms)[-_ ]?(125\\d)\\b.*");

  private CharsetNames() {}

  /** The name by which Java knows a charset of a mail; empty when unknown. */
  static Optional<Charset> lookUp(String name) {
    String normal = normalise(name);
    if (UNKNOWN.contains(normal) || UTF_7.equals(normal)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Charset.forName(normal));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  /** Whether a normalised name says nothing of the bytes. */
  static boolean isSilent(String normal) {
    return UNKNOWN.contains(normal);
  }

  /** In lower case, an alias replaced by what it means; may be unknown to Java. */
  static String normalise(String declared) {
    String name = declared.strip().toLowerCase(Locale.ROOT).replaceAll("[\"'\\s;,]", "");
    if (name.startsWith("charset=")) {
      name = name.substring("charset=".length());
    }
    String alias = ALIASES.get(name);
    if (alias != null) {
      return alias;
    }
    Matcher iso = ISO_8859.matcher(name);
    if (iso.matches() && !name.startsWith("iso-8859-8-")) {
      String number = iso.group(1) != null ? iso.group(1) : iso.group(2);
      // What is labelled Latin-1 is windows-1252 in practice; the same for Turkish and Thai.
      return switch (number) {
        case "1" -> "windows-1252";
        case "9" -> "windows-1254";
        case "11" -> "x-windows-874";
        default -> "iso-8859-" + number;
      };
    }
    Matcher windows = WINDOWS.matcher(name);
    return windows.matches() ? "windows-" + windows.group(1) : name;
  }
}
