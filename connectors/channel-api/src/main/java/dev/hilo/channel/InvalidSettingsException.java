package dev.hilo.channel;

/**
 * A channel's settings are missing or wrong; the message names the setting and what was expected.
 */
public final class InvalidSettingsException extends RuntimeException {

  public InvalidSettingsException(String message) {
    super(message);
  }
}
