package dev.hilo.whatsapp;

import java.util.Collection;
import java.util.List;

/** Takes our secrets out of what a provider or a network says: both quote requests. */
final class Redaction {

  private static final int LONGEST_LINE = 300;

  private final List<String> secrets;

  Redaction(Collection<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** One line without secrets. */
  String of(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "[REDACTED]");
    }
    return OneLine.of(clean, LONGEST_LINE);
  }
}
