package dev.hilo.inbox.media;

import dev.hilo.inbox.media.Attachment.State;
import dev.hilo.inbox.media.Attachment.StoredFile;
import dev.hilo.inbox.media.FileSource.Arrival;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes the bytes of a file in: to the blob store, then sniffed, then scanned, then made a small
 * picture of; only then it may be downloaded. Memory does not grow with the file. May be called
 * again at any time: a file that is here already, or that was refused, stays as it is.
 */
@Component
public class MediaIntake {

  private static final Logger LOG = LoggerFactory.getLogger(MediaIntake.class);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final Blobs blobs;
  private final Attachments attachments;
  private final FileCheck check;
  private final long maxBytes;
  private final int giveUpAfter;
  private final Clock clock;

  public MediaIntake(
      Blobs blobs,
      Attachments attachments,
      VirusScan scanner,
      MediaSettings settings,
      Clock clock) {
    this.blobs = blobs;
    this.attachments = attachments;
    this.check = new FileCheck(blobs, scanner, settings);
    this.maxBytes = settings.maxSize().toBytes();
    this.giveUpAfter = settings.giveUpAfter();
    this.clock = clock;
  }

  /**
   * Stores the bytes of a waiting file; those of any other are not read.
   *
   * @return the attachment as it is afterwards
   * @throws BlobsUnavailableException if the blob store fails; the file is due again by itself
   */
  public Attachment store(Attachment attachment, InputStream bytes) {
    return receive(
        attachment.id(),
        to -> {
          bytes.transferTo(to);
          return new Arrival.Complete(Optional.empty(), Optional.empty());
        });
  }

  /**
   * Gets the bytes of a waiting file if it is due; the source is asked at most once, and not at all
   * if the bytes are here and only the scanner has not judged yet.
   *
   * @return the attachment as it is afterwards
   * @throws IllegalArgumentException if there is no such attachment
   * @throws BlobsUnavailableException if the blob store fails; the file is due again by itself
   */
  public Attachment receive(String id, FileSource source) {
    Optional<Attachment> mine = attachments.begin(id);
    if (mine.isEmpty()) {
      return now(id);
    }
    Attachment attachment = mine.get();
    try {
      return attachment
          .file()
          .map(file -> judge(attachment, file))
          .orElseGet(() -> fetch(attachment, source));
    } catch (BlobsUnavailableException e) {
      // The outage is not the file's fault: it never makes Hilo give a file up.
      attachments.change(
          id, a -> waits(a) ? a.change().due(Optional.of(pause(1))).at(clock.instant()) : a);
      throw e;
    }
  }

  private Attachment fetch(Attachment attachment, FileSource source) {
    String id = attachment.id();
    BlobKey key = BlobKey.fresh();
    try (BlobWriter writer = blobs.begin(key)) {
      Meter meter = new Meter(writer, maxBytes);
      Arrival arrival;
      try {
        arrival = source.writeTo(meter);
      } catch (IOException e) {
        arrival = new Arrival.Later("the bytes broke off", Optional.empty());
      }
      if (meter.full()) {
        arrival = new Arrival.TooLarge("more than " + maxBytes + " bytes");
      }
      return switch (arrival) {
        case Arrival.Gone gone -> end(id, State.GONE, gone.detail());
        case Arrival.TooLarge large -> end(id, State.REFUSED_TOO_LARGE, large.detail());
        case Arrival.Later later -> later(attachment, later.detail(), later.after());
        case Arrival.Complete complete -> {
          writer.commit();
          yield arrived(attachment, complete, meter, key);
        }
      };
    }
  }

  private Attachment arrived(
      Attachment attachment, Arrival.Complete complete, Meter meter, BlobKey key) {
    Optional<String> declared = attachment.declaredType().or(complete::type);
    String name =
        complete.name().isPresent()
                && attachment.fileName().equals(FileNames.safe(Optional.empty()))
            ? FileNames.safe(complete.name())
            : attachment.fileName();
    FileTypes.Sniffed sniffed = check.types().sniff(meter.head(), name, declared);
    StoredFile file =
        new StoredFile(sniffed.type(), meter.size(), meter.sha256(), key, Optional.empty());
    Attachment after =
        change(
            attachment.id(),
            a ->
                waits(a) && a.file().isEmpty()
                    ? a.change()
                        .declared(declared, FileNames.forBytes(name, sniffed))
                        .form(check.types().form(a.form(), sniffed))
                        .file(Optional.of(file))
                        .at(clock.instant())
                    : a);
    if (!after.file().equals(Optional.of(file))) {
      // Somebody else was faster.
      blobs.delete(key);
      return after;
    }
    return judge(after, file);
  }

  private Attachment judge(Attachment attachment, StoredFile file) {
    return switch (check.scan(file)) {
      case VirusScan.Verdict.Clean clean -> {
        StoredFile whole = check.withThumbnail(file);
        Attachment after =
            change(
                attachment.id(),
                a ->
                    waits(a) && a.file().equals(Optional.of(file))
                        ? a.change()
                            .file(Optional.of(whole))
                            .state(State.STORED)
                            .due(Optional.empty())
                            .reason(Optional.empty())
                            .at(clock.instant())
                        : a);
        if (!after.file().equals(Optional.of(whole))) {
          whole.thumbnail().ifPresent(unused -> blobs.delete(unused.key()));
        }
        yield after;
      }
      case VirusScan.Verdict.Infected infected -> {
        LOG.warn("file {} was refused: infected", attachment.id());
        Attachment after = end(attachment.id(), State.REFUSED_INFECTED, infected.name());
        blobs.delete(file.key());
        yield after;
      }
      case VirusScan.Verdict.Unavailable unavailable ->
          later(attachment, unavailable.detail(), Optional.empty());
    };
  }

  private Attachment end(String id, State state, String reason) {
    return change(
        id,
        a ->
            waits(a)
                ? a.change()
                    .file(Optional.empty())
                    .state(state)
                    .due(Optional.empty())
                    .reason(Optional.of(reason))
                    .at(clock.instant())
                : a);
  }

  private Attachment later(Attachment attachment, String reason, Optional<Duration> after) {
    boolean last = attachment.attempts() >= giveUpAfter;
    Instant next = pause(attachment.attempts());
    Instant told = after.map(wait -> clock.instant().plus(wait)).orElse(next);
    if (last) {
      LOG.warn("file {} was given up after {} attempts", attachment.id(), attachment.attempts());
    }
    return change(
        attachment.id(),
        a -> {
          if (!waits(a)) {
            return a;
          }
          AttachmentChange change = a.change().reason(Optional.of(reason));
          return (last
                  ? change.state(State.FAILED).due(Optional.empty())
                  : change.due(Optional.of(told.isAfter(next) ? told : next)))
              .at(clock.instant());
        });
  }

  private Instant pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, Math.max(0, attempts - 1)));
    return clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  private static boolean waits(Attachment attachment) {
    return attachment.state() == State.WAITING;
  }

  private Attachment now(String id) {
    return change(id, a -> a);
  }

  private Attachment change(String id, java.util.function.UnaryOperator<Attachment> how) {
    return attachments
        .change(id, how)
        .orElseThrow(() -> new IllegalArgumentException("there is no attachment " + id));
  }
}
