package dev.hilo.inbox.agent;

import dev.hilo.inbox.thread.NoteKind;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What agents read, in their language. Languages: en, es; any other gets English. */
public final class AgentWords {

  private final ResourceBundle words;
  private final Locale language;

  public AgentWords(Locale language) {
    this.language = language;
    this.words =
        ResourceBundle.getBundle(
            "dev.hilo.inbox.agent.agent-words",
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  public Locale language() {
    return language;
  }

  public String customerWroteMeanwhile() {
    return words.getString("customer-wrote-meanwhile");
  }

  public String nothingToSend() {
    return words.getString("nothing-to-send");
  }

  public String returnedToQueue() {
    return words.getString("returned-to-queue");
  }

  public String notProven() {
    return words.getString("not-proven");
  }

  public String customer() {
    return words.getString("customer");
  }

  public String agent() {
    return words.getString("agent");
  }

  public String unnamedCustomer() {
    return words.getString("unnamed-customer");
  }

  public String windowOpenUntil(String time) {
    return MessageFormat.format(words.getString("window-open-until"), time);
  }

  public String windowClosed() {
    return words.getString("window-closed");
  }

  public String unsupported(String type) {
    return MessageFormat.format(words.getString("unsupported"), type);
  }

  public String deleted() {
    return words.getString("deleted");
  }

  /** Why a file cannot be opened, by the name of its state. */
  public String file(String state) {
    return words.getString("file." + state.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** A mark on a message that the customer changed. */
  public String edited() {
    return words.getString("edited");
  }

  /** What a note says. */
  public String note(NoteKind kind) {
    return words.getString("note." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** A note in the thread that an answer did not arrive, and why. */
  public String answerDidNotArrive(String sentence) {
    return MessageFormat.format(words.getString("answer-did-not-arrive"), sentence);
  }
}
