package dev.hilo.inbox.contact;

/** How sure it is that an address belongs to its contact. */
public enum Proof {
  /** The channel vouches for it, or a one-time code came from it. */
  PROVEN,
  /** Somebody typed it. */
  CLAIMED
}
