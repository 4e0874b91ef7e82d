package dev.hilo.channel;

import java.net.URI;
import java.util.Optional;

/** A channel that a customer can be led to by a link with a text already written. */
public interface LinkableChannel extends Channel {

  /**
   * A link that opens the channel's app with {@code text} ready to be sent to the account.
   *
   * @return empty when the account is not known
   */
  Optional<URI> link(AccountId account, String text);
}
