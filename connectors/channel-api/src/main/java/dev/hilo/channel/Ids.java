package dev.hilo.channel;

/** Checks shared by the one-field id records. */
final class Ids {

  private Ids() {}

  static void requireText(String what, String value, int maxLength) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + " must not be blank");
    }
    if (value.length() > maxLength) {
      throw new IllegalArgumentException(
          what + " must have at most " + maxLength + " characters, got " + value.length());
    }
  }
}
