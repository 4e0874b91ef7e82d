package dev.hilo.webchat;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ContactAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a visitor's token says.
 *
 * @param visitor 32 hexadecimal digits, 128 bits that cannot be guessed
 * @param expiresAt whole seconds
 * @param identity who the page's server said the visitor is
 */
record VisitorToken(
    AccountId widget, String visitor, Instant expiresAt, Optional<Identity> identity) {

  private static final int VISITOR_BYTES = 16;

  /** A visitor of whom nothing is known. */
  VisitorToken(AccountId widget, String visitor, Instant expiresAt) {
    this(widget, visitor, expiresAt, Optional.empty());
  }

  static String newVisitor(SecureRandom random) {
    byte[] bits = new byte[VISITOR_BYTES];
    random.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  /** The widget is part of it: the same browser is another visitor in another widget. */
  ContactAddress address() {
    return ContactAddress.visitor(addressPrefix(widget) + visitor);
  }

  static String addressPrefix(AccountId widget) {
    return widget.value() + '/';
  }

  /** Never prints the visitor. */
  @Override
  public String toString() {
    return "VisitorToken[widget=" + widget + ", expiresAt=" + expiresAt + "]";
  }
}
