package dev.hilo.inbox.media;

import dev.hilo.inbox.media.Attachment.State;
import dev.hilo.inbox.store.Documents;
import dev.hilo.inbox.store.Indexes;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.store.StoreQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** What is known of files, one document each. */
@Component
public class Attachments {

  /** How long whoever fetches a file has it alone; a crash makes it due again after this. */
  static final Duration TURN = Duration.ofMinutes(10);

  private static final int ID_LENGTH = 40;

  private final Documents<Attachment> documents;
  private final Clock clock;

  public Attachments(Store store, Clock clock) {
    this.documents = store.documents(Indexes.ATTACHMENTS, Attachment.class);
    this.clock = clock;
  }

  /**
   * The id of a file: the same message delivered again gives the same.
   *
   * @param messageId the message, or whatever names an upload once and for ever
   * @param position place among its files, from 0
   * @return 40 lower-case hexadecimal digits
   */
  public static String id(String messageId, int position) {
    MessageDigest digest = Meter.sha256Digest();
    digest.update(("attachment:" + position + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(messageId.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest()).substring(0, ID_LENGTH);
  }

  /**
   * Writes a new attachment down.
   *
   * @return false, and nothing written, if it is known already
   */
  public boolean create(Attachment attachment) {
    return documents.create(attachment.id(), attachment);
  }

  /** The attachment as it is now. */
  public Optional<Attachment> get(String id) {
    return documents.get(id);
  }

  /** Those that exist, in the order of {@code ids}. */
  public List<Attachment> getAll(Collection<String> ids) {
    return documents.getAll(ids);
  }

  /** Puts a file into its conversation; what is known already stays. */
  public Optional<Attachment> of(String id, String contact, Optional<String> conversation) {
    return change(id, attachment -> attachment.of(contact, conversation, clock.instant()));
  }

  /**
   * Puts an uploaded file into a message. May be repeated for the same message.
   *
   * @param uploader who is writing the message
   * @return empty if there is no such upload of this person, or if it is not stored, or if it is
   *     part of another message
   */
  public Optional<Attachment> use(
      String id,
      String uploader,
      String messageId,
      Optional<String> contact,
      Optional<String> conversation) {
    return change(
            id,
            upload ->
                upload.uploader().equals(Optional.of(uploader))
                        && upload.downloadable()
                        && upload.messageId().isEmpty()
                    ? used(upload, messageId, contact, conversation)
                    : upload)
        .filter(upload -> upload.uploader().equals(Optional.of(uploader)))
        .filter(upload -> upload.messageId().equals(Optional.of(messageId)));
  }

  private Attachment used(
      Attachment upload,
      String messageId,
      Optional<String> contact,
      Optional<String> conversation) {
    AttachmentChange change = upload.change().message(messageId);
    contact.ifPresent(id -> change.contact(id, conversation));
    return change.at(clock.instant());
  }

  /**
   * Files that should be got now; sees changes after about a second.
   *
   * @param size most of them
   */
  public List<Attachment> due(int size) {
    Instant now = clock.instant();
    return documents
        .search(
            StoreQuery.ofSize(size)
                .with("state", List.of(State.WAITING.name()))
                .before("nextAttemptAt", now)
                .sortedBy("nextAttemptAt"))
        .stream()
        .filter(attachment -> isDue(attachment, now))
        .toList();
  }

  /** Lets a file that was given up be tried again. */
  public Optional<Attachment> retry(String id) {
    Instant now = clock.instant();
    return change(
        id,
        attachment ->
            attachment.state() == State.FAILED
                ? attachment.change().state(State.WAITING).due(Optional.of(now)).at(now)
                : attachment);
  }

  /**
   * Begins an attempt: nobody else begins one within the next ten minutes.
   *
   * @return empty if it is not waiting, or somebody else is at it
   */
  Optional<Attachment> begin(String id) {
    Instant now = clock.instant();
    Instant until = now.plus(TURN);
    boolean[] mine = new boolean[1];
    Optional<Attachment> after =
        change(
            id,
            attachment -> {
              mine[0] = isDue(attachment, now);
              return mine[0]
                  ? attachment.change().attempt().due(Optional.of(until)).at(now)
                  : attachment;
            });
    return after.filter(attachment -> mine[0]);
  }

  /** Changes an attachment by compare-and-set; the same instance leaves it as it is. */
  Optional<Attachment> change(String id, UnaryOperator<Attachment> change) {
    return documents.change(id, before -> before == null ? null : change.apply(before));
  }

  private static boolean isDue(Attachment attachment, Instant now) {
    return attachment.state() == State.WAITING
        && attachment.nextAttemptAt().filter(next -> !next.isAfter(now)).isPresent();
  }
}
