package dev.hilo.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who works on a data folder: name, process id and start of each, a line for each process. */
final class PidFile {
  /**
   * Start times are computed from ticks since boot, and differ a little from process to process.
   */
  private static final Duration SAME_START = Duration.ofSeconds(2);

  private final Path file;

  PidFile(Path file) {
    this.file = file;
  }

  /** A process of an earlier start that still runs. */
  record Running(String name, long pid) {
    @Override
    public String toString() {
      return name + " (process " + pid + ")";
    }
  }

  /** Those of the file that are still alive; a process id given to somebody else does not count. */
  List<Running> alive() {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(PidFile::alive).flatMap(Optional::stream).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Makes sure that nobody works on this data.
   *
   * @throws PlatformException naming those who do
   */
  void requireNobody() {
    List<Running> alive = alive();
    if (!alive.isEmpty()) {
      throw new PlatformException(
          "An earlier start still runs on this data (%s): %s. Stop it first."
              .formatted(
                  file.toAbsolutePath().getParent(),
                  alive.stream().map(Running::toString).collect(Collectors.joining(", "))));
    }
  }

  void write(Map<String, ProcessHandle> processes) {
    String text =
        processes.entrySet().stream()
            .map(entry -> line(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path fresh = Files.writeString(Path.of(file + ".new"), text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  void delete() {
    FileTree.delete(file);
  }

  private static String line(String name, ProcessHandle process) {
    long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return name + " " + process.pid() + " " + started + "\n";
  }

  private static Optional<Running> alive(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 3) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(words[1]);
      Instant started = Instant.ofEpochMilli(Long.parseLong(words[2]));
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(process -> isSameStart(process, started))
          .map(process -> new Running(words[0], pid));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isSameStart(ProcessHandle process, Instant started) {
    return process
        .info()
        .startInstant()
        .map(start -> Duration.between(start, started).abs().compareTo(SAME_START) < 0)
        .orElse(true);
  }
}
