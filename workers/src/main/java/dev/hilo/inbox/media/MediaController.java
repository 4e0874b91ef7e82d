package dev.hilo.inbox.media;

import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.audit.AuditRecord;
import dev.hilo.inbox.media.Attachment.State;
import dev.hilo.inbox.media.Attachment.StoredFile;
import dev.hilo.inbox.media.Attachment.StoredFile.Thumbnail;
import dev.hilo.inbox.media.SignedLinks.Purpose;
import dev.hilo.inbox.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hands files out: to people who have logged in and may read them, and to whoever has a signed
 * link. A file is always a download, of the type that its bytes show, and never a page of Hilo's
 * own origin; only the small picture that Hilo itself has encoded may be shown inline.
 */
@RestController
class MediaController {

  private static final String SANDBOX = "default-src 'none'; sandbox";

  private final Attachments attachments;
  private final Blobs blobs;
  private final SignedLinks links;
  private final ObjectProvider<MediaRights> rights;
  private final AuditLog audit;
  private final Clock clock;

  MediaController(
      Attachments attachments,
      Blobs blobs,
      SignedLinks links,
      ObjectProvider<MediaRights> rights,
      AuditLog audit,
      Clock clock) {
    this.attachments = attachments;
    this.blobs = blobs;
    this.links = links;
    this.rights = rights;
    this.audit = audit;
    this.clock = clock;
  }

  /** An error, in one line. */
  record Fault(String error) {}

  @GetMapping("/inbox/media/{id}")
  ResponseEntity<?> file(@PathVariable String id, HttpServletRequest request) {
    return forReader(id, "file-read", request, attachment -> download(attachment, request));
  }

  @GetMapping("/inbox/media/{id}/thumbnail")
  ResponseEntity<?> thumbnail(@PathVariable String id, HttpServletRequest request) {
    return forReader(
        id, "thumbnail-read", request, attachment -> smallPicture(attachment, request));
  }

  @GetMapping("/media/{id}")
  ResponseEntity<?> linked(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String expires,
      @RequestParam(defaultValue = "") String purpose,
      @RequestParam(defaultValue = "") String signature,
      HttpServletRequest request) {
    Optional<Purpose> allowed = links.check(id, expires, purpose, signature);
    Optional<Attachment> attachment = allowed.flatMap(p -> attachments.get(id));
    if (allowed.isEmpty() || attachment.isEmpty()) {
      return notFound(request);
    }
    return allowed.get() == Purpose.THUMBNAIL
        ? smallPicture(attachment.get(), request)
        : download(attachment.get(), request);
  }

  @ExceptionHandler({BlobsUnavailableException.class, StoreUnavailableException.class})
  ResponseEntity<Fault> unavailable(RuntimeException e, HttpServletRequest request) {
    return ResponseEntity.status(503)
        .header(HttpHeaders.RETRY_AFTER, "3")
        .body(new Fault(words(request).unavailable()));
  }

  @FunctionalInterface
  private interface Answer {
    ResponseEntity<?> to(Attachment attachment);
  }

  /** What one may not see looks like what is not there. */
  private ResponseEntity<?> forReader(
      String id, String action, HttpServletRequest request, Answer answer) {
    Principal reader = request.getUserPrincipal();
    if (reader == null) {
      return notFound(request);
    }
    Optional<Attachment> attachment =
        attachments
            .get(id)
            .filter(a -> rights.getIfAvailable(() -> MediaRights.NOBODY).mayRead(reader, a));
    if (attachment.isEmpty()) {
      return notFound(request);
    }
    if (attachment.get().downloadable()) {
      // Before the first byte: what cannot be audited is not handed out.
      audit.add(
          new AuditRecord(
              action,
              reader.getName(),
              attachment.get().contactId().orElse("unknown"),
              Optional.empty(),
              Optional.of(id),
              clock.instant()));
    }
    return answer.to(attachment.get());
  }

  private ResponseEntity<?> download(Attachment attachment, HttpServletRequest request) {
    Optional<StoredFile> stored = attachment.file().filter(file -> attachment.downloadable());
    if (stored.isEmpty()) {
      return notDownloadable(attachment, request);
    }
    StoredFile file = stored.get();
    String etag = "\"" + file.sha256() + "\"";
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.CONTENT_TYPE, servedType(file.type()));
    headers.setContentDisposition(
        ContentDisposition.attachment()
            .filename(attachment.fileName(), StandardCharsets.UTF_8)
            .build());
    headers.set("Content-Security-Policy", SANDBOX);
    headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
    Optional<ByteRange> range;
    try {
      range = range(request, etag, file.size());
    } catch (IllegalArgumentException e) {
      return ResponseEntity.status(416)
          .header(HttpHeaders.CONTENT_RANGE, "bytes */" + file.size())
          .body(new Fault(words(request).wrongRange()));
    }
    range.ifPresent(
        part ->
            headers.set(
                HttpHeaders.CONTENT_RANGE,
                "bytes %d-%d/%d".formatted(part.first(), part.last(), file.size())));
    return bytes(
        request,
        headers,
        etag,
        range.isPresent() ? 206 : 200,
        range.map(ByteRange::length).orElse(file.size()),
        () ->
            range
                .map(part -> blobs.open(file.key(), part))
                .orElseGet(() -> blobs.open(file.key())));
  }

  private ResponseEntity<?> smallPicture(Attachment attachment, HttpServletRequest request) {
    if (!attachment.downloadable()) {
      return notDownloadable(attachment, request);
    }
    Optional<Thumbnail> small = attachment.file().flatMap(StoredFile::thumbnail);
    if (small.isEmpty()) {
      return fault(404, words(request).noThumbnail());
    }
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.CONTENT_TYPE, small.get().type());
    headers.setContentDisposition(ContentDisposition.inline().build());
    headers.set("Content-Security-Policy", SANDBOX);
    return bytes(
        request,
        headers,
        "\"" + small.get().key() + "\"",
        200,
        small.get().size(),
        () -> blobs.open(small.get().key()));
  }

  private ResponseEntity<?> bytes(
      HttpServletRequest request,
      HttpHeaders headers,
      String etag,
      int status,
      long length,
      Supplier<Optional<InputStream>> open) {
    headers.set("X-Content-Type-Options", "nosniff");
    headers.setETag(etag);
    // Kept by the reader's own browser, and asked for again each time: rights may have changed.
    headers.setCacheControl("private, no-cache");
    if (etag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      headers.remove(HttpHeaders.CONTENT_RANGE);
      return ResponseEntity.status(304).headers(headers).build();
    }
    headers.setContentLength(length);
    if (request.getMethod().equals("HEAD")) {
      return ResponseEntity.status(status).headers(headers).build();
    }
    return open.get()
        .<ResponseEntity<?>>map(
            in -> ResponseEntity.status(status).headers(headers).body(new InputStreamResource(in)))
        .orElseGet(() -> fault(503, words(request).unavailable()));
  }

  /**
   * The part that was asked for; empty: all of it. More than one part, or a part of another
   * version, is answered with all of it. Source: RFC 9110 §13.1.5, §14.2.
   *
   * @throws IllegalArgumentException if the file does not have the part
   */
  private static Optional<ByteRange> range(HttpServletRequest request, String etag, long size) {
    String header = request.getHeader(HttpHeaders.RANGE);
    String condition = request.getHeader(HttpHeaders.IF_RANGE);
    if (header == null
        || !header.startsWith("bytes=")
        || (condition != null && !condition.equals(etag))) {
      return Optional.empty();
    }
    List<HttpRange> ranges = HttpRange.parseRanges(header);
    if (ranges.size() != 1) {
      return Optional.empty();
    }
    long first = ranges.get(0).getRangeStart(size);
    long last = ranges.get(0).getRangeEnd(size);
    return Optional.of(new ByteRange(first, last - first + 1));
  }

  /** What a browser could run is never called by its name. */
  private static String servedType(String type) {
    return FileTypes.isActive(type) ? FileTypes.UNKNOWN : type;
  }

  private static ResponseEntity<Fault> notDownloadable(
      Attachment attachment, HttpServletRequest request) {
    int status =
        switch (attachment.state()) {
          case WAITING -> 409;
          case GONE -> 410;
          default -> 404;
        };
    String sentence =
        attachment.state() == State.STORED
            ? words(request).unavailable()
            : words(request).state(attachment);
    return fault(status, sentence);
  }

  private static ResponseEntity<Fault> notFound(HttpServletRequest request) {
    return fault(404, words(request).notFound());
  }

  private static ResponseEntity<Fault> fault(int status, String sentence) {
    return ResponseEntity.status(status)
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(new Fault(sentence));
  }

  private static MediaWords words(HttpServletRequest request) {
    return new MediaWords(request.getLocale());
  }
}
