package dev.hilo.inbox.media;

/** The blob store did not answer, or refused; the same call may be made again. */
public final class BlobsUnavailableException extends RuntimeException {

  public BlobsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
