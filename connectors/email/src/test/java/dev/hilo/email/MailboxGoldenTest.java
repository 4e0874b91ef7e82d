package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.EventJson;
import dev.hilo.channel.ParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The mails of {@code fixtures} through the whole channel: what the inbox gets of each. {@code
 * -Dhilo.golden.update=true} writes the expectations anew; the difference is read before it is
 * committed.
 */
class MailboxGoldenTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "fixtures");

  @TestFactory
  Stream<DynamicTest> shouldGiveTheEventsAsExpected() throws IOException {
    return GoldenMailsTest.mails().stream()
        .map(mail -> DynamicTest.dynamicTest(mail.getFileName().toString(), () -> check(mail)));
  }

  @Test
  void shouldHoldEnoughMails() throws IOException {
    assertThat(GoldenMailsTest.mails()).hasSizeGreaterThanOrEqualTo(80);
  }

  private static void check(Path file) throws IOException {
    // given
    EmailChannel channel = Mailboxes.channel(Map.of());
    byte[] mail = Mailboxes.signed(Files.readAllBytes(file));
    // when
    ParseResult result = channel.parse(Mailboxes.delivery(mail));
    // then
    String shown = shown(result);
    Path expected = FOLDER.resolve(file.getFileName().toString().replace(".eml", ".events.json"));
    if (Boolean.getBoolean("hilo.golden.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(expected, shown + "\n");
    }
    assertThat(shown).isEqualTo(Files.readString(expected).strip());
  }

  private static String shown(ParseResult result) {
    return switch (result) {
      case ParseResult.Refused refused -> "refused " + refused.refusal() + ": " + refused.detail();
      case ParseResult.Ignored ignored -> "ignored: " + ignored.reason();
      case ParseResult.Events events -> {
        String skipped =
            events.skipped().stream()
                .map(part -> "skipped " + part.kind() + ": " + part.reason())
                .collect(Collectors.joining("\n"));
        yield events.events().isEmpty()
            ? skipped
            : (EventJson.write(events.events()) + "\n" + skipped).strip();
      }
    };
  }
}
