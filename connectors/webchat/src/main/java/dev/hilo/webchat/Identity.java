package dev.hilo.webchat;

import dev.hilo.channel.ContactAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who the page's own server says a visitor is; it travels in the visitor's token.
 *
 * @param realm the widgets that share the business's customer ids
 * @param id the business's id of its customer
 * @param email as the page's server gives it
 * @param emailVerified whether that server says that the customer has shown to own it
 * @param phone as the page's server gives it
 * @param phoneVerified whether that server says that the customer has shown to own it
 */
record Identity(
    String realm,
    String id,
    Optional<String> name,
    Optional<String> email,
    boolean emailVerified,
    Optional<String> phone,
    boolean phoneVerified) {

  static final int MAX_ID = 200;

  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

  /** Nothing but an id. */
  static Identity of(String realm, String id) {
    return new Identity(
        realm, id, Optional.empty(), Optional.empty(), false, Optional.empty(), false);
  }

  ContactAddress address() {
    return ContactAddress.external(realm, id);
  }

  /** What is vouched for: the id, and what the page's server calls verified. */
  List<ContactAddress> vouched() {
    List<ContactAddress> all = new ArrayList<>(List.of(address()));
    if (emailVerified) {
      email.flatMap(Identity::plainEmail).ifPresent(all::add);
    }
    if (phoneVerified) {
      phone.flatMap(Identity::plainPhone).ifPresent(all::add);
    }
    return all;
  }

  /** What the page's server only passes on. */
  List<ContactAddress> claims() {
    List<ContactAddress> all = new ArrayList<>();
    if (!phoneVerified || phone.flatMap(Identity::plainPhone).isEmpty()) {
      phone.map(ContactAddress::phone).ifPresent(all::add);
    }
    if (!emailVerified || email.flatMap(Identity::plainEmail).isEmpty()) {
      email.map(ContactAddress::email).ifPresent(all::add);
    }
    return all;
  }

  /** Whether a question before the chat has its answer here. */
  boolean answers(String question) {
    return switch (question) {
      case "name" -> name.isPresent();
      case "email" -> email.isPresent();
      case "phone" -> phone.isPresent();
      default -> false;
    };
  }

  boolean isSamePersonAs(Identity other) {
    return realm.equals(other.realm) && id.equals(other.id);
  }

  private static Optional<ContactAddress> plainEmail(String text) {
    return EMAIL.matcher(text).matches()
        ? Optional.of(ContactAddress.email(text.toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static Optional<ContactAddress> plainPhone(String text) {
    String digits = text.replaceAll("[ ().-]", "");
    return E164.matcher(digits).matches()
        ? Optional.of(ContactAddress.phone(digits))
        : Optional.empty();
  }

  /** Never prints the person. */
  @Override
  public String toString() {
    return "Identity[realm=" + realm + "]";
  }
}
