package dev.hilo.inbox.channels;

/** When an address that a visitor only typed links the visitor to the contact that has it. */
public enum LinkClaims {
  /** At once, for the agent's eyes, with a badge. */
  AT_ONCE,
  /** Only after a one-time code came from that address. */
  WHEN_PROVEN
}
