package dev.hilo.inbox.merge;

import dev.hilo.inbox.contact.IdentityChange;

/** What came of a {@link MergeRequest} or a {@link SplitRequest}. */
public sealed interface MergeOutcome {

  /** It is done. */
  record Done(IdentityChange change) implements MergeOutcome {}

  /** There was nothing to do: both are one already, or the contact stands alone already. */
  record Nothing(String contactId) implements MergeOutcome {}

  /** A machine may not do this; a person may. */
  record Refused(Reason reason) implements MergeOutcome {}

  /** Why a machine may not merge. */
  enum Reason {
    /** Both have documents of one country and kind, and they differ. */
    DOCUMENTS_DIFFER,
    /** The business knows both, as two customers. */
    EXTERNAL_IDS_DIFFER
  }
}
