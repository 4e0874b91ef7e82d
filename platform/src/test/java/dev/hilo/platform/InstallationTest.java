package dev.hilo.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallationTest {
  @TempDir private Path folder = Path.of("");

  private final List<String> fetched = new ArrayList<>();
  private Path repository = Path.of("");
  private Path cache = Path.of("");

  @BeforeEach
  void fillRepository() throws IOException {
    repository = Files.createDirectory(folder.resolve("repository"));
    cache = folder.resolve("cache");
    Files.writeString(repository.resolve("search-2.jar"), "a jar");
    Path content = Files.createDirectories(folder.resolve("broker-1/bin"));
    Files.writeString(content.resolve("broker"), "#!/bin/sh\n");
    Files.writeString(folder.resolve("broker-1/licence.txt"), "licence\n");
    Foreground.run(
        List.of("tar", "-czf", repository.resolve("broker-1.tar.gz").toString(), "broker-1"),
        folder,
        Map.of(),
        "tar");
  }

  @Test
  void shouldUnpackAndCopyWhenCacheIsEmpty() {
    // when
    Installation installation = prepare(pinned());

    // then
    assertThat(installation.camunda().resolve("bin/broker")).hasContent("#!/bin/sh\n");
    assertThat(installation.storeJars()).singleElement().asString().endsWith("search-2.jar");
    assertThat(installation.storeJars().get(0)).hasContent("a jar");
  }

  @Test
  void shouldFetchNothingWhenCacheIsWhole() {
    // given
    prepare(pinned());
    fetched.clear();

    // when
    prepare(pinned());

    // then
    assertThat(fetched).isEmpty();
  }

  @Test
  void shouldRepairWhenUnpackedFileIsLost() throws IOException {
    // given
    Installation installation = prepare(pinned());
    Files.delete(installation.camunda().resolve("licence.txt"));
    fetched.clear();

    // when
    prepare(pinned());

    // then
    assertThat(fetched).containsExactly("broker-1.tar.gz");
    assertThat(installation.camunda().resolve("licence.txt")).hasContent("licence\n");
  }

  @Test
  void shouldStartAgainWhenUnpackingWasInterrupted() throws IOException {
    // given: what is on the disk after a kill in the middle
    Path half =
        Files.createDirectories(cache.resolve("broker.unpacking-123/unpacked/broker-1/bin"));
    Path home = Files.createDirectories(cache.resolve("broker-1/bin"));
    Files.writeString(home.resolve("broker"), "#!/b");

    // when
    Installation installation = prepare(pinned());

    // then
    assertThat(installation.camunda().resolve("bin/broker")).hasContent("#!/bin/sh\n");
    assertThat(half).doesNotExist();
  }

  @Test
  void shouldFetchJarAgainWhenItIsDamaged() throws IOException {
    // given
    Path jar = prepare(pinned()).storeJars().get(0);
    Files.writeString(jar, "other");
    fetched.clear();

    // when
    prepare(pinned());

    // then
    assertThat(fetched).containsExactly("search-2.jar");
    assertThat(jar).hasContent("a jar");
  }

  @Test
  void shouldRefuseAndDeleteWhenArchiveIsNotThePinnedOne() throws IOException {
    // given
    List<Artifact> pinned = pinned();
    Files.writeString(repository.resolve("broker-1.tar.gz"), "somebody else's");

    // when, then
    assertThatThrownBy(() -> prepare(pinned))
        .isInstanceOf(PlatformException.class)
        .hasMessageStartingWith(
            """
            broker-1.tar.gz does not have the expected checksum and was not used.
              expected SHA-256 %s
              found    SHA-256 \
            """
                .formatted(pinned.get(0).sha256()));
    assertThat(cache.resolve("broker-1")).doesNotExist();
  }

  @Test
  void shouldRefuseAndDeleteWhenJarIsNotThePinnedOne() throws IOException {
    // given
    List<Artifact> pinned = pinned();
    Files.writeString(repository.resolve("search-2.jar"), "somebody else's");

    // when, then
    assertThatThrownBy(() -> prepare(pinned))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("search-2.jar does not have the expected checksum");
    try (var files = Files.walk(cache)) {
      assertThat(files).noneMatch(file -> file.endsWith("search-2.jar"));
    }
  }

  @Test
  void shouldPinEveryArtifactWithChecksum() {
    // when
    List<Artifact> pinned = Artifact.pinned();

    // then
    assertThat(pinned).extracting(Artifact::coordinates).doesNotHaveDuplicates();
    assertThat(pinned)
        .extracting(Artifact::coordinates)
        .contains("io.camunda:camunda-zeebe:8.6.0:tar.gz", "org.opensearch:opensearch:2.17.1:jar");
  }

  @Test
  void shouldPinTheVersionThatTheStoreIsCompiledAgainst() {
    // given
    List<String> compiled =
        Arrays.stream(
                System.getProperty("java.class.path")
                    .split(System.getProperty("path.separator"), -1))
            .map(entry -> Path.of(entry).getFileName())
            .map(String::valueOf)
            .filter(name -> name.startsWith("opensearch") || name.startsWith("lucene"))
            .toList();

    // when
    List<String> pinned = Artifact.pinned().stream().map(Artifact::fileName).toList();

    // then
    assertThat(compiled).hasSizeGreaterThan(3);
    assertThat(pinned).containsAll(compiled);
  }

  private Installation prepare(List<Artifact> artifacts) {
    return Installation.prepare(cache, artifacts, true, this::copy, line -> {});
  }

  private void copy(List<Artifact> artifacts, Path target) {
    for (Artifact artifact : artifacts) {
      fetched.add(artifact.fileName());
      try {
        Files.copy(
            repository.resolve(artifact.fileName()),
            target.resolve(artifact.fileName()),
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<Artifact> pinned() {
    return List.of(
        new Artifact("org.example", "broker", "1", "tar.gz", sha256("broker-1.tar.gz")),
        new Artifact("org.example", "search", "2", "jar", sha256("search-2.jar")));
  }

  private String sha256(String file) {
    try {
      byte[] content = Files.readAllBytes(repository.resolve(file));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
