package dev.hilo.inbox.thread;

/** What a note that Hilo made in a thread is about; agents read it in their language. */
public enum NoteKind {
  /** An answer that the provider had taken did not arrive. */
  ANSWER_DID_NOT_ARRIVE,
  /** The customer changed a message: the message itself shows what it says now. */
  MESSAGE_EDITED,
  /** The customer took a message back. */
  MESSAGE_DELETED,
  /** One of the customer's addresses has become another. */
  ADDRESS_CHANGED,
  /** A mail answers a message that was sent to somebody else: check who writes. */
  ANSWERS_ANOTHERS_MESSAGE,
  /** Another app of the business answers the customer now. */
  CONTROL_TAKEN,
  /** Hilo may answer the customer again. */
  CONTROL_RETURNED,
  /** Another contact was merged into this one, and what it had open goes on here. */
  CONTACT_MERGED,
  /** This contact was split from another one, where it had written in an open conversation. */
  CONTACT_SPLIT
}
