package dev.hilo.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lets Tasklist 8.6.0 store every time of a task. It writes some times without milliseconds when
 * these are zero, and its own index insists on them: the first task made in the first millisecond
 * of a second, one in a thousand, stops its import for good. So the index is made with a format
 * that takes both.
 *
 * <p>Source: github.com/camunda/camunda/issues/27237; mended in a later 8.6, of which no
 * distribution is in the registry.
 */
final class TasklistSchema {
  private static final String JAR = "lib/tasklist-els-schema-8.6.0.jar";
  private static final String SCHEMA = "schema/os/create/template/tasklist-list-view.json";
  private static final String REFUSES = "\"date_time || epoch_millis\"";
  private static final String TAKES = "\"date_time || strict_date_optional_time || epoch_millis\"";

  private TasklistSchema() {}

  /**
   * Writes the corrected schema beside the data.
   *
   * @param camunda the distribution
   * @param data the platform's data; Tasklist refuses to start with another schema than its index
   *     was made with, so data from before the correction stay as they are
   * @param store the store's part of the data
   * @return the folder to put before Tasklist's class path; empty for such older data
   */
  static Optional<Path> corrected(Path camunda, Path data, Path store) {
    Path folder = data.resolve("tasklist-schema");
    Path file = folder.resolve(SCHEMA);
    if (!Files.exists(file) && Files.exists(store)) {
      return Optional.empty();
    }
    try (FileSystem jar = FileSystems.newFileSystem(camunda.resolve(JAR))) {
      String schema = Files.readString(jar.getPath(SCHEMA));
      String corrected = schema.replace(REFUSES, TAKES);
      if (corrected.equals(schema)) {
        throw new PlatformException(SCHEMA + " in " + JAR + " is not the one of Tasklist 8.6.0.");
      }
      Files.createDirectories(file.getParent());
      Files.writeString(file, corrected);
      return Optional.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot correct Tasklist's schema in " + file, e);
    }
  }
}
