package dev.hilo.simulators.whatsapp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message template of the business account.
 *
 * @param name unique together with the language
 * @param body with {@code {{1}}}, {@code {{2}}}, ... or with names instead of numbers
 * @param buttons in order, which is how sends name them
 */
public record Template(
    String name,
    String language,
    String body,
    Category category,
    Status status,
    Optional<Header> header,
    Optional<String> footer,
    List<Button> buttons) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([A-Za-z0-9_]+)}}");

  public Template {
    buttons = List.copyOf(buttons);
  }

  /** What it may be used for. */
  public enum Category {
    MARKETING,
    UTILITY,
    AUTHENTICATION
  }

  /** Whether it may be sent; only APPROVED may. */
  public enum Status {
    APPROVED,
    PENDING,
    REJECTED,
    PAUSED,
    DISABLED
  }

  /** What stands above the body. */
  public enum Format {
    TEXT,
    IMAGE,
    VIDEO,
    DOCUMENT
  }

  /**
   * What stands above the body.
   *
   * @param text of the format TEXT, with at most one placeholder
   */
  public record Header(Format format, Optional<String> text) {}

  /** What a button does. */
  public enum ButtonType {
    QUICK_REPLY,
    URL,
    PHONE_NUMBER,
    COPY_CODE
  }

  /**
   * A button.
   *
   * @param url of an URL button, perhaps with a placeholder at its end
   */
  public record Button(ButtonType type, String text, Optional<String> url) {

    /** Whether a part of it is given when the template is sent. */
    boolean needsValue() {
      return type == ButtonType.COPY_CODE || url.filter(Template::hasPlaceholder).isPresent();
    }
  }

  /** A template that is nothing but a body. */
  public static Template text(String name, String language, String body) {
    return new Template(
        name,
        language,
        body,
        Category.UTILITY,
        Status.APPROVED,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** The templates that the demo's account has. */
  public static List<Template> demo() {
    return List.of(
        text("follow_up", "es", "Hola {{1}}, seguimos con tu caso. ¿Podemos continuar?"),
        text("follow_up", "en", "Hello {{1}}, we are still on your case. May we go on?"));
  }

  /** The names of the body's placeholders, each once, in order. */
  List<String> placeholders() {
    return names(body);
  }

  /** Whether values are given by name. */
  boolean isNamed() {
    return placeholders().stream().anyMatch(name -> !name.matches("\\d+"));
  }

  static List<String> names(String text) {
    return List.copyOf(
        PLACEHOLDER
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .collect(LinkedHashSet::new, LinkedHashSet::add, LinkedHashSet::addAll));
  }

  private static boolean hasPlaceholder(String text) {
    return PLACEHOLDER.matcher(text).find();
  }

  /** How many values the body needs: of numbers the highest. */
  public int parameterCount() {
    return isNamed()
        ? placeholders().size()
        : placeholders().stream().mapToInt(Integer::parseInt).max().orElse(0);
  }

  /** A text with the values put in, by the placeholders' names. */
  static String render(String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
  }
}
