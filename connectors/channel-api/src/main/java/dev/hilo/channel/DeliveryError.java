package dev.hilo.channel;

import java.util.Locale;
import java.util.ResourceBundle;

/** Why a send did not work: the one vocabulary of all channels. */
public enum DeliveryError {
  /** The customer wrote too long ago for a free answer; an approved template may be sent. */
  OUTSIDE_REPLY_WINDOW(Reaction.USE_TEMPLATE),
  /** The address does not exist on the channel, or cannot get messages now. */
  RECIPIENT_UNREACHABLE(Reaction.OTHER_CHANNEL),
  /** The customer blocked us or asked for no more messages of this kind. */
  RECIPIENT_OPTED_OUT(Reaction.RECORD_OPT_OUT),
  /** Too many messages of the account. */
  THROTTLED(Reaction.BACK_OFF_ACCOUNT),
  /** Too many messages to this recipient. */
  RECIPIENT_THROTTLED(Reaction.BACK_OFF_RECIPIENT),
  /** The provider holds back messages of this kind, because customers dislike what was sent. */
  QUALITY_LIMITED(Reaction.PAUSE_CAMPAIGNS),
  /** The text, file or parameters are not allowed by the channel. */
  CONTENT_REJECTED(Reaction.CHANGE_CONTENT),
  /** The template does not exist, is not approved, is paused, or its parameters do not fit. */
  TEMPLATE_REJECTED(Reaction.CHANGE_CONTENT),
  /** The account's access has expired or was withdrawn. */
  CREDENTIALS_EXPIRED(Reaction.REAUTHENTICATE),
  /** The account lacks a permission, was restricted, or has not paid. */
  ACCOUNT_RESTRICTED(Reaction.STOP_ACCOUNT),
  /** The provider cannot be reached or fails. */
  PROVIDER_UNAVAILABLE(Reaction.RETRY),
  /** The provider may or may not have taken the message, and no sign of it came. */
  UNCONFIRMED(Reaction.ASK_AGENT),
  /** The provider gave a reason that we do not know. */
  UNKNOWN(Reaction.ASK_AGENT);

  /** What is done about an error. */
  public enum Reaction {
    /** The same again, a little later. */
    RETRY,
    /** The same again later, and nothing else of the account before. */
    BACK_OFF_ACCOUNT,
    /** The same again later, and nothing else to this recipient before. */
    BACK_OFF_RECIPIENT,
    /** The agent chooses an approved template. */
    USE_TEMPLATE,
    /** The agent changes what is sent. */
    CHANGE_CONTENT,
    /** The agent chooses another channel. */
    OTHER_CHANNEL,
    /** The contact's wish is written down, and kept to. */
    RECORD_OPT_OUT,
    /** Nothing more is sent from the account until an administrator has connected it again. */
    REAUTHENTICATE,
    /** Nothing more is sent from the account until an administrator has looked at it. */
    STOP_ACCOUNT,
    /** Answers go on; what nobody asked for is held back. */
    PAUSE_CAMPAIGNS,
    /** Only a person can tell. */
    ASK_AGENT
  }

  private final Reaction reaction;

  DeliveryError(Reaction reaction) {
    this.reaction = reaction;
  }

  public Reaction reaction() {
    return reaction;
  }

  /** Whether the same send may work a little later. */
  public boolean retryable() {
    return switch (reaction) {
      case RETRY, BACK_OFF_ACCOUNT, BACK_OFF_RECIPIENT -> true;
      case USE_TEMPLATE,
          CHANGE_CONTENT,
          OTHER_CHANNEL,
          RECORD_OPT_OUT,
          REAUTHENTICATE,
          STOP_ACCOUNT,
          PAUSE_CAMPAIGNS,
          ASK_AGENT ->
          false;
    };
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
