package dev.hilo.webchat;

import dev.hilo.channel.ChannelSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text in the languages that it was written in.
 *
 * @param any what is said where there is none in a language
 */
record Localized(Optional<String> any, Map<String, String> byLanguage) {

  /** What the widget speaks. */
  static final List<String> LANGUAGES = List.of("es", "en", "pt");

  Localized {
    byLanguage = Map.copyOf(byLanguage);
  }

  /** Reads {@code key} and {@code key.es}, {@code key.en}, {@code key.pt}. */
  static Localized of(ChannelSettings.Values values, String key, int maxLength) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String language : LANGUAGES) {
      text(values, key + "." + language, maxLength).ifPresent(text -> all.put(language, text));
    }
    return new Localized(text(values, key, maxLength), all);
  }

  private static Optional<String> text(ChannelSettings.Values values, String key, int maxLength) {
    Optional<String> text =
        Optional.of(values.optional(key, "").strip()).filter(written -> !written.isEmpty());
    if (text.isPresent() && text.get().length() > maxLength) {
      throw values.invalid(key, "at most " + maxLength + " characters");
    }
    return text;
  }

  /** The text for a language; where it is missing, any that there is. */
  Optional<String> in(String language) {
    return Optional.ofNullable(byLanguage.get(language))
        .or(() -> any)
        .or(
            () ->
                LANGUAGES.stream()
                    .filter(byLanguage::containsKey)
                    .map(byLanguage::get)
                    .findFirst());
  }

  boolean isEmpty() {
    return any.isEmpty() && byLanguage.isEmpty();
  }
}
