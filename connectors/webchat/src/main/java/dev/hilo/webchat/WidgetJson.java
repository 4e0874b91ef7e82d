package dev.hilo.webchat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.webchat.WebchatSettings.PrechatField;
import dev.hilo.webchat.WebchatSettings.Widget;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The settings that a widget needs to draw itself, in the words of the visitor API. */
record WidgetJson(String title, String colour, List<PrechatField> prechat, List<Offer> continueOn) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Names for people that are not simply the channel's word with a capital. */
  private static final Map<String, String> LABELS = Map.of("whatsapp", "WhatsApp", "sms", "SMS");

  /** A channel to go on with, by its name for people. */
  record Offer(String channel, String label) {}

  static String of(Widget widget) {
    List<Offer> offers =
        widget.continueOn().stream()
            .map(on -> on.channel().value())
            .distinct()
            .map(channel -> new Offer(channel, label(channel)))
            .toList();
    try {
      return MAPPER.writeValueAsString(
          new WidgetJson(widget.title(), widget.colour(), widget.prechat(), offers));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and booleans are always writable", e);
    }
  }

  private static String label(String channel) {
    return LABELS.getOrDefault(
        channel, channel.substring(0, 1).toUpperCase(Locale.ROOT) + channel.substring(1));
  }
}
