package dev.hilo.inbox.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Documents of one kind, by id. Everything here sees the newest write at once: reads by id do not
 * wait for a refresh, and what must be unique is unique by id.
 *
 * <p>All methods throw {@link StoreUnavailableException} when the store does not answer; the same
 * call may then be made again.
 *
 * @param <T> an immutable record
 */
public interface Documents<T> {

  /**
   * Writes a new document.
   *
   * @return false, and nothing written, if there is one with this id already
   */
  boolean create(String id, T document);

  /** The document as it is now. */
  Optional<T> get(String id);

  /** Those of the documents that exist, in the order of {@code ids}. */
  List<T> getAll(Collection<String> ids);

  /**
   * Changes a document by compare-and-set, again and again until nobody interferes.
   *
   * @param change gets the document as it is, or null if there is none; gives what it shall be, or
   *     the same instance (or null) to leave it; may be called several times, must have no effect
   *     of its own
   * @return the document as it is afterwards; empty if there still is none
   */
  Optional<T> change(String id, Function<@Nullable T, @Nullable T> change);

  /**
   * Searches; sees writes only after a refresh (about a second).
   *
   * @return at most {@code query.size()} documents, sorted as the query says
   */
  List<T> search(StoreQuery query);
}
