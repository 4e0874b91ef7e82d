package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobsTest implements BlobsContract {

  @TempDir Path folder;
  private FolderBlobs blobs;

  @BeforeEach
  void begin() {
    blobs = new FolderBlobs(folder.resolve("media"));
  }

  @Override
  public Blobs blobs() {
    return blobs;
  }

  @Override
  public int leftovers() throws IOException {
    return files().size();
  }

  @Override
  public long outside() throws IOException {
    long sum = 0;
    for (Path file : files()) {
      sum += file.toString().endsWith(".part") ? Files.size(file) : 0;
    }
    return sum;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void shouldNotFollowALinkOutOfTheFolder() throws Exception {
    // given
    Path outside = Files.createDirectories(folder.resolve("outside"));
    BlobKey key = BlobKey.fresh();
    String name = key.value();
    Files.writeString(outside.resolve(name), "secret");
    Path first = Files.createDirectories(folder.resolve("media").resolve(name.substring(0, 2)));
    Files.createSymbolicLink(first.resolve(name.substring(2, 4)), outside);

    // when, then
    assertThat(blobs.exists(key)).isFalse();
    assertThat(blobs.open(key)).isEmpty();
    blobs.delete(key);
    assertThat(outside.resolve(name)).exists();
    assertThatThrownBy(() -> blobs.put(key, new ByteArrayInputStream(new byte[1]), 1))
        .isInstanceOf(BlobsUnavailableException.class);
    assertThat(outside.resolve(name)).hasContent("secret");
  }

  @Test
  void shouldNotFollowALinkInTheBlobsPlace() throws Exception {
    // given
    Path outside = Files.writeString(folder.resolve("outside"), "secret");
    BlobKey key = BlobKey.fresh();
    String name = key.value();
    Path directory =
        Files.createDirectories(
            folder.resolve("media").resolve(name.substring(0, 2)).resolve(name.substring(2, 4)));
    Files.createSymbolicLink(directory.resolve(name), outside);

    // when, then
    assertThat(blobs.open(key)).isEmpty();
    blobs.put(key, new ByteArrayInputStream(new byte[1]), 1);
    assertThat(outside).hasContent("secret");
    assertThat(blobs.open(key).orElseThrow()).hasBinaryContent(new byte[1]);
  }

  @Test
  void shouldSayWhenTheFolderCannotBeWritten() throws Exception {
    // given
    Path file = Files.writeString(folder.resolve("a-file"), "");

    // when, then
    assertThatThrownBy(() -> new FolderBlobs(file.resolve("below")))
        .isInstanceOf(BlobsUnavailableException.class);
  }
}
