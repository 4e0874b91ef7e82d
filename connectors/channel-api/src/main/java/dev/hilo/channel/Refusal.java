package dev.hilo.channel;

/** Why a delivery was not taken at all; nothing of it is stored. */
public enum Refusal {
  BAD_SIGNATURE(401),
  EXPIRED_TOKEN(401),
  WRONG_ORIGIN(403),
  WRONG_VERIFY_TOKEN(403),
  UNKNOWN_ACCOUNT(404),
  TOO_LARGE(413),
  WRONG_CONTENT_TYPE(415),
  MALFORMED(400),
  TOO_MANY_REQUESTS(429);

  private final int httpStatus;

  Refusal(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  /** The HTTP status that tells the source so. */
  public int httpStatus() {
    return httpStatus;
  }
}
