package dev.hilo.simulators.mail;

import dev.hilo.simulators.http.BadRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who has a mailbox.
 *
 * @param address lower case
 * @param name as in From
 * @param language es, en or pt: how the mail program quotes
 * @param login how the mailbox is opened
 * @param away what an absent owner's mailbox answers by itself
 */
public record MailOwner(
    String address, String name, String language, Login login, Optional<String> away) {

  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]{1,64}@[a-z0-9.-]{1,255}");

  /** How a mailbox is opened. */
  public enum Login {
    /** A shared mailbox of the shop, with its password. */
    SHOP_PASSWORD,
    /** A shared mailbox of the shop that takes tokens only. */
    SHOP_TOKEN,
    /** A customer's; the password is {@code demo}. */
    CUSTOMER
  }

  public MailOwner {
    address = address(address);
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new BadRequest("name: must be one line of text");
    }
  }

  /**
   * An address as people type it, in lower case.
   *
   * @throws BadRequest when it is none
   */
  public static String address(String typed) {
    String address = typed.strip().toLowerCase(Locale.ROOT);
    if (!ADDRESS.matcher(address).matches()) {
      throw new BadRequest("address: expected one such as ana@example.com, got '" + typed + "'");
    }
    return address;
  }

  /** Without {@code +detail}, in lower case: whose mailbox it is. */
  static String withoutDetail(String address) {
    String lower = address.strip().toLowerCase(Locale.ROOT);
    int at = lower.lastIndexOf('@');
    int plus = lower.indexOf('+');
    return plus > 0 && plus < at ? lower.substring(0, plus) + lower.substring(at) : lower;
  }

  boolean isShop() {
    return login != Login.CUSTOMER;
  }

  MailOwner withAway(Optional<String> text) {
    return new MailOwner(address, name, language, login, text);
  }
}
