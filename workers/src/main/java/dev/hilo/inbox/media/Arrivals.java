package dev.hilo.inbox.media;

import dev.hilo.channel.Content;
import dev.hilo.channel.Content.Media;
import dev.hilo.inbox.thread.MessageRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes down the files of a message that came, so that they are fetched. May be repeated. */
@Component
public class Arrivals {

  private final Attachments attachments;
  private final Blobs blobs;
  private final Clock clock;

  public Arrivals(Attachments attachments, Blobs blobs, Clock clock) {
    this.attachments = attachments;
    this.blobs = blobs;
    this.clock = clock;
  }

  /** The files of a content, in their order. */
  public static List<Media> filesOf(Content content) {
    List<Media> files = new ArrayList<>();
    switch (content) {
      case Media media -> files.add(media);
      case Content.Several several -> several.parts().forEach(part -> files.addAll(filesOf(part)));
      case Content.Mail mail -> files.addAll(mail.files());
      case Content.Text text -> {}
      case Content.Location location -> {}
      case Content.ContactCard card -> {}
      case Content.ButtonReply reply -> {}
      case Content.Shared shared -> {}
      case Content.Order order -> {}
      case Content.FormReply form -> {}
      case Content.Unsupported unsupported -> {}
    }
    return List.copyOf(files);
  }

  /** Writes the files of a message down. */
  public void expect(MessageRecord message) {
    List<Media> files = message.content().map(Arrivals::filesOf).orElse(List.of());
    for (int position = 0; position < files.size(); position++) {
      Media file = files.get(position);
      Attachment waiting =
          Attachment.waiting(
                  message.id(),
                  position,
                  message.channel(),
                  message.account(),
                  file.form(),
                  file.reference(),
                  file.mimeType(),
                  file.fileName(),
                  clock.instant())
              .of(message.contactId(), message.conversationId(), clock.instant());
      attachments.create(
          file.linkOnly()
              .map(link -> waiting.asLink(new Attachment.Link(link.url(), link.expiresAt())))
              .orElse(waiting));
    }
  }

  /** The attachments of a message, in their order; those not written down yet are left out. */
  public List<Attachment> of(MessageRecord message) {
    int count = message.content().map(content -> filesOf(content).size()).orElse(0);
    List<String> ids = new ArrayList<>();
    for (int position = 0; position < count; position++) {
      ids.add(Attachments.id(message.id(), position));
    }
    return ids.isEmpty() ? List.of() : attachments.getAll(ids);
  }

  /** Removes the files of a message that the customer took back. */
  public void forget(MessageRecord message) {
    for (Attachment attachment : of(message)) {
      attachments
          .change(
              attachment.id(),
              known ->
                  known
                      .change()
                      .file(Optional.empty())
                      .state(Attachment.State.GONE)
                      .due(Optional.empty())
                      .reason(Optional.of("the customer took the message back"))
                      .at(clock.instant()))
          .ifPresent(gone -> attachment.file().ifPresent(this::delete));
    }
  }

  private void delete(Attachment.StoredFile file) {
    blobs.delete(file.key());
    file.thumbnail().ifPresent(small -> blobs.delete(small.key()));
  }

  /** The media of an attachment, as its channel gave it. */
  static Optional<Media> mediaOf(MessageRecord message, Attachment attachment) {
    List<Media> files = message.content().map(Arrivals::filesOf).orElse(List.of());
    for (int position = 0; position < files.size(); position++) {
      if (Attachments.id(message.id(), position).equals(attachment.id())) {
        return Optional.of(files.get(position));
      }
    }
    return Optional.empty();
  }
}
