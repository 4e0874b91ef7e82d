package dev.hilo.inbox.media;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Names that a file can be saved under without harm, on any system. */
final class FileNames {

  private static final int LONGEST = 120;
  private static final int LONGEST_EXTENSION = 12;
  private static final String UNNAMED = "file";

  /** What a double click would run, on some system. */
  private static final Set<String> RUNS =
      Set.of(
          "apk",
          "app",
          "appref-ms",
          "bat",
          "cmd",
          "com",
          "cpl",
          "deb",
          "desktop",
          "dll",
          "dmg",
          "exe",
          "hta",
          "htm",
          "html",
          "iso",
          "jar",
          "js",
          "jse",
          "lnk",
          "mht",
          "mhtml",
          "mjs",
          "msc",
          "msi",
          "msp",
          "pif",
          "pkg",
          "ps1",
          "psm1",
          "py",
          "reg",
          "rpm",
          "scf",
          "scr",
          "sh",
          "shtml",
          "svg",
          "svgz",
          "url",
          "vb",
          "vbe",
          "vbs",
          "wsf",
          "wsh",
          "xht",
          "xhtml",
          "xml");

  private FileNames() {}

  /** A name without a path, control characters, or signs that turn the direction of writing. */
  static String safe(Optional<String> name) {
    String last = name.orElse("").replace('\\', '/');
    last = last.substring(last.lastIndexOf('/') + 1);
    StringBuilder kept = new StringBuilder();
    Normalizer.normalize(last, Normalizer.Form.NFC)
        .codePoints()
        .map(c -> "<>:\"|?*".indexOf(c) >= 0 ? '_' : c)
        .filter(FileNames::isVisible)
        .forEach(kept::appendCodePoint);
    String stripped = kept.toString().replaceAll("\\s+", " ").replaceAll("^[ .]+|[ .]+$", "");
    if (stripped.isEmpty()) {
      return UNNAMED;
    }
    if (stripped.matches("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?")) {
      stripped = "_" + stripped;
    }
    return shortened(stripped);
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String shortened(String name) {
    if (name.codePointCount(0, name.length()) <= LONGEST) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension =
        dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - extension.length());
    int end = stem.offsetByCodePoints(0, LONGEST - extension.length());
    return stem.substring(0, end).strip() + extension;
  }

  /**
   * The name for bytes that are known: one that has no ending gets that of its type, and one that
   * would run gets an ending that nothing runs.
   */
  static String forBytes(String name, FileTypes.Sniffed type) {
    String named = name.indexOf('.') < 0 ? name + type.extension() : name;
    String ending = named.substring(named.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return type.active() || RUNS.contains(ending) ? named + ".bin" : named;
  }
}
