package dev.hilo.simulators.phone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.meta.DirectMessage.Attachment;
import java.util.Optional;

/** What a customer sends by one tap instead of words. */
final class Stickers {

  /** Source: Messenger's thumb, the small one. */
  private static final long THUMB = 369239263222822L;

  private Stickers() {}

  /**
   * Messenger's thumb is a sticker with a number; Instagram's heart is a type without anything.
   *
   * @param provider its id
   */
  static Attachment like(String provider) {
    if (provider.equals("instagram")) {
      return new Attachment("like_heart", Optional.empty(), Optional.empty(), Optional.empty());
    }
    ObjectNode payload =
        Json.MAPPER
            .createObjectNode()
            .put("url", "https://scontent.xx.fbcdn.net/v/t39.1997-6/39178562_thumb.png")
            .put("sticker_id", THUMB);
    return new Attachment("sticker", Optional.of(payload), Optional.empty(), Optional.empty());
  }
}
