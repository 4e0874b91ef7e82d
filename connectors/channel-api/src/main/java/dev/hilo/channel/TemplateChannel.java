package dev.hilo.channel;

import java.util.List;

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
      String text = body;
      for (int i = 0; i < parameters.size(); i++) {
        text = text.replace("{{" + (i + 1) + "}}", parameters.get(i));
      }
      return text;
    }
  }
}
