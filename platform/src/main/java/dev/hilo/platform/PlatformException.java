package dev.hilo.platform;

/** Why the platform cannot start or go on, as a sentence for the person who started it. */
public final class PlatformException extends RuntimeException {
  PlatformException(String message) {
    super(message);
  }

  PlatformException(String message, Throwable cause) {
    super(message, cause);
  }
}
