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
  public static final String ATTACHMENTS = "attachments";
  public static final String ACCOUNTS = "accounts";
  public static final String TEMPLATES = "templates";
  public static final String CURSORS = "cursors";
  public static final String SET_ASIDE = "set-aside";
  public static final String CREDENTIALS = "credentials";
  public static final String DRAFT_FILES = "draft-files";
  public static final String SAMPLES = "samples";
  public static final String MERGE_LOG = "merge-log";
  public static final String MERGE_PLACES = "merge-places";
  public static final String IDENTITIES = "identities";
  public static final String MATCH_MODELS = "match-models";

  private Indexes() {}
}
