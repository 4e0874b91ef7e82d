package dev.hilo.platform;

import java.nio.file.Path;
import java.util.List;

/** Where artifacts come from. */
@FunctionalInterface
interface ArtifactSource {
  /**
   * Puts every artifact's file into the folder.
   *
   * @throws PlatformException when one cannot be had
   */
  void fetch(List<Artifact> artifacts, Path folder);
}
