package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads files in sends: {@code {"id"|"link", "caption", "filename"}}.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages, pages by
 * type, read 2026-11-20.
 */
final class FileReader {

  private static final int MAX_CAPTION = 1024;
  private static final int MAX_FILE_NAME = 240;
  private static final Set<String> WITH_CAPTION = Set.of("image", "video", "document");

  private FileReader() {}

  /** The caption of the file of that type; empty when there is none. */
  static String caption(JsonNode node, String type) {
    String caption = Fields.text(node, "caption").orElse("");
    Fields.atMost(type + "['caption']", caption, MAX_CAPTION);
    return caption;
  }

  /**
   * Reads the object of that type.
   *
   * @param captioned whether a caption may stand there
   */
  static FileToSend read(JsonNode parent, String type, boolean captioned) {
    JsonNode node = Fields.requiredObject(parent, type, type);
    Set<String> known = new HashSet<>(Set.of("id", "link"));
    if (captioned && WITH_CAPTION.contains(type)) {
      known.add("caption");
    }
    if (type.equals("document")) {
      known.add("filename");
    }
    if (type.equals("audio")) {
      known.add("voice");
    }
    Fields.onlyKnown(node, type, known);
    if (node.has("voice") && !node.get("voice").isBoolean()) {
      throw new GraphRefusal(GraphError.parameter("Param audio['voice'] must be a boolean."));
    }
    Optional<String> id = Fields.text(node, "id").filter(value -> !value.isBlank());
    Optional<String> link = Fields.text(node, "link").filter(value -> !value.isBlank());
    if (id.isPresent() == link.isPresent()) {
      throw new GraphRefusal(
          GraphError.parameter("Param " + type + " must have exactly one of 'id' and 'link'."));
    }
    link.filter(value -> !value.matches("https?://\\S+"))
        .ifPresent(
            value -> {
              throw new GraphRefusal(
                  GraphError.parameter("Param " + type + "['link'] is not a valid URL."));
            });
    Optional<String> name = Fields.text(node, "filename");
    name.ifPresent(value -> Fields.atMost("document['filename']", value, MAX_FILE_NAME));
    return new FileToSend(type, id, link, name);
  }
}
