package dev.hilo.email;

import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.Secret;
import dev.hilo.email.EmailSettings.Security;
import dev.hilo.email.EmailSettings.Server;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How tokens for a mailbox are got.
 *
 * <p>Source: learn.microsoft.com/exchange/client-developer/legacy-protocols/
 * how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth and
 * developers.google.com/gmail/imap/xoauth2-protocol, read 2026-11-20.
 *
 * @param refreshToken absent exactly when the application itself has the mailbox (client
 *     credentials)
 * @param imap the provider's server, where the preset knows it
 */
record OAuthSettings(
    URI tokenAddress,
    String clientId,
    Secret clientSecret,
    Optional<Secret> refreshToken,
    Optional<String> scope,
    Optional<Server> imap,
    Optional<Server> smtp) {

  private static final String MICROSOFT_SCOPE =
      "offline_access https://outlook.office.com/IMAP.AccessAsUser.All"
          + " https://outlook.office.com/SMTP.Send";
  private static final String MICROSOFT_APP_SCOPE = "https://outlook.office365.com/.default";

  List<String> secrets() {
    return Stream.concat(Stream.of(clientSecret), refreshToken.stream())
        .map(Secret::reveal)
        .toList();
  }

  /**
   * Reads them.
   *
   * @return empty when the mailbox has a password
   */
  static Optional<OAuthSettings> of(ChannelSettings.Values values) {
    String preset = values.optional("oauth", "");
    return switch (preset) {
      case "" -> Optional.empty();
      case "microsoft" -> Optional.of(microsoft(values));
      case "google" -> Optional.of(google(values));
      case "custom" -> Optional.of(custom(values));
      default -> throw values.invalid("oauth", "one of [microsoft, google, custom]");
    };
  }

  private static OAuthSettings microsoft(ChannelSettings.Values values) {
    boolean app = isApp(values);
    // An application's own token is always one tenant's.
    String tenant =
        app ? values.required("oauth-tenant") : values.optional("oauth-tenant", "common");
    if (!tenant.matches("[A-Za-z0-9.-]{1,128}")) {
      throw values.invalid("oauth-tenant", "a tenant's id or domain");
    }
    return new OAuthSettings(
        address(values, "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token"),
        values.required("oauth-client-id"),
        values.secret("oauth-client-secret"),
        refreshToken(values, app),
        Optional.of(values.optional("oauth-scope", app ? MICROSOFT_APP_SCOPE : MICROSOFT_SCOPE)),
        Optional.of(new Server("outlook.office365.com", 993, Security.TLS)),
        Optional.of(new Server("smtp.office365.com", 587, Security.STARTTLS)));
  }

  private static OAuthSettings google(ChannelSettings.Values values) {
    if (isApp(values)) {
      throw values.invalid("oauth-grant", "refresh-token: Google has no other for mailboxes here");
    }
    return new OAuthSettings(
        address(values, "https://oauth2.googleapis.com/token"),
        values.required("oauth-client-id"),
        values.secret("oauth-client-secret"),
        refreshToken(values, false),
        // Google's refresh keeps the scope that the owner agreed to.
        scope(values),
        Optional.of(new Server("imap.gmail.com", 993, Security.TLS)),
        Optional.of(new Server("smtp.gmail.com", 465, Security.TLS)));
  }

  private static OAuthSettings custom(ChannelSettings.Values values) {
    return new OAuthSettings(
        address(values, values.required("oauth-token-address")),
        values.required("oauth-client-id"),
        values.secret("oauth-client-secret"),
        refreshToken(values, isApp(values)),
        scope(values),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<String> scope(ChannelSettings.Values values) {
    return Optional.of(values.optional("oauth-scope", "")).filter(scope -> !scope.isEmpty());
  }

  private static boolean isApp(ChannelSettings.Values values) {
    return switch (values.optional("oauth-grant", "refresh-token")) {
      case "refresh-token" -> false;
      case "client-credentials" -> true;
      default -> throw values.invalid("oauth-grant", "one of [refresh-token, client-credentials]");
    };
  }

  private static Optional<Secret> refreshToken(ChannelSettings.Values values, boolean app) {
    return app ? Optional.empty() : Optional.of(values.secret("oauth-refresh-token"));
  }

  private static URI address(ChannelSettings.Values values, String usual) {
    try {
      URI uri = new URI(values.optional("oauth-token-address", usual));
      if (uri.getHost() != null && (isLocal(uri) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw values.invalid("oauth-token-address", "an https address");
  }

  /** A stand-in on this machine, or beside it under a bare name, needs no TLS. */
  private static boolean isLocal(URI uri) {
    return "http".equals(uri.getScheme())
        && (List.of("127.0.0.1", "[::1]").contains(uri.getHost()) || !uri.getHost().contains("."));
  }

  @Override
  public String toString() {
    return "OAuthSettings[" + tokenAddress.getHost() + "]";
  }
}
