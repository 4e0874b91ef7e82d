package dev.hilo.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running process of ours. */
final class Child {
  private static final int TAIL_LINES = 30;
  private static final Duration ASK_EVERY = Duration.ofMillis(200);

  private final ChildSpec spec;
  private final Process process;
  private volatile boolean endWanted;

  private Child(ChildSpec spec, Process process) {
    this.spec = spec;
    this.process = process;
  }

  static Child start(ChildSpec spec) {
    // Ctrl-C in a terminal goes to every process of the group; only the supervisor may act on it,
    // or all would stop at once, in disorder. Java and others leave an ignored signal ignored.
    List<String> command =
        new ArrayList<>(
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "hilo-" + spec.name()));
    command.addAll(spec.command());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(spec.environment());
    try {
      Files.createDirectories(spec.directory());
      Path logs = spec.log().toAbsolutePath().getParent();
      if (logs != null) {
        Files.createDirectories(logs);
      }
      builder.directory(spec.directory().toFile());
      builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(Redirect.appendTo(spec.log().toFile()));
      return new Child(spec, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + spec.name(), e);
    }
  }

  String name() {
    return spec.name();
  }

  ChildSpec spec() {
    return spec;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Returns when it has ended, for whatever reason. */
  void awaitEnd() {
    process.onExit().join();
  }

  /** Whether its end was asked for. */
  boolean endWanted() {
    return endWanted;
  }

  /**
   * Waits until it is up.
   *
   * @throws PlatformException when it ends instead, or takes longer than it may
   */
  void awaitUp() throws InterruptedException {
    long deadline = System.nanoTime() + spec.startWithin().toNanos();
    while (true) {
      if (!process.isAlive()) {
        throw new PlatformException(crashReport());
      }
      if (spec.health().isUp()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new PlatformException(
            "%s is not up after %d s.%s"
                .formatted(name(), spec.startWithin().toSeconds(), logEnd()));
      }
      TimeUnit.NANOSECONDS.sleep(ASK_EVERY.toNanos());
    }
  }

  /** Asks it to end, waits, and kills it if it does not. */
  void stop() {
    endWanted = true;
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(spec.stopWithin().toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    descendants.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends it at once, as {@code kill -9} does. */
  void kill() {
    endWanted = true;
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Who ended, with which code, and the end of its log. */
  String crashReport() {
    return "%s ended by itself with exit code %d.%s"
        .formatted(name(), process.exitValue(), logEnd());
  }

  private String logEnd() {
    List<String> tail = LogTail.of(spec.log(), TAIL_LINES);
    if (tail.isEmpty()) {
      return " Its log " + spec.log() + " is empty.";
    }
    return " The last %d lines of %s:\n  | %s"
        .formatted(tail.size(), spec.log(), String.join("\n  | ", tail));
  }
}
