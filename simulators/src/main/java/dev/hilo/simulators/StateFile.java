package dev.hilo.simulators;

import dev.hilo.simulators.http.Json;
import dev.hilo.simulators.time.Changes;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps one channel's phones and pending webhooks in a file, so that a restart loses neither chats
 * nor the 24 h windows nor messages on their way. At most the last second is lost when the process
 * is killed.
 */
final class StateFile implements AutoCloseable {

  private static final Logger LOG = System.getLogger(StateFile.class.getName());
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Path file;
  private final Supplier<Object> state;
  private final Thread writer;

  private StateFile(Path file, Supplier<Object> state, Changes changes) {
    this.file = file;
    this.state = state;
    this.writer = Thread.ofVirtual().name("state-file").start(() -> keepUp(changes));
  }

  /**
   * Reads the file, if there is one, and keeps it up to date from now on.
   *
   * @param name of the file, without its ending
   * @throws IOException when the folder cannot be used or the file is not ours
   */
  static <T> StateFile open(
      Path folder,
      String name,
      Class<T> type,
      Supplier<T> save,
      Consumer<T> restore,
      Changes changes)
      throws IOException {
    Path file = folder.resolve(name + ".json");
    Files.createDirectories(folder);
    if (Files.exists(file)) {
      restore.accept(Json.MAPPER.readValue(file.toFile(), type));
    }
    return new StateFile(file, save::get, changes);
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
      Files.write(next, Json.bytes(state.get()));
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
