package dev.hilo.inbox.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.platform.Platform;
import dev.hilo.platform.PlatformExtension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mailbox is read once and whole, whatever dies: a real mail server, engine and store. */
@ExtendWith(PlatformExtension.class)
class MailReliabilityIT {

  /** {@code -Dhilo.mails=1000} for the long run. */
  private static final int MAILS = Integer.getInteger("hilo.mails", 200);

  private static final int CUSTOMERS = 20;
  private static final String MAILBOX = "ayuda@tienda-aurora.example";

  private static Stack stack;

  @BeforeAll
  static void start(Platform platform) throws Exception {
    stack = Stack.start(platform);
  }

  @AfterAll
  static void stop() throws Exception {
    stack.stop();
  }

  @Test
  void shouldReadEveryMailOnceWhenHiloIsKilledAgainAndAgain() throws Exception {
    // given
    stack.killHilo();
    Set<String> written = new TreeSet<>();
    for (int i = 0; i < MAILS; i++) {
      String text = "correo " + i;
      written.add(text);
      stack.control(
          "POST",
          "/mail/inbound",
          Map.of(
              "from",
              "cliente" + i % CUSTOMERS + "@example.com",
              "to",
              MAILBOX,
              "subject",
              "Asunto " + i,
              "text",
              text));
    }

    // when
    for (int done : List.of(MAILS / 10, MAILS / 2)) {
      stack.startHilo();
      Stack.awaitTrue(done + " mails", () -> mails().size() >= done);
      stack.killHilo();
    }
    stack.control("POST", "/mail/boxes/" + MAILBOX + "/uidvalidity", Map.of());
    stack.startHilo();
    Stack.awaitTrue("all mails", () -> mails().size() >= MAILS);

    // then
    Set<String> read =
        mails().stream()
            .map(mail -> mail.path("content").path("text").asText().strip())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(read).isEqualTo(written);
    assertThat(mails()).hasSize(MAILS);
    long contacts =
        mails().stream().map(mail -> mail.path("contactId").asText()).distinct().count();
    assertThat(contacts).isEqualTo(CUSTOMERS);
  }

  private static List<JsonNode> mails() throws Exception {
    return stack.documents("messages", "channel", "email");
  }
}
