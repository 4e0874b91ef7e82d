package dev.hilo.channel;

import java.util.Locale;
import java.util.ResourceBundle;

/** Why a send did not work: the one vocabulary of all channels. */
public enum DeliveryError {
  /** The customer wrote too long ago for a free answer; an approved template may be sent. */
  OUTSIDE_REPLY_WINDOW(false),
  /** The address does not exist on the channel, or cannot get messages now. */
  RECIPIENT_UNREACHABLE(false),
  /** The customer blocked us or asked for no more messages of this kind. */
  RECIPIENT_OPTED_OUT(false),
  /** Too many messages, of the account or to this recipient. */
  THROTTLED(true),
  /** The text, file or parameters are not allowed by the channel. */
  CONTENT_REJECTED(false),
  /** The template does not exist, is not approved, is paused, or its parameters do not fit. */
  TEMPLATE_REJECTED(false),
  /** The account's access has expired or was withdrawn. */
  CREDENTIALS_EXPIRED(false),
  /** The account lacks a permission, was restricted, or has not paid. */
  ACCOUNT_RESTRICTED(false),
  /** The provider cannot be reached or fails. */
  PROVIDER_UNAVAILABLE(true),
  /** The provider may or may not have taken the message, and no sign of it came. */
  UNCONFIRMED(false),
  /** The provider gave a reason that we do not know. */
  UNKNOWN(false);

  private final boolean retryable;

  DeliveryError(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same send may work a little later. */
  public boolean retryable() {
    return retryable;
  }

  /** One sentence for the agent, with the way out. Languages: en, es; any other gets English. */
  public String sentence(Locale language) {
    return ResourceBundle.getBundle(
            "dev.hilo.channel.delivery-errors",
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
        .getString(name());
  }
}
