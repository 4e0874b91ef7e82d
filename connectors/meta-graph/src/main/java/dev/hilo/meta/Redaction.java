package dev.hilo.meta;

import java.util.Collection;
import java.util.function.Supplier;

/** Takes our secrets out of what a provider or a network says: both quote requests. */
public final class Redaction {

  private static final int LONGEST_LINE = 300;

  private final Supplier<Collection<String>> secrets;

  /**
   * Knows what to hide.
   *
   * @param secrets asked each time, because credentials change
   */
  public Redaction(Supplier<Collection<String>> secrets) {
    this.secrets = secrets;
  }

  /** One line without secrets, of at most 300 characters. */
  public String of(String text) {
    String clean = text;
    for (String secret : secrets.get()) {
      clean = clean.replace(secret, "[REDACTED]");
    }
    return OneLine.of(clean, LONGEST_LINE);
  }
}
