package dev.hilo.webchat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.webchat.WebchatSettings.PrechatField;
import dev.hilo.webchat.WebchatSettings.Widget;
import java.util.List;
import java.util.Locale;

/** The settings that a widget needs to draw itself, in the words of the visitor API. */
record WidgetJson(String title, String colour, List<PrechatField> prechat, List<Offer> continueOn) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** A channel to go on with; the server writes the channel's own label over this one. */
  record Offer(String channel, String label) {}

  static String of(Widget widget) {
    List<Offer> offers =
        widget.continueOn().stream()
            .map(on -> on.channel().value())
            .distinct()
            .map(channel -> new Offer(channel, capitalised(channel)))
            .toList();
    try {
      return MAPPER.writeValueAsString(
          new WidgetJson(widget.title(), widget.colour(), widget.prechat(), offers));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and booleans are always writable", e);
    }
  }

  private static String capitalised(String channel) {
    return channel.substring(0, 1).toUpperCase(Locale.ROOT) + channel.substring(1);
  }
}
