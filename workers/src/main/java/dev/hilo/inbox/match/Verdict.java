package dev.hilo.inbox.match;

/** What is to be done with a pair. */
public enum Verdict {
  /** One person: may be merged by machine. */
  MERGE,
  /** For a person to decide. */
  REVIEW,
  /** Nothing is to be done. */
  NONE
}
