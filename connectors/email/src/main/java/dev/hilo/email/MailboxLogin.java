package dev.hilo.email;

import dev.hilo.channel.ChannelEvent.AccountHealthChanged.Aspect;
import dev.hilo.channel.Secret;
import dev.hilo.email.EmailSettings.Login;
import dev.hilo.email.EmailSettings.Mailbox;
import dev.hilo.email.EmailSettings.Security;
import dev.hilo.email.EmailSettings.Server;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Service;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Connects to a mailbox's servers: protection, time limits, and who we are. */
final class MailboxLogin {

  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final OAuthTokens tokens;

  MailboxLogin(OAuthTokens tokens) {
    this.tokens = tokens;
  }

  /** Makes a session's service of one protocol. */
  interface Maker<S extends Service> {
    S make(Session session) throws MessagingException;
  }

  /**
   * Connects and logs in.
   *
   * @param protocol {@code imap} or {@code smtp}: the prefix of its properties
   * @throws MailboxException when that is not possible
   */
  <S extends Service> S connect(
      Mailbox mailbox, String protocol, Server server, Login login, Properties more, Maker<S> maker)
      throws MailboxException {
    Properties properties = properties(protocol, server, login);
    properties.putAll(more);
    Xoauth2 challenge = new Xoauth2();
    properties.put(Xoauth2.PROPERTY, challenge);
    S service;
    try {
      service = maker.make(Session.getInstance(properties));
    } catch (MessagingException e) {
      throw new IllegalStateException("the mail library knows no " + protocol, e);
    }
    try {
      switch (login) {
        case Login.None none -> service.connect(server.host(), server.port(), null, null);
        case Login.Password password ->
            service.connect(
                server.host(), server.port(), password.user(), password.password().reveal());
        case Login.OAuth oauth -> connect(mailbox, server, oauth, service, challenge);
      }
      return service;
    } catch (AuthenticationFailedException e) {
      if (isTemporary(service, e)) {
        throw new MailboxException(
            Aspect.CONNECTION, "no login at the " + protocol + " server now: " + said(e, mailbox));
      }
      throw new MailboxException(
          Aspect.CREDENTIALS, "the " + protocol + " server refuses the login: " + said(e, mailbox));
    } catch (MessagingException e) {
      throw new MailboxException(
          Aspect.CONNECTION, "the " + protocol + " server cannot be reached: " + said(e, mailbox));
    }
  }

  private void connect(
      Mailbox mailbox, Server server, Login.OAuth oauth, Service service, Xoauth2 challenge)
      throws MessagingException, MailboxException {
    Secret token = token(mailbox, oauth);
    try {
      service.connect(server.host(), server.port(), oauth.user(), token.reveal());
    } catch (AuthenticationFailedException e) {
      if (isTemporary(service, e)) {
        throw e;
      }
      tokens.distrust(mailbox.id(), oauth.settings(), token);
      throw new MailboxException(
          Aspect.CREDENTIALS,
          "the server refuses the token"
              + challenge.reason().map(reason -> " (" + reason + ")").orElse(""));
    }
  }

  /** Source: RFC 5321 §4.2.1 and RFC 4954 §6; RFC 5530 §3. */
  private static boolean isTemporary(Service service, AuthenticationFailedException e) {
    String text = Optional.ofNullable(e.getMessage()).orElse("");
    return service instanceof SMTPTransport smtp
        ? smtp.getLastReturnCode() / 100 == 4
        : text.contains("[UNAVAILABLE]") || text.contains("[INUSE]") || text.contains("[LIMIT]");
  }

  private Secret token(Mailbox mailbox, Login.OAuth oauth) throws MailboxException {
    return switch (tokens.token(mailbox.id(), oauth.settings())) {
      case OAuthTokens.Result.Granted granted -> granted.accessToken();
      case OAuthTokens.Result.Denied denied ->
          throw new MailboxException(Aspect.CREDENTIALS, denied.reason());
      case OAuthTokens.Result.Unavailable unavailable ->
          throw new MailboxException(Aspect.CONNECTION, unavailable.reason());
    };
  }

  /** When the mailbox's access ends by itself. */
  Optional<java.time.Instant> expiresAt(Mailbox mailbox) {
    return mailbox.imapLogin() instanceof Login.OAuth oauth
        ? tokens.expiresAt(mailbox.id(), oauth.settings())
        : Optional.empty();
  }

  /** What went wrong, in the server's or the network's words. */
  static String said(MessagingException e, Mailbox mailbox) {
    Throwable deepest = e;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    String text =
        Optional.ofNullable(deepest.getMessage()).orElse(deepest.getClass().getSimpleName());
    return MailboxDetail.of(text, mailbox.secrets());
  }

  private static Properties properties(String protocol, Server server, Login login) {
    String prefix = "mail." + protocol + ".";
    Properties properties = new Properties();
    properties.put(prefix + "connectiontimeout", Long.toString(CONNECT.toMillis()));
    properties.put(prefix + "timeout", Long.toString(ANSWER.toMillis()));
    properties.put(prefix + "ssl.enable", Boolean.toString(server.security() == Security.TLS));
    String upgrade = Boolean.toString(server.security() == Security.STARTTLS);
    properties.put(prefix + "starttls.enable", upgrade);
    properties.put(prefix + "starttls.required", upgrade);
    properties.put(prefix + "ssl.checkserveridentity", "true");
    properties.put(prefix + "auth", Boolean.toString(!(login instanceof Login.None)));
    if (login instanceof Login.OAuth) {
      Xoauth2.install();
      properties.put(prefix + "sasl.enable", "true");
      properties.put(prefix + "sasl.mechanisms", Xoauth2.MECHANISM);
      properties.put(prefix + "auth.mechanisms", Xoauth2.MECHANISM);
    } else {
      // Without NTLM: nobody who has a choice should be asked for it.
      properties.put(prefix + "auth.mechanisms", "PLAIN LOGIN");
    }
    return properties;
  }
}
