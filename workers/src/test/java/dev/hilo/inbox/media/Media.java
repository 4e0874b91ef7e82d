package dev.hilo.inbox.media;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.Secret;
import dev.hilo.inbox.store.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** Everything of this package over a folder, with a clock that stands until it is moved. */
final class Media {

  static final ChannelType CHANNEL = new ChannelType("phone-app");
  static final AccountId ACCOUNT = new AccountId("line-1");
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final int MAX = 64 * 1024;

  final MemoryStore store = new MemoryStore();
  final Hand clock = new Hand();
  final Path folder;
  final FolderBlobs blobs;
  final Attachments attachments = new Attachments(store, clock);
  VirusScan scanner = VirusScan.OFF;

  Media(Path folder) {
    this.folder = folder;
    this.blobs = new FolderBlobs(folder);
  }

  /** A clock moved by hand. */
  static final class Hand extends Clock {
    private Instant now = NOON;

    void forward(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  static MediaSettings settings(String linkSecret, String publicUrl) {
    return new MediaSettings(
        MediaSettings.Kind.FOLDER,
        Path.of("unused"),
        "",
        "us-east-1",
        "",
        false,
        new Secret(""),
        new Secret(""),
        DataSize.ofBytes(MAX),
        50_000_000,
        3,
        "",
        Duration.ofSeconds(1),
        new Secret(linkSecret),
        publicUrl);
  }

  static MediaSettings settings() {
    return settings("a-secret-of-at-least-32-characters", "https://inbox.example.com/");
  }

  MediaIntake intake() {
    return new MediaIntake(blobs, attachments, bytes -> scanner.scan(bytes), settings(), clock);
  }

  Uploads uploads() {
    return new Uploads(blobs, attachments, bytes -> scanner.scan(bytes), settings(), clock);
  }

  /** A file that waits, of a message of this id. */
  Attachment waiting(String message, Form form, String type, String name) {
    Attachment attachment =
        Attachment.waiting(
            message,
            0,
            CHANNEL,
            ACCOUNT,
            form,
            "provider-reference",
            Optional.of(type),
            Optional.of(name),
            clock.instant());
    attachments.create(attachment);
    return attachment;
  }

  /** How many blobs there are. */
  long blobCount() throws java.io.IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
