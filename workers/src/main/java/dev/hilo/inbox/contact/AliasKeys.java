package dev.hilo.inbox.contact;

import dev.hilo.channel.ContactAddress;
import java.util.Optional;

/**
 * When two addresses are the same address for matching. The address itself is kept as it was
 * written: an answer goes to {@code ana+shop@gmail.com}, the key says that it is Ana's.
 */
public final class AliasKeys {

  private AliasKeys() {}

  /**
   * A string that is equal exactly when two addresses are the same for matching.
   *
   * <ul>
   *   <li>Phones: by {@link PhoneNumbers#toMatchForm}.
   *   <li>Emails: by case, and by what the provider of the domain ignores: {@link MailProvider}.
   *   <li>Documents: in the one way that {@link IdentityDocument} writes them.
   *   <li>All others: as they are, case too.
   * </ul>
   *
   * @return {@code kind:value}, as {@link ContactAddress#key()} has it; personal data like the
   *     address
   */
  public static String of(ContactAddress address) {
    return switch (address.kind()) {
      case PHONE -> with(address, PhoneNumbers.toMatchForm(address.value()));
      case EMAIL -> with(address, MailProvider.toMatchForm(address.value()));
      case DOCUMENT ->
          IdentityDocument.of(address).map(IdentityDocument::address).orElse(address).key();
      case SOCIAL, BUSINESS_SCOPED, VISITOR, EXTERNAL -> address.key();
    };
  }

  /**
   * Reads a phone number that somebody typed.
   *
   * @param country ISO 3166 code to read it in when it has no country code
   * @return empty if it cannot be a phone number; {@link PhoneNumbers#toE164} says what is read
   */
  public static Optional<ContactAddress> typedPhone(String typed, String country) {
    return PhoneNumbers.toE164(typed, country).map(ContactAddress::phone);
  }

  private static String with(ContactAddress address, String value) {
    return new ContactAddress(address.kind(), value).key();
  }
}
