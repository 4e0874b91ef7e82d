package dev.hilo.simulators.whatsapp;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message template of the business account.
 *
 * @param name unique together with the language
 * @param body with {@code {{1}}}, {@code {{2}}}, ...
 */
public record Template(
    String name, String language, String body, Category category, Status status) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\d+)}}");

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

  /** The templates that the demo's account has. */
  public static List<Template> demo() {
    return List.of(
        new Template(
            "follow_up",
            "es",
            "Hola {{1}}, seguimos con tu caso. ¿Podemos continuar?",
            Category.UTILITY,
            Status.APPROVED),
        new Template(
            "follow_up",
            "en",
            "Hello {{1}}, we are still on your case. May we go on?",
            Category.UTILITY,
            Status.APPROVED));
  }

  /** How many values it needs: the highest placeholder. */
  public int parameterCount() {
    return PLACEHOLDER
        .matcher(body)
        .results()
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .max()
        .orElse(0);
  }

  /** The text with the values put in. */
  public String render(List<String> values) {
    return PLACEHOLDER
        .matcher(body)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.get(Integer.parseInt(found.group(1)) - 1)));
  }
}
