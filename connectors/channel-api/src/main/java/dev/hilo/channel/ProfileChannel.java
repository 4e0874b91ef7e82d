package dev.hilo.channel;

import java.util.Optional;

/** A channel whose messages do not say their sender's name, and whose provider can be asked. */
public interface ProfileChannel extends Channel {

  /**
   * Asks the provider. Never throws.
   *
   * @return empty when the provider does not say, or not now
   */
  Optional<Profile> profile(AccountId account, ContactAddress address);

  /**
   * What a provider says of a customer.
   *
   * @param language BCP 47 tag
   */
  record Profile(Optional<String> displayName, Optional<String> language) {}
}
