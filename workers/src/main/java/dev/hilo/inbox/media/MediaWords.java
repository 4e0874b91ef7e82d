package dev.hilo.inbox.media;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** What people read about files. Languages: en, es, pt; any other gets English. */
final class MediaWords {

  private static final long KILO = 1024;

  private final ResourceBundle words;
  private final Locale language;

  MediaWords(Locale language) {
    this.language = language;
    this.words =
        ResourceBundle.getBundle(
            "dev.hilo.inbox.media.media-words",
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  String notFound() {
    return words.getString("not-found");
  }

  String noThumbnail() {
    return words.getString("no-thumbnail");
  }

  String wrongRange() {
    return words.getString("wrong-range");
  }

  String unavailable() {
    return words.getString("unavailable");
  }

  /** Why a file cannot be downloaded. */
  String state(Attachment attachment) {
    String key = "state." + attachment.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return MessageFormat.format(words.getString(key), attachment.reason().orElse("?"));
  }

  String uploadTooLarge(long maxBytes) {
    return MessageFormat.format(words.getString("upload.too-large"), size(maxBytes));
  }

  String uploadWrongType(String type, List<String> allowed) {
    return allowed.isEmpty()
        ? MessageFormat.format(words.getString("upload.no-files"), type)
        : MessageFormat.format(
            words.getString("upload.wrong-type"), type, String.join(", ", allowed));
  }

  String uploadInfected(String name) {
    return MessageFormat.format(words.getString("upload.infected"), name);
  }

  String uploadNotScanned() {
    return words.getString("upload.not-scanned");
  }

  private String size(long bytes) {
    NumberFormat number = NumberFormat.getNumberInstance(language);
    number.setMaximumFractionDigits(1);
    if (bytes >= KILO * KILO) {
      return number.format((double) bytes / (KILO * KILO)) + " MB";
    }
    return bytes >= KILO
        ? number.format((double) bytes / KILO) + " KB"
        : number.format(bytes) + " bytes";
  }
}
