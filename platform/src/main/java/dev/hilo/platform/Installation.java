package dev.hilo.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The fetched and unpacked software in the cache. Every artifact is checked against its pinned
 * SHA-256 before it is used; what an interrupted start left half done is done again. Several
 * processes may share one cache.
 *
 * @param camunda home of the Camunda distribution, with {@code bin/broker} and {@code bin/camunda}
 * @param storeJars the store's class path; empty when it was not asked for
 */
record Installation(Path camunda, List<Path> storeJars) {
  private static final String WHOLE = ".whole";

  /** {@code HILO_CACHE}, or {@code ~/.cache/hilo}. */
  static Path defaultCache(Map<String, String> environment) {
    String set = environment.getOrDefault("HILO_CACHE", "");
    return set.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "hilo")
        : Path.of(set).toAbsolutePath();
  }

  /**
   * Makes sure that everything is there.
   *
   * @param withStore whether the store is needed too
   * @throws PlatformException when something cannot be had, or is not what was pinned
   */
  static Installation prepare(
      Path cache,
      List<Artifact> artifacts,
      boolean withStore,
      ArtifactSource source,
      Consumer<String> progress) {
    try {
      Files.createDirectories(cache);
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new PlatformException("cannot lock the cache " + cache);
        }
        Path camunda = camunda(cache, archive(artifacts), source, progress);
        return new Installation(
            camunda, withStore ? storeJars(cache, jars(artifacts), source, progress) : List.of());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the cache " + cache, e);
    }
  }

  private static Artifact archive(List<Artifact> artifacts) {
    return artifacts.stream()
        .filter(artifact -> artifact.type().equals("tar.gz"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no archive among the artifacts"));
  }

  private static List<Artifact> jars(List<Artifact> artifacts) {
    return artifacts.stream().filter(artifact -> artifact.type().equals("jar")).toList();
  }

  private static Path camunda(
      Path cache, Artifact archive, ArtifactSource source, Consumer<String> progress)
      throws IOException {
    Path home = cache.resolve(archive.name() + "-" + archive.version());
    if (isWhole(home, archive)) {
      return home;
    }
    FileTree.delete(home);
    deleteLeftovers(cache, archive);
    Path work = Files.createTempDirectory(cache, archive.name() + ".unpacking-");
    progress.accept("Fetching " + archive.coordinates() + " (about 300 MB, once)");
    source.fetch(List.of(archive), work);
    progress.accept("Checking and unpacking " + archive.fileName());
    archive.verifyIn(work);
    Path file = work.resolve(archive.fileName());
    Path unpacked = Files.createDirectory(work.resolve("unpacked"));
    Foreground.run(
        List.of("tar", "-xzf", file.toString(), "-C", unpacked.toString()),
        work,
        Map.of(),
        "tar is needed to unpack the platform: install it");
    Path root = onlyFolder(unpacked);
    // Beside the distribution's own files, and written last: whoever finds it finds a whole one.
    Files.writeString(
        root.resolve(WHOLE), mark(archive, FileTree.summary(root, root.resolve(WHOLE))));
    Files.move(root, home, StandardCopyOption.ATOMIC_MOVE);
    FileTree.delete(work);
    return home;
  }

  private static boolean isWhole(Path home, Artifact archive) throws IOException {
    Path mark = home.resolve(WHOLE);
    if (!Files.isRegularFile(mark)) {
      return false;
    }
    // Compared by count and size: seconds matter at every start, and the archive itself was
    // checked.
    return Files.readString(mark).equals(mark(archive, FileTree.summary(home, mark)));
  }

  private static String mark(Artifact archive, String summary) {
    return archive.sha256() + "\n" + summary + "\n";
  }

  private static void deleteLeftovers(Path cache, Artifact archive) throws IOException {
    try (Stream<Path> entries = Files.list(cache)) {
      entries
          .filter(
              entry -> entry.getFileName().toString().startsWith(archive.name() + ".unpacking-"))
          .toList()
          .forEach(FileTree::delete);
    }
  }

  private static Path onlyFolder(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow(() -> new PlatformException("the archive in " + folder + " has no folder"));
    }
  }

  private static List<Path> storeJars(
      Path cache, List<Artifact> jars, ArtifactSource source, Consumer<String> progress)
      throws IOException {
    // A folder for each list, so that two versions of Hilo may share the cache.
    Path folder =
        Files.createDirectories(cache.resolve("store-" + Integer.toHexString(jars.hashCode())));
    List<Artifact> missing = jars.stream().filter(jar -> !jar.isIn(folder)).toList();
    if (!missing.isEmpty()) {
      progress.accept("Fetching the store, " + missing.size() + " files (about 50 MB, once)");
      source.fetch(missing, folder);
      missing.forEach(jar -> jar.verifyIn(folder));
    }
    return jars.stream().map(jar -> folder.resolve(jar.fileName())).toList();
  }
}
