package dev.hilo.simulators.oauth;

/**
 * Whose token service is imitated.
 *
 * <p>Source: learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow and
 * developers.google.com/identity/protocols/oauth2/web-server, read 2026-11-20.
 */
public enum TokenProvider {
  /** Refresh tokens rotate: every use gives another. */
  MICROSOFT(
      "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send"),
  /** The refresh token stays, and is only given with the first consent. */
  GOOGLE("https://mail.google.com/");

  private final String scope;

  TokenProvider(String scope) {
    this.scope = scope;
  }

  /** What an access token of this provider allows, space-separated. */
  String scope() {
    return scope;
  }

  boolean rotates() {
    return this == MICROSOFT;
  }
}
