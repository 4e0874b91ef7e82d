package dev.hilo.inbox.store;

/** Gives access to the documents of each kind. */
public interface Store {

  /**
   * Documents of one kind.
   *
   * @param index a name out of {@link Indexes}
   */
  <T> Documents<T> documents(String index, Class<T> type);
}
