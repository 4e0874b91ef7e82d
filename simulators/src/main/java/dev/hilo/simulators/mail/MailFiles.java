package dev.hilo.simulators.mail;

import dev.hilo.simulators.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps mail over a restart: a folder a mailbox, its owner in {@code owner.json}, a file a mail. A
 * mail that a program deletes comes back; what was read is not kept.
 */
final class MailFiles {

  private static final String OWNER = "owner.json";

  private final Path root;
  private final Map<Path, AtomicInteger> counts = new ConcurrentHashMap<>();

  MailFiles(Path root) {
    this.root = root;
  }

  /** A mail that was kept. */
  record Kept(String folder, Instant at, byte[] bytes) {}

  /** Every owner that was kept. */
  List<MailOwner> owners() {
    return list(root).stream()
        .map(folder -> folder.resolve(OWNER))
        .filter(Files::exists)
        .map(
            file -> {
              try {
                return Json.MAPPER.readValue(file.toFile(), MailOwner.class);
              } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read", e);
              }
            })
        .toList();
  }

  /** Every mail that was kept for the owner, oldest first. */
  void read(MailOwner owner, Consumer<Kept> reader) {
    for (Path folder : list(root.resolve(owner.address()))) {
      if (Files.isDirectory(folder)) {
        for (Path mail : list(folder)) {
          try {
            Instant at = Files.getLastModifiedTime(mail).toInstant();
            String name = String.valueOf(folder.getFileName());
            reader.accept(new Kept(name, at, Files.readAllBytes(mail)));
          } catch (IOException e) {
            throw new UncheckedIOException(mail + " cannot be read", e);
          }
        }
      }
    }
  }

  void write(MailOwner owner) {
    write(root.resolve(owner.address()).resolve(OWNER), Json.bytes(owner));
  }

  void write(String address, Kept mail) {
    Path folder = root.resolve(address).resolve(mail.folder());
    Path file = folder.resolve("%08d.eml".formatted(next(folder)));
    write(file, mail.bytes());
    try {
      Files.setLastModifiedTime(file, FileTime.from(mail.at()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be dated", e);
    }
  }

  /** Counts on from what is there, without looking again for every mail. */
  private int next(Path folder) {
    return counts
        .computeIfAbsent(folder, one -> new AtomicInteger(list(one).size()))
        .incrementAndGet();
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  /** Nothing is kept any more. */
  void clear() {
    counts.clear();
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(root + " cannot be emptied", e);
    }
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be read", e);
    }
  }
}
