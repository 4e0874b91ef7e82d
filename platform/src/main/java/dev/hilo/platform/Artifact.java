package dev.hilo.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A file of a Maven repository, with the SHA-256 it must have.
 *
 * @param type file name ending and Maven type: {@code jar} or {@code tar.gz}
 */
record Artifact(String group, String name, String version, String type, String sha256) {
  private static final String LIST = "artifacts.sha256";

  /** The pinned list of this module. */
  static List<Artifact> pinned() {
    InputStream list =
        Objects.requireNonNull(Artifact.class.getResourceAsStream(LIST), LIST + " is missing");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Artifact::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads {@code <sha256> <group>:<name>:<version>:<type>}. */
  static Artifact parse(String line) {
    String[] words = line.split("\\s+", -1);
    String[] parts = words.length == 2 ? words[1].split(":", -1) : new String[0];
    if (parts.length != 4 || !words[0].matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "expected '<sha256> <group>:<name>:<version>:<type>', got '" + line + "'");
    }
    return new Artifact(parts[0], parts[1], parts[2], parts[3], words[0]);
  }

  String fileName() {
    return name + "-" + version + "." + type;
  }

  String coordinates() {
    return group + ":" + name + ":" + version + ":" + type;
  }

  boolean isIn(Path folder) {
    Path file = folder.resolve(fileName());
    return Files.isRegularFile(file) && digest(file).equals(sha256);
  }

  /**
   * Refuses a file that is not the pinned one, and deletes it, so that the next start fetches anew.
   *
   * @throws PlatformException naming the file and both checksums
   */
  void verifyIn(Path folder) {
    Path file = folder.resolve(fileName());
    if (!Files.isRegularFile(file)) {
      throw new PlatformException(
          "Maven did not deliver %s: expected the file %s.".formatted(coordinates(), file));
    }
    String found = digest(file);
    if (!found.equals(sha256)) {
      FileTree.delete(file);
      throw new PlatformException(
          """
          %s does not have the expected checksum and was not used.
            expected SHA-256 %s
            found    SHA-256 %s
          Delete %s from the local Maven repository and start again; if it stays so, do not trust the source."""
              .formatted(fileName(), sha256, found, coordinates()));
    }
  }

  private static String digest(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
