package dev.hilo.whatsapp;

import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Sender;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code contacts} of a webhook, and who of them a message is from. A person has a phone number
 * ({@code wa_id}), a business-scoped user id, or both; one that hides behind a user name comes
 * without a number.
 *
 * <p>Source:
 * developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 * (updated 2026-05-28), read 2026-11-20.
 */
record People(List<Part> contacts) {

  private static final Pattern PHONE = Pattern.compile("\\+?([1-9][0-9]{3,14})");
  private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");
  private static final int LONGEST_ID = 160;

  /** The phone number in E.164, if that is what the text is. */
  static Optional<ContactAddress> phone(String text) {
    var matcher = PHONE.matcher(text);
    return matcher.matches()
        ? Optional.of(ContactAddress.phone("+" + matcher.group(1)))
        : Optional.empty();
  }

  /** The business-scoped user id, if that is what the text is. */
  static Optional<ContactAddress> userId(String text) {
    return USER_ID.matcher(text).matches()
        ? Optional.of(ContactAddress.businessScoped(text))
        : Optional.empty();
  }

  /** Whether a message or status belongs to a group. */
  static boolean isGroup(Part part, String address) {
    return part.text("group_id").isPresent()
        || part.text("recipient_type").equals(Optional.of("group"))
        || part.text(address).filter(text -> text.endsWith("@g.us")).isPresent();
  }

  /** Who wrote a message. */
  Optional<Sender> sender(Part message) {
    return person(message, "from", "from_user_id", "from_parent_user_id");
  }

  /** Whom a status is about. */
  Optional<Sender> recipient(Part status) {
    return person(status, "recipient_id", "recipient_user_id", "parent_recipient_user_id");
  }

  /** Whom the business wrote to in its own app. */
  Optional<Sender> echoed(Part echo) {
    return person(echo, "to", "to_user_id", "to_parent_user_id");
  }

  /** Who set a preference: it names its person as a contact does. */
  static Optional<Sender> self(Part preference) {
    return new People(List.of()).person(preference, "wa_id", "user_id", "parent_user_id");
  }

  private Optional<Sender> person(Part part, String number, String user, String parent) {
    Optional<String> numberId = part.id(number, LONGEST_ID);
    Optional<String> userId = part.id(user, LONGEST_ID);
    Part contact = contact(numberId, userId);
    boolean theirs = isTheirs(contact, numberId, userId);
    List<String> ids =
        Stream.of(
                numberId,
                userId,
                part.id(parent, LONGEST_ID),
                theirs ? contact.id("wa_id", LONGEST_ID) : Optional.<String>empty(),
                theirs ? contact.id("user_id", LONGEST_ID) : Optional.<String>empty(),
                theirs ? contact.id("parent_user_id", LONGEST_ID) : Optional.<String>empty())
            .flatMap(Optional::stream)
            .toList();
    Set<ContactAddress> addresses = new LinkedHashSet<>();
    ids.stream().map(People::phone).flatMap(Optional::stream).limit(1).forEach(addresses::add);
    ids.stream().map(People::userId).flatMap(Optional::stream).forEach(addresses::add);
    if (addresses.isEmpty()) {
      // An id of a form not known today: kept, so that a customer's message is not lost.
      ids.stream().map(ContactAddress::businessScoped).findFirst().ifPresent(addresses::add);
    }
    Optional<String> name =
        contact.part("profile").text("name").or(() -> contact.part("profile").text("username"));
    return addresses.stream()
        .findFirst()
        .map(
            address ->
                new Sender(
                    address,
                    addresses.stream().skip(1).toList(),
                    List.of(),
                    name.map(it -> OneLine.of(it, LONGEST_ID)).filter(it -> !it.isEmpty()),
                    Optional.empty()));
  }

  /** The contact with one of the ids; else the only one there is, whose name it then is. */
  private Part contact(Optional<String> numberId, Optional<String> userId) {
    return contacts.stream()
        .filter(candidate -> isTheirs(candidate, numberId, userId))
        .findFirst()
        .orElseGet(() -> contacts.size() == 1 ? contacts.getFirst() : Part.none());
  }

  private boolean isTheirs(Part contact, Optional<String> numberId, Optional<String> userId) {
    if (numberId.isEmpty() && userId.isEmpty()) {
      return contacts.size() == 1;
    }
    return Stream.of(numberId, userId)
        .flatMap(Optional::stream)
        .anyMatch(
            id ->
                Objects.equals(contact.text("wa_id").orElse(null), id)
                    || Objects.equals(contact.text("user_id").orElse(null), id));
  }
}
