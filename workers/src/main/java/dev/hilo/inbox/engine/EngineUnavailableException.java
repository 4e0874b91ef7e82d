package dev.hilo.inbox.engine;

/** The engine did not take a message in time; it may be published again under the same id. */
public final class EngineUnavailableException extends RuntimeException {

  public EngineUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
