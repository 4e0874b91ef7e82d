package dev.hilo.simulators.oauth;

/** The token service says no, in the words of RFC 6749 section 5.2. */
final class TokenRefusal extends Exception {

  private final int status;
  private final String error;
  private final int code;

  /**
   * A refusal.
   *
   * @param status of HTTP
   * @param error for example {@code invalid_grant}
   * @param code Microsoft's number, after {@code AADSTS}
   */
  TokenRefusal(int status, String error, int code, String description) {
    super(description);
    this.status = status;
    this.error = error;
    this.code = code;
  }

  static TokenRefusal invalidGrant(int code, String description) {
    return new TokenRefusal(400, "invalid_grant", code, description);
  }

  static TokenRefusal invalidRequest(String description) {
    return new TokenRefusal(400, "invalid_request", 900_144, description);
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }

  int code() {
    return code;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
