package dev.hilo.channel;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A channel with texts that the provider approved beforehand. */
public interface TemplateChannel extends Channel {

  /** Asks the provider for all templates of an account. Never throws; may block. */
  Registry readTemplates(AccountId account);

  /** What came of asking. */
  sealed interface Registry {
    /** Every template that the provider has, in any state. */
    record Read(List<Template> templates) implements Registry {
      public Read {
        templates = List.copyOf(templates);
      }
    }

    /** The provider did not say; what was known before still holds. */
    record Unavailable(String detail) implements Registry {}
  }

  /** How a template stands with the provider. */
  enum State {
    /** May be sent. */
    APPROVED,
    /** Waits for the provider's decision. */
    PENDING,
    /** The provider said no. */
    REJECTED,
    /** Stopped for some time, because customers disliked it. */
    PAUSED,
    /** Stopped for good. */
    DISABLED
  }

  /**
   * A template.
   *
   * @param language the provider's tag of it
   * @param category the provider's word, lower case
   * @param body the text with placeholders <code>{{1}}</code>, <code>{{2}}</code>... or named ones
   * @param header the text above it, with placeholders
   * @param headerFile the form of file above it, which must be given when it is sent
   * @param buttons the titles, in order
   */
  record Template(
      String name,
      String language,
      String category,
      State state,
      String body,
      Optional<String> header,
      Optional<Content.Media.Form> headerFile,
      Optional<String> footer,
      List<String> buttons) {

    private static final Pattern PLACEHOLDER =
        Pattern.compile("\\{\\{\\s*([A-Za-z0-9_]{1,40})\\s*}}");

    public Template {
      buttons = List.copyOf(buttons);
    }

    /** An approved template of text only. */
    public Template(String name, String language, String body) {
      this(
          name,
          language,
          "utility",
          State.APPROVED,
          body,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());
    }

    /** The body's placeholders, each once: numbers by size, names in the order of first use. */
    public List<String> placeholders() {
      List<String> found =
          PLACEHOLDER.matcher(body).results().map(place -> place.group(1)).distinct().toList();
      return found.stream().allMatch(name -> name.matches("[0-9]{1,4}"))
          ? found.stream().sorted(Comparator.comparingInt(Integer::parseInt)).toList()
          : found;
    }

    /** How many values the body needs. */
    public int parameterCount() {
      return placeholders().size();
    }

    /** The text as the customer reads it. */
    public String render(List<String> parameters) {
      List<String> names = placeholders();
      // In one pass: a parameter may itself hold what looks like a placeholder.
      return PLACEHOLDER
          .matcher(body)
          .replaceAll(
              placeholder -> {
                int index = names.indexOf(placeholder.group(1));
                return Matcher.quoteReplacement(
                    index < parameters.size() ? parameters.get(index) : placeholder.group());
              });
    }
  }
}
