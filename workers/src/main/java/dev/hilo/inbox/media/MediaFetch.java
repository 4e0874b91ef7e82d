package dev.hilo.inbox.media;

import dev.hilo.channel.Content.Media;
import dev.hilo.channel.MediaChannel;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.store.StoreStartup;
import dev.hilo.inbox.store.StoreUnavailableException;
import dev.hilo.inbox.thread.MessageChanged;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.Threads;
import jakarta.annotation.PreDestroy;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Fetches the files that customers sent: at once when the message comes, because some providers'
 * links last minutes, and again later what failed or was left behind by a node that died.
 */
@Component
class MediaFetch {

  private static final Logger LOG = LoggerFactory.getLogger(MediaFetch.class);
  private static final int BATCH = 50;
  private static final int AT_ONCE = 8;

  private final Attachments attachments;
  private final Threads threads;
  private final Channels channels;
  private final MediaIntake intake;
  private final Blobs blobs;
  private final MediaSettings settings;
  private final StoreStartup store;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(AT_ONCE);

  MediaFetch(
      Attachments attachments,
      Threads threads,
      Channels channels,
      MediaIntake intake,
      Blobs blobs,
      MediaSettings settings,
      StoreStartup store) {
    this.attachments = attachments;
    this.threads = threads;
    this.channels = channels;
    this.intake = intake;
    this.blobs = blobs;
    this.settings = settings;
    this.store = store;
  }

  @PreDestroy
  void stop() {
    executor.shutdownNow();
  }

  /** A message came: its files are fetched while nobody waits for them. */
  @EventListener
  void arrived(MessageChanged change) {
    MessageRecord message = change.message();
    if (message.direction() == MessageRecord.Direction.IN) {
      int files = message.content().map(content -> Arrivals.filesOf(content).size()).orElse(0);
      for (int position = 0; position < files; position++) {
        begin(Attachments.id(message.id(), position));
      }
    }
  }

  @Scheduled(fixedDelayString = "${hilo.media.look-every:10s}")
  void look() {
    if (!store.ready()) {
      return;
    }
    try {
      attachments.due(BATCH).forEach(due -> begin(due.id()));
    } catch (StoreUnavailableException e) {
      LOG.warn("files are not fetched: {}", e.getMessage());
    }
  }

  private void begin(String id) {
    executor.execute(
        () -> {
          try {
            places.acquire();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
          }
          try {
            fetch(id);
          } catch (StoreUnavailableException | BlobsUnavailableException e) {
            LOG.warn("file {} is not fetched now: {}", id, e.getMessage());
          } catch (RuntimeException e) {
            LOG.error("file {} cannot be fetched", id, e);
          } finally {
            places.release();
          }
        });
  }

  private void fetch(String id) {
    Optional<Attachment> waiting =
        attachments.get(id).filter(a -> a.state() == Attachment.State.WAITING);
    Optional<MessageRecord> message =
        waiting.flatMap(Attachment::messageId).flatMap(threads::message);
    if (message.isEmpty()) {
      return;
    }
    Optional<Media> media = Arrivals.mediaOf(message.get(), waiting.get());
    Optional<MediaChannel> channel =
        channels.channel(message.get().channel().value(), MediaChannel.class);
    if (media.isEmpty() || channel.isEmpty()) {
      return;
    }
    Optional<MediaChannel.Raw> raw =
        Optional.of(new BlobKey(message.get().id()))
            .filter(blobs::exists)
            .map(
                key ->
                    () ->
                        blobs
                            .open(key)
                            .orElseThrow(() -> new java.io.IOException("the raw bytes are gone")));
    intake.receive(
        id,
        FileSource.of(
            channel.get(),
            new MediaChannel.Request(
                message.get().account(), media.get(), settings.maxSize().toBytes(), raw)));
  }
}
