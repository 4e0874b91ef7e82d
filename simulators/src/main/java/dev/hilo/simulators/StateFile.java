package dev.hilo.simulators;

import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.time.Changes;
import dev.hilo.simulators.whatsapp.Platform;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps phones and pending webhooks in a file, so that a restart loses neither chats nor the 24 h
 * windows nor messages on their way. At most the last second is lost when the process is killed.
 */
final class StateFile implements AutoCloseable {

  private static final Logger LOG = System.getLogger(StateFile.class.getName());
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Path file;
  private final Platform platform;
  private final Thread writer;

  /**
   * Reads the file, if there is one, and keeps it up to date from now on.
   *
   * @throws IOException when the folder cannot be used or the file is not ours
   */
  StateFile(Path folder, Platform platform, Changes changes) throws IOException {
    this.file = folder.resolve("simulators.json");
    this.platform = platform;
    Files.createDirectories(folder);
    if (Files.exists(file)) {
      platform.restore(Json.MAPPER.readValue(file.toFile(), Platform.Saved.class));
    }
    this.writer = Thread.ofVirtual().name("state-file").start(() -> keepUp(changes));
  }

  private void keepUp(Changes changes) {
    AtomicLong written = new AtomicLong(changes.count());
    try {
      while (true) {
        changes.await(changes::count, count -> count != written.get(), Duration.ofHours(1));
        Thread.sleep(PACE);
        written.set(changes.count());
        write();
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "the state file is closed");
    }
  }

  private void write() {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.write(next, Json.bytes(platform.save()));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the simulators' state was not written to " + file, e);
    }
  }

  @Override
  public void close() {
    writer.interrupt();
    try {
      writer.join();
      write();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
