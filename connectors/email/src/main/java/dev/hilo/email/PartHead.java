package dev.hilo.email;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a part's header says of it.
 *
 * @param mimeType lower case; {@code text/plain} when missing or senseless
 * @param contentId without angle brackets
 * @param disposition {@code inline}, {@code attachment}, or empty for none
 * @param encoding the transfer encoding as it is meant: {@code base64}, {@code quoted-printable},
 *     {@code x-uuencode}, or {@code identity}
 */
record PartHead(
    String mimeType,
    Parameters contentType,
    Optional<String> fileName,
    Optional<String> contentId,
    Optional<String> contentLocation,
    String disposition,
    String encoding) {

  private static final int MAX_NAME = 255;
  private static final Pattern MIME_TYPE =
      Pattern.compile("[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}");

  /** Reads it; {@code defaultType} holds where the header says nothing (RFC 2046 §5.1.5). */
  static PartHead of(MailHeaders headers, String defaultType) {
    Parameters type = Parameters.parse(headers.first("Content-Type").orElse(defaultType));
    Parameters disposition = Parameters.parse(headers.first("Content-Disposition").orElse(""));
    Optional<String> name =
        disposition
            .get("filename")
            .or(() -> type.get("name"))
            .or(() -> disposition.get("name"))
            .or(() -> type.get("filename"))
            .map(PartHead::fileName)
            .filter(text -> !text.isEmpty());
    return new PartHead(
        MIME_TYPE.matcher(type.value()).matches() ? type.value() : fallback(type.value()),
        type,
        name,
        headers.first("Content-ID").map(PartHead::id).filter(id -> !id.isEmpty()),
        headers.first("Content-Location").map(value -> value.replaceAll("[\\s\"]", "")),
        disposition(disposition.value(), name.isPresent()),
        encoding(headers.first("Content-Transfer-Encoding").orElse("")));
  }

  Optional<String> charset() {
    return contentType.get("charset");
  }

  private static String fallback(String senseless) {
    // "text" or "html" alone is meant as text; anything else is a file of unknown kind.
    if (senseless.equals("html") || senseless.startsWith("text/html")) {
      return "text/html";
    }
    return senseless.isEmpty() || senseless.startsWith("text") || senseless.equals("plain")
        ? "text/plain"
        : "application/octet-stream";
  }

  /** The last step of a path, without what no file system takes. */
  private static String fileName(String raw) {
    String name = HeaderText.clean(raw);
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    name = name.replaceAll("[\\p{Cntrl}<>:\"|?*]", "_").strip();
    if (name.length() > MAX_NAME) {
      name = name.substring(0, MAX_NAME);
    }
    return name.equals(".") || name.equals("..") ? "" : name;
  }

  private static String id(String value) {
    return value.replaceAll("[<>\\s\"]", "");
  }

  private static String disposition(String value, boolean named) {
    if (value.isEmpty()) {
      return "";
    }
    if (value.startsWith("inline")) {
      return "inline";
    }
    // RFC 2183 §2.8: an unknown disposition is an attachment.
    return value.startsWith("attach") || named ? "attachment" : "";
  }

  private static String encoding(String value) {
    String name = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "");
    if (name.startsWith("base64") || name.startsWith("base-64")) {
      return "base64";
    }
    if (name.startsWith("quoted-printable") || name.startsWith("quotedprintable")) {
      return "quoted-printable";
    }
    if (name.endsWith("uuencode") || name.equals("x-uue") || name.equals("uue")) {
      return "x-uuencode";
    }
    return "identity";
  }
}
