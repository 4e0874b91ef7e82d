package dev.hilo.inbox.store;

/** The kinds of documents. The index of a kind is {@code <prefix>-<kind>}. */
public final class Indexes {

  public static final String ALIASES = "aliases";
  public static final String CONTACTS = "contacts";
  public static final String THREADS = "threads";
  public static final String MESSAGES = "messages";
  public static final String EXTERNAL_IDS = "external-ids";
  public static final String EARLY_DELIVERIES = "early-deliveries";
  public static final String PROOFS = "proofs";
  public static final String CONVERSATIONS = "conversations";
  public static final String EVENTS = "events";
  public static final String AUDIT = "audit";

  private Indexes() {}
}
