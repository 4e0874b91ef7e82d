package dev.hilo.channel;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A channel with texts that the provider approved beforehand. */
public interface TemplateChannel extends Channel {

  /** The templates of the account that may be sent now, by name. */
  List<Template> templates(AccountId account);

  /**
   * An approved template.
   *
   * @param language the provider's tag of it
   * @param body the text with placeholders <code>{{1}}</code>, <code>{{2}}</code>...
   */
  record Template(String name, String language, String body) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([0-9]{1,4})}}");

    /** How many placeholders the body has. */
    public int parameterCount() {
      int count = 0;
      while (body.contains("{{" + (count + 1) + "}}")) {
        count++;
      }
      return count;
    }

    /** The text as the customer reads it. */
    public String render(List<String> parameters) {
      // In one pass: a parameter may itself hold what looks like a placeholder.
      return PLACEHOLDER
          .matcher(body)
          .replaceAll(
              placeholder -> {
                int number = Integer.parseInt(placeholder.group(1));
                return Matcher.quoteReplacement(
                    number >= 1 && number <= parameters.size()
                        ? parameters.get(number - 1)
                        : placeholder.group());
              });
    }
  }
}
