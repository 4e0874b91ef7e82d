package dev.hilo.webchat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.webchat.WebchatSettings.Widget;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a widget needs to draw itself, in the words of the visitor API and in one
 * language.
 *
 * @param files what may be attached; missing when nothing may
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WidgetJson(
    String title,
    String colour,
    @Nullable String position,
    @Nullable String avatar,
    @Nullable String greeting,
    @Nullable String greetingText,
    @Nullable String launcher,
    List<Ask> prechat,
    List<Offer> continueOn,
    @Nullable Files files,
    boolean transcript) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Names for people that are not simply the channel's word with a capital. */
  private static final Map<String, String> LABELS = Map.of("whatsapp", "WhatsApp", "sms", "SMS");

  /** A question before the chat. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Ask(
      String name,
      String type,
      boolean required,
      @Nullable String label,
      @Nullable String pattern,
      @Nullable String message,
      @Nullable List<Option> options) {}

  /** An answer to choose. */
  record Option(String value, String label) {}

  /** A channel to go on with, by its name for people. */
  record Offer(String channel, String label) {}

  /** What may be attached. */
  record Files(long maxBytes, int most, List<String> types) {}

  /**
   * As JSON.
   *
   * @param identity what the page's server said of the visitor, which is not asked again
   */
  static String of(Widget widget, String language, Optional<Identity> identity) {
    List<Offer> offers =
        widget.continueOn().stream()
            .map(on -> on.channel().value())
            .distinct()
            .map(channel -> new Offer(channel, label(channel)))
            .toList();
    Look look = widget.look();
    try {
      return MAPPER.writeValueAsString(
          new WidgetJson(
              look.title().in(language).orElse(widget.name()),
              look.colour(),
              look.left() ? "left" : null,
              look.avatar().orElse(null),
              look.greeting().in(language).orElse(null),
              look.greetingText().in(language).orElse(null),
              look.launcher().in(language).orElse(null),
              widget.prechat().stream()
                  .filter(field -> !identity.map(who -> who.answers(field.name())).orElse(false))
                  .map(field -> ask(field, language))
                  .toList(),
              offers,
              widget.attachments()
                  ? new Files(FileTypes.MAX_BYTES, FileTypes.MOST, FileTypes.all())
                  : null,
              widget.transcript()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and booleans are always writable", e);
    }
  }

  private static Ask ask(PrechatField field, String language) {
    return new Ask(
        field.name(),
        field.type().word(),
        field.required(),
        field.label().in(language).orElse(null),
        field.pattern().orElse(null),
        field.message().in(language).orElse(null),
        field.type() == PrechatField.Type.SELECT
            ? field.options().stream()
                .map(
                    option ->
                        new Option(
                            option.value(), option.label().in(language).orElse(option.value())))
                .toList()
            : null);
  }

  private static String label(String channel) {
    return LABELS.getOrDefault(
        channel, channel.substring(0, 1).toUpperCase(Locale.ROOT) + channel.substring(1));
  }
}
