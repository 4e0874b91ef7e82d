package dev.hilo.inbox.media;

import dev.hilo.channel.OutgoingFiles;
import dev.hilo.inbox.media.Attachment.StoredFile;
import dev.hilo.inbox.media.SignedLinks.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Gives channels the files that they send: those that are stored, by their attachment's id. */
@Component
public class StoredFiles implements OutgoingFiles {

  private final Attachments attachments;
  private final Blobs blobs;
  private final SignedLinks links;

  public StoredFiles(Attachments attachments, Blobs blobs, SignedLinks links) {
    this.attachments = attachments;
    this.blobs = blobs;
    this.links = links;
  }

  @Override
  public InputStream open(String id) throws IOException {
    StoredFile file =
        attachments
            .get(id)
            .filter(Attachment::downloadable)
            .flatMap(Attachment::file)
            .orElseThrow(() -> new IOException("there is no stored file " + id));
    try {
      return blobs
          .open(file.key())
          .orElseThrow(() -> new IOException("the bytes of file " + id + " are missing"));
    } catch (BlobsUnavailableException e) {
      throw new IOException("the bytes of file " + id + " cannot be read", e);
    }
  }

  @Override
  public Optional<URI> link(String id, Duration validFor) {
    return links.link(id, Purpose.PROVIDER, validFor);
  }
}
