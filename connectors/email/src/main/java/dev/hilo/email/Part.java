package dev.hilo.email;

import java.util.Map;
import java.util.Optional;

/**
 * A leaf of a mail.
 *
 * @param path where it is: see {@link PartWalker}; the same at every reading
 * @param mimeType as declared, lower case
 * @param fileName without folders; empty when the mail gives none
 * @param contentId without angle brackets
 * @param size bytes, decoded
 */
record Part(
    String path,
    String mimeType,
    Optional<String> fileName,
    Optional<String> contentId,
    Role role,
    long size) {

  private static final Map<String, String> ENDINGS =
      Map.ofEntries(
          Map.entry("application/pdf", ".pdf"),
          Map.entry("application/zip", ".zip"),
          Map.entry("application/ms-tnef", ".dat"),
          Map.entry("application/pkcs7-signature", ".p7s"),
          Map.entry("application/pgp-signature", ".asc"),
          Map.entry("audio/mpeg", ".mp3"),
          Map.entry("image/gif", ".gif"),
          Map.entry("image/jpeg", ".jpg"),
          Map.entry("image/png", ".png"),
          Map.entry("image/webp", ".webp"),
          Map.entry("message/rfc822", ".eml"),
          Map.entry("text/calendar", ".ics"),
          Map.entry("text/csv", ".csv"),
          Map.entry("text/html", ".html"),
          Map.entry("text/plain", ".txt"),
          Map.entry("text/vcard", ".vcf"),
          Map.entry("text/x-vcard", ".vcf"),
          Map.entry("video/mp4", ".mp4"));

  /** What a part is for. */
  enum Role {
    /** Text of the mail, or another form of it. */
    BODY,
    /** Shown within the text, which refers to it. */
    INLINE,
    /** A file for the reader. */
    ATTACHMENT,
    /** A signature over other parts. */
    SIGNATURE,
    /** Facts for programs: a delivery status, the original's header. */
    REPORT
  }

  /** The file's name, or one made up from path and type. */
  String shownName() {
    return fileName.orElseGet(
        () -> "attachment-" + path.replace('.', '-') + ENDINGS.getOrDefault(mimeType, ".bin"));
  }

  /** Not the file's name, which is personal data. */
  @Override
  public String toString() {
    return "Part[" + path + " " + mimeType + " " + role + " " + size + " B]";
  }
}
