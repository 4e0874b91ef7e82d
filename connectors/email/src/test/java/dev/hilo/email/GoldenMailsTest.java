package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Mails of our own writing, in the forms that mail programs are documented or seen to write, and
 * what each must become. {@code -Dhilo.golden.update=true} writes the expectations anew; the
 * difference is read before it is committed.
 */
class GoldenMailsTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "fixtures");

  @TestFactory
  Stream<DynamicTest> shouldReadAsExpected() throws IOException {
    return mails().stream()
        .map(mail -> DynamicTest.dynamicTest(mail.getFileName().toString(), () -> check(mail)));
  }

  @Test
  void shouldHoldEnoughMails() throws IOException {
    assertThat(mails()).hasSizeGreaterThanOrEqualTo(80);
  }

  static List<Path> mails() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
    }
  }

  private static void check(Path file) throws IOException {
    // when
    String json = MailJson.write(MailReader.read(Files.readAllBytes(file)));

    // then
    Path expected = file.resolveSibling(file.getFileName().toString().replace(".eml", ".json"));
    if (Boolean.getBoolean("hilo.golden.update")) {
      Files.writeString(expected, json + "\n");
    }
    assertThat(json).isEqualTo(Files.readString(expected).strip());
  }
}
