package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hilo.channel.ChannelEvent.MessageReceived;
import dev.hilo.channel.EventJson;
import dev.hilo.channel.ParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Mails collected from public repositories, where they lie beside this one: each becomes an event
 * or a named skip, whatever is wrong with it. Not run when they are absent.
 */
class MailboxPublicMailsTest {

  private static final Path FOLDER = Path.of("..", "..", "..", "shared", "fixtures");
  private static final JsonMapper MAPPER = new JsonMapper();

  @TestFactory
  Stream<DynamicTest> shouldNameWhatBecomesOfEveryPublicMail() throws IOException {
    Path index = FOLDER.resolve("INDEX.tsv");
    assumeTrue(Files.exists(index), "no collection of public mails here");
    return Files.readAllLines(index).stream()
        .map(line -> line.split("\t", -1))
        .filter(columns -> columns[0].startsWith("email/") && columns[0].endsWith(".eml"))
        .map(
            columns ->
                DynamicTest.dynamicTest(
                    columns[0],
                    () ->
                        check(
                            Files.readAllBytes(FOLDER.resolve(columns[0])),
                            MAPPER.readTree(columns[3]).path("baseline_python_email"))));
  }

  private static void check(byte[] mail, JsonNode facts) {
    // when
    ParseResult result = Mailboxes.channel(Map.of()).parse(Mailboxes.delivery(mail));
    // then
    assertThat(result).isInstanceOf(ParseResult.Events.class);
    ParseResult.Events events = (ParseResult.Events) result;
    assertThat(events.events().size() + events.skipped().size()).isPositive();
    assertThat(EventJson.read(EventJson.write(events.events()))).isEqualTo(events.events());
    String id = facts.path("message_id").asText("").replaceAll("[<>\\s]", "");
    if (id.contains("@")
        && id.matches("[\\x21-\\x7e]+")
        && events.events().size() == 1
        && events.events().getFirst() instanceof MessageReceived message) {
      assertThat(message.externalId().value()).isEqualTo(id);
    }
  }
}
