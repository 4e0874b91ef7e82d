package dev.hilo.inbox.visitor;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.OutboundContent;
import dev.hilo.inbox.media.Attachment;
import dev.hilo.inbox.media.Attachments;
import dev.hilo.inbox.media.BlobsUnavailableException;
import dev.hilo.inbox.media.SignedLinks;
import dev.hilo.inbox.media.SignedLinks.Purpose;
import dev.hilo.inbox.media.Upload;
import dev.hilo.inbox.media.UploadLimits;
import dev.hilo.inbox.media.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Visitors' files where all files of conversations lie. */
@Component
class StoredVisitorFiles implements VisitorFiles {

  /** As long as a page may stay open before its links are made anew by a reload. */
  private static final Duration LINKS = Duration.ofHours(24);

  private final Uploads uploads;
  private final Attachments attachments;
  private final SignedLinks links;

  StoredVisitorFiles(Uploads uploads, Attachments attachments, SignedLinks links) {
    this.uploads = uploads;
    this.attachments = attachments;
    this.links = links;
  }

  @Override
  public Kept keep(
      ContactAddress owner,
      ChannelType channel,
      AccountId account,
      String name,
      String mimeType,
      Capabilities limits,
      InputStream bytes)
      throws IOException {
    Uploads.Request request =
        new Uploads.Request(
            UUID.randomUUID().toString(),
            owner.key(),
            channel,
            account,
            Attachment.Direction.IN,
            Optional.empty(),
            Optional.empty(),
            Optional.of(name),
            Optional.of(mimeType));
    try {
      return switch (uploads.take(request, UploadLimits.of(limits), bytes)) {
        case Upload.TooLarge no -> new Kept.TooLarge(no.maxBytes());
        case Upload.WrongType no -> new Kept.WrongType(no.type());
        case Upload.Infected no -> new Kept.Refused("a virus was found in the file");
        case Upload.NotScanned no -> new Kept.NotNow("the file could not be scanned");
        case Upload.Stored stored ->
            shown(stored.attachment())
                .<Kept>map(file -> new Kept.Complete(stored.attachment().id(), file))
                .orElseGet(() -> new Kept.NotNow("the file is not stored yet"));
      };
    } catch (BlobsUnavailableException e) {
      return new Kept.NotNow(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Optional<Shown> own(ContactAddress owner, String id) {
    return attachments
        .get(id)
        .filter(file -> file.uploader().equals(Optional.of(owner.key())))
        .flatMap(this::shown);
  }

  @Override
  public Optional<Shown> sent(OutboundContent.File file) {
    return attachments.get(file.id()).flatMap(this::shown);
  }

  private Optional<Shown> shown(Attachment attachment) {
    return attachment
        .file()
        .filter(file -> attachment.downloadable())
        .map(
            file ->
                new Shown(
                    attachment.fileName(),
                    file.type(),
                    file.size(),
                    Optional.of(link(attachment, Purpose.VISITOR)),
                    file.thumbnail().map(small -> link(attachment, Purpose.THUMBNAIL))));
  }

  /** Whole where Hilo knows its own address; else for the widget to complete, which knows it. */
  private URI link(Attachment attachment, Purpose purpose) {
    return links
        .link(attachment.id(), purpose, LINKS)
        .orElseGet(() -> links.path(attachment.id(), purpose, LINKS));
  }
}
