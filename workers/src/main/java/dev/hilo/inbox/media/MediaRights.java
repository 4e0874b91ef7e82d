package dev.hilo.inbox.media;

import java.security.Principal;

/** Who may read which file. Whoever knows people implements it; until then nobody may. */
@FunctionalInterface
public interface MediaRights {

  /** Nobody may read anything; signed links alone open files. */
  MediaRights NOBODY = (reader, attachment) -> false;

  /**
   * Whether a person who has logged in may read a file.
   *
   * @param reader never an anonymous one
   */
  boolean mayRead(Principal reader, Attachment attachment);
}
