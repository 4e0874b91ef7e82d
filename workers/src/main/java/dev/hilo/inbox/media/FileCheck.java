package dev.hilo.inbox.media;

import dev.hilo.inbox.media.Attachment.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What every file goes through once its bytes are in the blob store. */
final class FileCheck {

  private final Blobs blobs;
  private final VirusScan scanner;
  private final FileTypes types = new FileTypes();
  private final Thumbnails thumbnails;

  FileCheck(Blobs blobs, VirusScan scanner, MediaSettings settings) {
    this.blobs = blobs;
    this.scanner = scanner;
    this.thumbnails = new Thumbnails(settings.maxPixels());
  }

  FileTypes types() {
    return types;
  }

  /**
   * Asks the scanner.
   *
   * @throws BlobsUnavailableException if the bytes cannot be read
   */
  VirusScan.Verdict scan(StoredFile file) {
    try (InputStream bytes = open(file.key())) {
      return scanner.scan(bytes);
    } catch (IOException e) {
      throw new BlobsUnavailableException("blob " + file.key() + ": read failed", e);
    }
  }

  /**
   * Makes the small picture where one can be made; the same file where not.
   *
   * @throws BlobsUnavailableException if the bytes cannot be read or the picture not be stored
   */
  StoredFile withThumbnail(StoredFile file) {
    if (file.size() > Thumbnails.MAX_BYTES || !FileTypes.isPicture(file.type())) {
      return file;
    }
    try {
      Optional<Thumbnails.Small> small = thumbnails.of(file.type(), () -> open(file.key()));
      if (small.isEmpty()) {
        return file;
      }
      BlobKey key = BlobKey.fresh();
      byte[] bytes = small.get().bytes();
      try (BlobWriter writer = blobs.begin(key)) {
        writer.write(bytes, 0, bytes.length);
        writer.commit();
      }
      return new StoredFile(
          file.type(),
          file.size(),
          file.sha256(),
          file.key(),
          Optional.of(new StoredFile.Thumbnail(key, small.get().type(), bytes.length)));
    } catch (IOException e) {
      throw new BlobsUnavailableException("blob " + file.key() + ": read failed", e);
    }
  }

  private InputStream open(BlobKey key) {
    return blobs
        .open(key)
        .orElseThrow(
            () ->
                new BlobsUnavailableException(
                    "blob " + key + " is missing", new java.io.FileNotFoundException()));
  }
}
