package dev.hilo.inbox.media;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.Content.Media.Form;
import java.time.Instant;
import java.util.Optional;

/**
 * One file of a message, or one that will become part of a message.
 *
 * @param id see {@link Attachments#id}: unique for ever
 * @param messageId the message it belongs to; of an upload empty until the message is written
 * @param contactId whose conversation it belongs to
 * @param conversationId may be filled in later
 * @param form what it is shown as; never more than its bytes allow
 * @param reference what the channel needs to fetch it; opaque
 * @param declaredType what the sender said it is; never believed where its bytes say otherwise
 * @param fileName safe to be saved under; what the sender called it, where that is safe
 * @param file what is known once the bytes are here
 * @param state how far it has come
 * @param link where it can be seen while a copy is not allowed
 * @param uploader who uploaded it: a person's login or a visitor's address key; nobody else may put
 *     it into a message
 * @param attempts to get it so far
 * @param nextAttemptAt when it is due again
 * @param reason what a person or a log needs to know of the state: a virus's name, why it failed
 */
public record Attachment(
    String id,
    Optional<String> messageId,
    Optional<String> contactId,
    Optional<String> conversationId,
    ChannelType channel,
    AccountId account,
    Direction direction,
    Form form,
    Optional<String> reference,
    Optional<String> declaredType,
    String fileName,
    Optional<StoredFile> file,
    State state,
    Optional<Link> link,
    Optional<String> uploader,
    int attempts,
    Optional<Instant> nextAttemptAt,
    Optional<String> reason,
    Instant createdAt,
    Instant changedAt) {

  /** Which way it goes. */
  public enum Direction {
    IN,
    OUT
  }

  /** How far a file has come. */
  public enum State {
    /** Not here yet, or not scanned yet. */
    WAITING,
    /** Here, and may be downloaded. */
    STORED,
    /** Larger than allowed; not kept. */
    REFUSED_TOO_LARGE,
    /** A virus was found; not kept. */
    REFUSED_INFECTED,
    /** The provider does not have it any more. */
    GONE,
    /** It could not be got or not be scanned, and Hilo has given up. */
    FAILED,
    /** No copy may be kept; there is a link instead. */
    LINK_ONLY
  }

  /**
   * The bytes as they are here.
   *
   * @param type MIME type that the bytes show
   * @param size bytes
   * @param sha256 64 lower-case hexadecimal digits
   * @param thumbnail a small picture of it, where one can be made
   */
  public record StoredFile(
      String type, long size, String sha256, BlobKey key, Optional<Thumbnail> thumbnail) {

    /** The small picture, made anew: nothing of the sender's bytes is in it. */
    public record Thumbnail(BlobKey key, String type, long size) {}
  }

  /**
   * The provider's address of a file.
   *
   * @param expiresAt when it stops working, where that is known
   */
  public record Link(String url, Optional<Instant> expiresAt) {
    @Override
    public String toString() {
      return "Link[expiresAt=" + expiresAt + "]";
    }
  }

  /**
   * A file that is to be fetched from its channel.
   *
   * @param position place among the files of the message, from 0
   * @param name what the sender called it
   */
  public static Attachment waiting(
      String messageId,
      int position,
      ChannelType channel,
      AccountId account,
      Form form,
      String reference,
      Optional<String> declaredType,
      Optional<String> name,
      Instant now) {
    return new Attachment(
        Attachments.id(messageId, position),
        Optional.of(messageId),
        Optional.empty(),
        Optional.empty(),
        channel,
        account,
        Direction.IN,
        form,
        Optional.of(reference),
        declaredType,
        FileNames.safe(name),
        Optional.empty(),
        State.WAITING,
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.of(now),
        Optional.empty(),
        now,
        now);
  }

  /** The same file, of which no copy may be kept. */
  public Attachment asLink(Link to) {
    return change().state(State.LINK_ONLY).link(to).due(Optional.empty()).at(changedAt);
  }

  /** The same file in its conversation; what is known already stays. */
  public Attachment of(String contact, Optional<String> conversation, Instant now) {
    return contactId.isPresent() && (conversationId.isPresent() || conversation.isEmpty())
        ? this
        : change().contact(contact, conversation).at(now);
  }

  /** Whether its bytes may be handed out to those who may read it. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public boolean downloadable() {
    return state == State.STORED && file.isPresent();
  }

  AttachmentChange change() {
    return new AttachmentChange(this);
  }

  /** Names and links are the customer's; logs get what they need to find the document. */
  @Override
  public String toString() {
    return "Attachment[id=" + id + ", state=" + state + ", attempts=" + attempts + "]";
  }
}
