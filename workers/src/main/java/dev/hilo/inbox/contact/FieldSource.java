package dev.hilo.inbox.contact;

/** Where a field's value comes from. */
public enum FieldSource {
  /** Signed by the business's own site. */
  VERIFIED,
  /** An agent typed it. */
  AGENT,
  /** The customer typed it. */
  CUSTOMER,
  /** From a file of contacts. */
  IMPORT,
  /** A channel's provider gave it. */
  PROVIDER,
  /** Concluded by Hilo. */
  INFERRED
}
