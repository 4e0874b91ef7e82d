package dev.hilo.simulators.http;

/** The caller's mistake: answered with a status and one line of what was expected. */
public final class BadRequest extends RuntimeException {

  private final int status;

  public BadRequest(String message) {
    this(400, message);
  }

  public BadRequest(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
