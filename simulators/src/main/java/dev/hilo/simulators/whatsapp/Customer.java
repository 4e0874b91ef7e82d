package dev.hilo.simulators.whatsapp;

import dev.hilo.simulators.http.BadRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person with WhatsApp.
 *
 * @param number E.164 with its plus; absent: known to businesses by the user id only
 * @param userId business-scoped user id, {@code CO.1234...}
 * @param name the profile's name
 * @param username with its {@code @}
 */
public record Customer(
    Optional<String> number, Optional<String> userId, String name, Optional<String> username) {

  private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

  /** Source: two-letter country, a dot, up to 128 letters and digits; {@code ENT.} for parents. */
  static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");

  public Customer {
    if (number.isEmpty() && userId.isEmpty()) {
      throw new BadRequest("a customer needs a number or a userId");
    }
    number = number.map(Customer::e164);
    userId.ifPresent(
        id -> {
          if (!USER_ID.matcher(id).matches()) {
            throw new BadRequest("userId: expected for example CO.123456, got '" + id + "'");
          }
        });
    if (name.isBlank()) {
      throw new BadRequest("name: must not be blank");
    }
  }

  /**
   * A number as people type it, or as a badly encoded address gives it, in E.164.
   *
   * @throws BadRequest when it has no country code or no plausible length
   */
  public static String e164(String typed) {
    String digits = typed.replaceAll("[\\s().-]", "");
    String number = typed.startsWith(" ") && !digits.startsWith("+") ? "+" + digits : digits;
    if (!E164.matcher(number).matches()) {
      throw new BadRequest(
          "number: expected a plus, the country code and the number, for example +573001234567,"
              + " got '"
              + typed
              + "'");
    }
    return number;
  }

  /** The same customer with a user id made from the number, if there is none yet. */
  Customer withUserId() {
    if (userId.isPresent()) {
      return this;
    }
    String digits = number.orElseThrow().substring(1);
    String made = country(digits) + ".8" + new StringBuilder(digits).reverse() + digits.length();
    return new Customer(number, Optional.of(made), name, username);
  }

  private static String country(String digits) {
    return switch (digits.substring(0, 2)) {
      case "57" -> "CO";
      case "55" -> "BR";
      case "52" -> "MX";
      case "34" -> "ES";
      case "54" -> "AR";
      case "44" -> "GB";
      default -> "US";
    };
  }

  /** What tells one customer from another here. */
  public String key() {
    return number.or(() -> userId).orElseThrow();
  }

  /** The number as the API writes it, without the plus. */
  Optional<String> waId() {
    return number.map(value -> value.substring(1));
  }

  /** Ascii digits or letters for message ids. */
  String idPart() {
    return waId().orElseGet(() -> userId.orElseThrow().replace(".", ""));
  }
}
