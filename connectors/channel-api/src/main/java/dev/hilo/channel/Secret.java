package dev.hilo.channel;

import java.util.Objects;

/**
 * A value that must never be printed: a token, a key, a password.
 *
 * @param reveal the value itself; call it only where it is used
 */
public record Secret(String reveal) {

  public Secret {
    Objects.requireNonNull(reveal, "secret");
  }

  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
