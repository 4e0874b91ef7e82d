package dev.hilo.inbox.media;

import dev.hilo.channel.Capabilities;
import dev.hilo.channel.Capabilities.FileLimit;
import dev.hilo.channel.Content.Media.Form;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which files may be uploaded: what the channel takes, by form. A form that is not listed may not
 * be sent; a picture that is not taken as a picture may still go as a document.
 *
 * @param forms at least one, or nothing may be uploaded
 */
public record UploadLimits(Map<Form, FileLimit> forms) {

  public UploadLimits {
    forms = Map.copyOf(forms);
  }

  /** What a channel takes. */
  public static UploadLimits of(Capabilities channel) {
    return new UploadLimits(channel.files());
  }

  /** The largest file of any form, in bytes. */
  long maxBytes() {
    return forms.values().stream().mapToLong(FileLimit::maxBytes).max().orElse(0);
  }

  /** The largest file of this type, in bytes; empty if the type is not taken in any form. */
  Optional<Long> maxBytes(Form best, String type) {
    return candidates(best, type).values().stream().max(Long::compare);
  }

  /** The form in which a file is taken: its own, or else as a document. */
  Optional<Form> form(Form best, String type, long size) {
    Map<Form, Long> candidates = candidates(best, type);
    return List.of(best, Form.DOCUMENT).stream()
        .filter(form -> candidates.getOrDefault(form, -1L) >= size)
        .findFirst();
  }

  private Map<Form, Long> candidates(Form best, String type) {
    Map<Form, Long> found = new EnumMap<>(Form.class);
    for (Form form : List.of(best, Form.DOCUMENT)) {
      FileLimit limit = forms.get(form);
      if (limit != null && limit.takes(type)) {
        found.put(form, limit.maxBytes());
      }
    }
    return found;
  }

  /** All types that are taken, for people; empty: every type. */
  List<String> types() {
    if (forms.values().stream().anyMatch(limit -> limit.mimeTypes().isEmpty())) {
      return List.of();
    }
    TreeSet<String> all = new TreeSet<>();
    forms.values().forEach(limit -> all.addAll(limit.mimeTypes()));
    return List.copyOf(all);
  }
}
