package dev.hilo.webchat;

import dev.hilo.channel.ChannelSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * A question asked before the first message. {@code name}, {@code phone} and {@code email} are
 * claims about the visitor; every other answer goes to the agent with the first message.
 *
 * @param label empty for the three, which every language has a word for
 * @param pattern the whole answer must match it; a regular expression of Java and browsers alike
 * @param message what is said when it does not
 * @param options of a select
 */
record PrechatField(
    String name,
    boolean required,
    Type type,
    Localized label,
    Optional<String> pattern,
    Localized message,
    List<Option> options) {

  private static final Set<String> ABOUT_THE_VISITOR = Set.of("name", "phone", "email");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final int MAX_FIELDS = 12;
  private static final int MAX_OPTIONS = 50;
  private static final int MAX_LABEL = 200;

  /** How it is asked for. */
  enum Type {
    NAME,
    PHONE,
    EMAIL,
    TEXT,
    SELECT,
    CHECKBOX;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One answer of a select. */
  record Option(String value, Localized label) {}

  PrechatField {
    options = List.copyOf(options);
  }

  /** Whether the answer says who the visitor is. */
  boolean isClaim() {
    return ABOUT_THE_VISITOR.contains(name);
  }

  /**
   * Reads {@code prechat} and what belongs to it.
   *
   * @throws dev.hilo.channel.InvalidSettingsException naming the setting that is missing or wrong
   */
  static List<PrechatField> all(ChannelSettings.Values values) {
    List<PrechatField> fields = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String written : values.list("prechat")) {
      boolean required = written.endsWith("!");
      String name = required ? written.substring(0, written.length() - 1) : written;
      if (!NAME.matcher(name).matches() || !seen.add(name) || seen.size() > MAX_FIELDS) {
        throw values.invalid(
            "prechat",
            "at most "
                + MAX_FIELDS
                + " names of lower-case letters, digits and '-', each once, with '!' after what is"
                + " required, got '"
                + written
                + "'");
      }
      fields.add(of(values, name, required));
    }
    return fields;
  }

  private static PrechatField of(ChannelSettings.Values values, String name, boolean required) {
    String key = "prechat." + name;
    Type type = type(values, key, name);
    Localized label = Localized.of(values, key + ".label", MAX_LABEL);
    if (label.isEmpty() && !ABOUT_THE_VISITOR.contains(name)) {
      throw values.invalid(
          key + ".label", "what the visitor is asked, here or in " + key + ".label.es, .en, .pt");
    }
    Optional<String> pattern =
        Optional.of(values.optional(key + ".pattern", "")).filter(text -> !text.isEmpty());
    pattern.ifPresent(text -> checkPattern(values, key, type, text));
    return new PrechatField(
        name,
        required,
        type,
        label,
        pattern,
        Localized.of(values, key + ".message", MAX_LABEL),
        type == Type.SELECT ? options(values, key) : List.of());
  }

  private static Type type(ChannelSettings.Values values, String key, String name) {
    String fallback = ABOUT_THE_VISITOR.contains(name) ? name : "text";
    String written = values.optional(key + ".type", fallback);
    boolean fits =
        ABOUT_THE_VISITOR.contains(name)
            ? written.equals(name)
            : Set.of("text", "select", "checkbox").contains(written);
    if (!fits) {
      throw values.invalid(
          key + ".type",
          ABOUT_THE_VISITOR.contains(name)
              ? name
              : "text, select or checkbox, got '" + written + "'");
    }
    return Type.valueOf(written.toUpperCase(Locale.ROOT));
  }

  private static void checkPattern(
      ChannelSettings.Values values, String key, Type type, String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw values.invalid(key + ".pattern", "a regular expression, got '" + pattern + "'");
    }
    if (type == Type.SELECT || type == Type.CHECKBOX) {
      throw values.invalid(key + ".pattern", "no pattern for what is chosen, not written");
    }
  }

  /**
   * {@code value=Label|value=Label}; the labels of a language under {@code .options.<language>}.
   */
  private static List<Option> options(ChannelSettings.Values values, String key) {
    String expected = "value=Label|value=Label, 1 to " + MAX_OPTIONS + ", each value once";
    List<String[]> plain = pairs(values, key + ".options", expected);
    if (plain.isEmpty()) {
      throw values.invalid(key + ".options", expected);
    }
    List<Option> options = new ArrayList<>();
    for (String[] pair : plain) {
      var byLanguage =
          Localized.LANGUAGES.stream()
              .flatMap(
                  language ->
                      pairs(values, key + ".options." + language, expected).stream()
                          .filter(other -> other[0].equals(pair[0]))
                          .map(other -> java.util.Map.entry(language, other[1])))
              .collect(
                  Collectors.toMap(
                      java.util.Map.Entry::getKey, java.util.Map.Entry::getValue, (a, b) -> a));
      options.add(new Option(pair[0], new Localized(Optional.of(pair[1]), byLanguage)));
    }
    return options;
  }

  private static List<String[]> pairs(ChannelSettings.Values values, String key, String expected) {
    List<String[]> pairs = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    String written = values.optional(key, "");
    if (written.isEmpty()) {
      return pairs;
    }
    for (String part : written.split("\\|", -1)) {
      int equals = part.indexOf('=');
      String value = part.substring(0, Math.max(0, equals)).strip();
      String label = part.substring(equals + 1).strip();
      if (value.isEmpty() || label.isEmpty() || !seen.add(value) || seen.size() > MAX_OPTIONS) {
        throw values.invalid(key, expected);
      }
      pairs.add(new String[] {value, label});
    }
    return pairs;
  }
}
