package dev.hilo.simulators.mail;

import dev.hilo.simulators.oauth.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may open which mailbox: passwords, tokens, and refusals on demand. */
final class MailLogin {

  /**
   * What a server says to a token that it does not take, before it says no.
   *
   * <p>Source: developers.google.com/gmail/imap/xoauth2-protocol, read 2026-11-20.
   */
  static final String CHALLENGE =
      base64("{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"https://mail.google.com/\"}");

  private static final Pattern INITIAL_RESPONSE =
      Pattern.compile("user=([^\\x01]+)\\x01auth=Bearer ([^\\x01]+)\\x01\\x01");

  private final Mailboxes mailboxes;
  private final Tokens tokens;
  private final MailFaults faults;

  MailLogin(Mailboxes mailboxes, Tokens tokens, MailFaults faults) {
    this.mailboxes = mailboxes;
    this.tokens = tokens;
    this.faults = faults;
  }

  /** Whose mailbox the token opens, if it does. */
  Optional<String> byToken(String initialResponse) {
    Matcher message = INITIAL_RESPONSE.matcher(decoded(initialResponse));
    if (!message.matches()) {
      return Optional.empty();
    }
    String address = MailOwner.withoutDetail(message.group(1));
    boolean known =
        mailboxes
            .find(address)
            .filter(owner -> owner.login() == MailOwner.Login.SHOP_TOKEN)
            .isPresent();
    return known && !isRefused(address) && tokens.opens(message.group(2), address)
        ? Optional.of(address)
        : Optional.empty();
  }

  /** Whether the password opens the mailbox; one that takes tokens only has none. */
  boolean byPassword(String address, String password) {
    return !isRefused(address) && mailboxes.hasPassword(address, password);
  }

  /** Uses up a planned refusal for the address. */
  boolean isRefused(String address) {
    return faults.take(MailFault.Kind.REFUSE_LOGIN, address).isPresent();
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The text in base64; empty when it is none. */
  static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
