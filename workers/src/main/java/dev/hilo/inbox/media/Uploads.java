package dev.hilo.inbox.media;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.inbox.media.Attachment.Direction;
import dev.hilo.inbox.media.Attachment.State;
import dev.hilo.inbox.media.Attachment.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Takes files that people upload before they send a message with them. Memory does not grow with
 * the file. The same upload made twice is stored once.
 */
@Component
public class Uploads {

  private final Blobs blobs;
  private final Attachments attachments;
  private final FileCheck check;
  private final long maxBytes;
  private final Clock clock;

  public Uploads(
      Blobs blobs,
      Attachments attachments,
      VirusScan scanner,
      MediaSettings settings,
      Clock clock) {
    this.blobs = blobs;
    this.attachments = attachments;
    this.check = new FileCheck(blobs, scanner, settings);
    this.maxBytes = settings.maxSize().toBytes();
    this.clock = clock;
  }

  /**
   * An upload.
   *
   * @param uploadId what the uploader's program calls it; a repetition has the same
   * @param uploader a person's login or a visitor's address key
   * @param direction OUT for what agents send, IN for what visitors send
   * @param name what the uploader calls the file
   * @param type what the uploader's program says it is
   */
  public record Request(
      String uploadId,
      String uploader,
      ChannelType channel,
      AccountId account,
      Direction direction,
      Optional<String> contactId,
      Optional<String> conversationId,
      Optional<String> name,
      Optional<String> type) {

    private String id() {
      return Attachments.id("upload:" + uploader.length() + ":" + uploader + ":" + uploadId, 0);
    }
  }

  /**
   * Takes an upload.
   *
   * @param bytes the file; not closed, and not read to its end where it is refused
   * @throws IOException if the bytes break off; nothing is kept then
   * @throws BlobsUnavailableException if the blob store fails; the same upload may be made again
   */
  public Upload take(Request request, UploadLimits limits, InputStream bytes) throws IOException {
    Optional<Attachment> known = attachments.get(request.id()).filter(Attachment::downloadable);
    if (known.isPresent()) {
      return new Upload.Stored(known.get());
    }
    long most = Math.min(maxBytes, limits.maxBytes());
    BlobKey key = BlobKey.fresh();
    try (BlobWriter writer = blobs.begin(key)) {
      Meter meter = new Meter(writer, most);
      try {
        bytes.transferTo(meter);
      } catch (Meter.FullException e) {
        return new Upload.TooLarge(most);
      }
      String name = FileNames.safe(request.name());
      FileTypes.Sniffed sniffed = check.types().sniff(meter.head(), name, request.type());
      Form best = check.types().form(sniffed);
      Optional<Form> form = limits.form(best, sniffed.type(), meter.size());
      if (form.isEmpty()) {
        return limits
            .maxBytes(best, sniffed.type())
            .<Upload>map(Upload.TooLarge::new)
            .orElseGet(() -> new Upload.WrongType(sniffed.type(), limits.types()));
      }
      writer.commit();
      StoredFile file =
          new StoredFile(sniffed.type(), meter.size(), meter.sha256(), key, Optional.empty());
      return judge(request, FileNames.forBytes(name, sniffed), form.get(), file);
    }
  }

  private Upload judge(Request request, String name, Form form, StoredFile file) {
    boolean kept = false;
    Optional<StoredFile.Thumbnail> thumbnail = Optional.empty();
    try {
      switch (check.scan(file)) {
        case VirusScan.Verdict.Infected infected -> {
          return new Upload.Infected(infected.name());
        }
        case VirusScan.Verdict.Unavailable unavailable -> {
          return new Upload.NotScanned();
        }
        case VirusScan.Verdict.Clean clean -> {
          StoredFile whole = check.withThumbnail(file);
          thumbnail = whole.thumbnail();
          Attachment attachment = attachment(request, name, form, whole);
          kept = attachments.create(attachment);
          return new Upload.Stored(
              kept ? attachment : attachments.get(attachment.id()).orElse(attachment));
        }
      }
    } finally {
      if (!kept) {
        blobs.delete(file.key());
        thumbnail.ifPresent(small -> blobs.delete(small.key()));
      }
    }
  }

  private Attachment attachment(Request request, String name, Form form, StoredFile file) {
    Instant now = clock.instant();
    return new Attachment(
        request.id(),
        Optional.empty(),
        request.contactId(),
        request.conversationId(),
        request.channel(),
        request.account(),
        request.direction(),
        form,
        Optional.empty(),
        request.type(),
        name,
        Optional.of(file),
        State.STORED,
        Optional.empty(),
        Optional.of(request.uploader()),
        1,
        Optional.empty(),
        Optional.empty(),
        now,
        now);
  }
}
