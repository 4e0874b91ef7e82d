package dev.hilo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void shouldGiveLastLinesWhenLogIsLong() throws IOException {
    // given
    Path log = folder.resolve("long.log");
    Files.writeString(
        log,
        IntStream.rangeClosed(1, 20_000)
            .mapToObj(number -> "line " + number + "\n")
            .collect(Collectors.joining()));

    // when, then
    assertThat(LogTail.of(log, 3)).containsExactly("line 19998", "line 19999", "line 20000");
  }

  @Test
  void shouldGiveAllWhenLogIsShort() throws IOException {
    // given
    Path log = Files.writeString(folder.resolve("short.log"), "ä\nend without newline");

    // when, then
    assertThat(LogTail.of(log, 30)).containsExactly("ä", "end without newline");
  }

  @Test
  void shouldGiveNothingWhenThereIsNoLog() {
    assertThat(LogTail.of(folder.resolve("none.log"), 30)).isEmpty();
  }
}
