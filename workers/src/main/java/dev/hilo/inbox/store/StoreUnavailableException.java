package dev.hilo.inbox.store;

/**
 * The store did not answer, or not in time; nothing is known of the write, and it may be repeated.
 */
public final class StoreUnavailableException extends RuntimeException {

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
