package dev.hilo.inbox.visitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as the visitor's side gets it.
 *
 * @param from visitor or agent
 * @param files missing when there are none
 * @param choices answers to tap; missing when there are none
 * @param answers the question that was answered by tapping
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VisitorMessage(
    String id,
    long position,
    @Nullable String clientId,
    String from,
    String text,
    Instant at,
    String state,
    @Nullable List<File> files,
    @Nullable List<Choice> choices,
    @Nullable String answers) {

  /**
   * A file; {@code url} is missing while it cannot be seen.
   *
   * @param size bytes
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record File(String name, String type, long size, @Nullable URI url, @Nullable URI thumbnail) {
    static File of(VisitorFiles.Shown shown) {
      return new File(
          shown.name(),
          shown.type(),
          shown.size(),
          shown.url().orElse(null),
          shown.thumbnail().orElse(null));
    }
  }

  /** An answer to tap. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Choice(String payload, String title, @Nullable String description) {}
}
