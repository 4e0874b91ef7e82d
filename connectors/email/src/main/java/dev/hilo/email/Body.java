package dev.hilo.email;

import java.util.Optional;

/**
 * What a mail says.
 *
 * @param text the whole, as plain text; may be empty
 * @param newText without quoted mails and signature; the whole when nothing else is left or when
 *     the answers stand between the quoted lines
 * @param html the whole as the mail gives it, not yet safe: see {@link HtmlSanitizer}
 * @param newHtml the same without quoted mails and signature; not yet safe
 */
record Body(String text, String newText, Optional<String> html, Optional<String> newHtml) {

  static final Body EMPTY = new Body("", "", Optional.empty(), Optional.empty());

  /** Whether something is hidden at first sight. */
  boolean isTrimmed() {
    return !newText.equals(text);
  }

  @Override
  public String toString() {
    return "Body[" + text.length() + " characters]";
  }
}
