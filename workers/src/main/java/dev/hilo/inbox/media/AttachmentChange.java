package dev.hilo.inbox.media;

import dev.hilo.channel.Content.Media.Form;
import dev.hilo.inbox.media.Attachment.Link;
import dev.hilo.inbox.media.Attachment.State;
import dev.hilo.inbox.media.Attachment.StoredFile;
import java.time.Instant;
import java.util.Optional;

/** Collects what is new of an attachment; what makes it this attachment cannot change. */
final class AttachmentChange {

  private final Attachment before;
  private Optional<String> messageId;
  private Optional<String> contactId;
  private Optional<String> conversationId;
  private Form form;
  private Optional<String> declaredType;
  private String fileName;
  private Optional<StoredFile> file;
  private State state;
  private Optional<Link> link;
  private int attempts;
  private Optional<Instant> nextAttemptAt;
  private Optional<String> reason;

  AttachmentChange(Attachment before) {
    this.before = before;
    this.messageId = before.messageId();
    this.contactId = before.contactId();
    this.conversationId = before.conversationId();
    this.form = before.form();
    this.declaredType = before.declaredType();
    this.fileName = before.fileName();
    this.file = before.file();
    this.state = before.state();
    this.link = before.link();
    this.attempts = before.attempts();
    this.nextAttemptAt = before.nextAttemptAt();
    this.reason = before.reason();
  }

  AttachmentChange message(String id) {
    messageId = Optional.of(id);
    return this;
  }

  AttachmentChange contact(String contact, Optional<String> conversation) {
    contactId = contactId.or(() -> Optional.of(contact));
    conversationId = conversationId.or(() -> conversation);
    return this;
  }

  AttachmentChange declared(Optional<String> type, String name) {
    declaredType = type;
    fileName = name;
    return this;
  }

  AttachmentChange form(Form shownAs) {
    form = shownAs;
    return this;
  }

  AttachmentChange file(Optional<StoredFile> stored) {
    file = stored;
    return this;
  }

  AttachmentChange state(State now) {
    state = now;
    return this;
  }

  AttachmentChange link(Link to) {
    link = Optional.of(to);
    return this;
  }

  AttachmentChange attempt() {
    attempts = before.attempts() + 1;
    return this;
  }

  AttachmentChange due(Optional<Instant> next) {
    nextAttemptAt = next;
    return this;
  }

  AttachmentChange reason(Optional<String> why) {
    reason = why;
    return this;
  }

  /** The changed attachment. */
  Attachment at(Instant now) {
    return new Attachment(
        before.id(),
        messageId,
        contactId,
        conversationId,
        before.channel(),
        before.account(),
        before.direction(),
        form,
        before.reference(),
        declaredType,
        fileName,
        file,
        state,
        link,
        before.uploader(),
        attempts,
        nextAttemptAt,
        reason,
        before.createdAt(),
        now);
  }
}
