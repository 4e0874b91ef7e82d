package dev.hilo.webchat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.channel.Refusal;
import java.util.Optional;

/** The body of {@code POST session}. */
sealed interface SessionBody {

  /**
   * What the browser asked for; every part may be missing.
   *
   * @param identity what the page's server signed, not checked yet
   */
  record Wishes(Optional<String> language, Optional<JsonNode> identity) implements SessionBody {}

  /** Not a body of ours. */
  record Unreadable(Refusal refusal, String detail) implements SessionBody {}

  static SessionBody read(byte[] body) {
    if (body.length > VisitorJson.MAX_BYTES) {
      return new Unreadable(Refusal.TOO_LARGE, VisitorJson.TOO_LARGE);
    }
    if (body.length == 0) {
      return new Wishes(Optional.empty(), Optional.empty());
    }
    Optional<JsonNode> json = VisitorJson.read(body);
    if (json.isEmpty()) {
      return new Unreadable(
          Refusal.MALFORMED, "the body must be a JSON object with 'language' and 'page'");
    }
    return new Wishes(
        VisitorJson.language(json.get()),
        Optional.of(json.get().path("identity"))
            .filter(identity -> !identity.isMissingNode() && !identity.isNull()));
  }
}
