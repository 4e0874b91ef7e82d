package dev.hilo.webchat;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Content.Media.Form;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which files go either way: nothing that a browser or a desktop would run. */
final class FileTypes {

  /** Largest file, in bytes. */
  static final long MAX_BYTES = 20L * 1024 * 1024;

  /** Most files of one message. */
  static final int MOST = 10;

  private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

  static final Map<Form, List<String>> BY_FORM = new LinkedHashMap<>();

  static {
    BY_FORM.put(Form.IMAGE, List.of("image/png", "image/jpeg", "image/gif", "image/webp"));
    BY_FORM.put(
        Form.AUDIO,
        List.of(
            "audio/mpeg",
            "audio/mp4",
            "audio/aac",
            "audio/ogg",
            "audio/webm",
            "audio/wav",
            "audio/x-wav"));
    BY_FORM.put(Form.VIDEO, List.of("video/mp4", "video/webm", "video/quicktime"));
    BY_FORM.put(
        Form.DOCUMENT,
        List.of(
            "application/pdf",
            "text/plain",
            "text/csv",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            OFFICE + "wordprocessingml.document",
            OFFICE + "spreadsheetml.sheet",
            OFFICE + "presentationml.presentation",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.spreadsheet"));
  }

  private FileTypes() {}

  static Capabilities.Builder allow(Capabilities.Builder builder, URI source) {
    BY_FORM.forEach(
        (form, types) -> builder.files(form, MAX_BYTES, source, types.toArray(String[]::new)));
    return builder.filesPerMessage(MOST);
  }

  static List<String> all() {
    return BY_FORM.values().stream().flatMap(List::stream).toList();
  }

  /** What a file of this type is shown as; empty if it may not be sent. */
  static Optional<Form> form(String mimeType) {
    return BY_FORM.entrySet().stream()
        .filter(entry -> entry.getValue().contains(mimeType))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
