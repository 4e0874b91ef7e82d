package dev.hilo.channel;

import java.util.Optional;

/** A channel that can show customers that they are read, and that somebody is writing. */
public interface AttentiveChannel extends Channel {

  /**
   * Shows that everything up to a message was read. Best effort: never throws.
   *
   * @return whether the provider took it
   */
  boolean markRead(AccountId account, ContactAddress to, ExternalId lastRead);

  /**
   * Shows that somebody is writing, for as long as the provider shows it. Best effort: never
   * throws.
   *
   * @param last the customer's last message; some providers want it
   * @return whether the provider took it
   */
  boolean showTyping(AccountId account, ContactAddress to, Optional<ExternalId> last);
}
