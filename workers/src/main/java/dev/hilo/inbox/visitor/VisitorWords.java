package dev.hilo.inbox.visitor;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What mails to visitors say: English, Spanish, Portuguese; any other language gets English. */
record VisitorWords(Locale language) {

  String say(String key, Object... values) {
    String text =
        ResourceBundle.getBundle(
                "dev.hilo.inbox.visitor.visitor-words",
                language,
                ResourceBundle.Control.getNoFallbackControl(
                    ResourceBundle.Control.FORMAT_PROPERTIES))
            .getString(key);
    return new MessageFormat(text, language).format(values);
  }
}
