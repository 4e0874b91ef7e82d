package dev.hilo.inbox.pages;

import static dev.hilo.inbox.Samples.LINE;
import static dev.hilo.inbox.Samples.LINE_ACCOUNT;
import static dev.hilo.inbox.Samples.NOON;
import static dev.hilo.inbox.Samples.PHONE_CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.hilo.channel.Capabilities.Confirmation;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.Content;
import dev.hilo.channel.ExternalId;
import dev.hilo.channel.Secret;
import dev.hilo.inbox.Samples;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.conversation.ConversationRights;
import dev.hilo.inbox.conversation.Conversations;
import dev.hilo.inbox.media.Attachments;
import dev.hilo.inbox.media.MediaSettings;
import dev.hilo.inbox.media.SignedLinks;
import dev.hilo.inbox.people.Rights;
import dev.hilo.inbox.queue.Queues;
import dev.hilo.inbox.reply.ScriptedChannel;
import dev.hilo.inbox.store.MemoryStore;
import dev.hilo.inbox.thread.MessageRecord;
import dev.hilo.inbox.thread.MessageRecord.Direction;
import dev.hilo.inbox.thread.Threads;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.util.unit.DataSize;

class MailPageTest {

  private static final String ID = "0123456789012345678901234567890123456789";
  private static final String HTML =
      "<p>Hola</p><img data-part=\"1\" alt=\"logo\"><img data-remote-src=\"https://spy.example/p\">";

  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final MemoryStore store = new MemoryStore();
  private final Threads threads = new Threads(store, Samples.contacts(store, clock), clock);
  private final Channels channels =
      Channels.of(
          List.of(new ScriptedChannel(PHONE_CHANNEL, Confirmation.NONE)), List.of(LINE_ACCOUNT));
  private final Queues queues =
      new Queues(
          List.of(
              new Queues.Queue(
                  "support",
                  Map.of(),
                  "en",
                  Duration.ofHours(24),
                  Duration.ofHours(8),
                  ZoneOffset.UTC)));
  private final MockMvc mvc =
      MockMvcBuilders.standaloneSetup(
              new MailPage(
                  threads,
                  new ConversationRights(
                      new Conversations(store, clock),
                      Samples.contacts(store, clock),
                      threads,
                      channels,
                      queues,
                      new Rights()),
                  new SignedLinks(settings(), clock),
                  new AuditLog(store),
                  clock))
          .build();

  private static MediaSettings settings() {
    return new MediaSettings(
        MediaSettings.Kind.FOLDER,
        Path.of("unused"),
        "",
        "",
        "",
        false,
        new Secret(""),
        new Secret(""),
        DataSize.ofMegabytes(1),
        1000,
        1,
        "",
        Duration.ofSeconds(1),
        new Secret("k".repeat(32)),
        "");
  }

  private void mail() {
    threads.add(
        new MessageRecord(
            ID,
            "ana",
            Optional.empty(),
            PHONE_CHANNEL,
            LINE,
            ContactAddress.email("ana@example.org"),
            Direction.IN,
            "Hola",
            Optional.of(
                new Content.Mail(
                    Optional.of("Order 7"),
                    "Hola",
                    Optional.empty(),
                    Optional.of(HTML),
                    List.of())),
            Optional.empty(),
            Optional.empty(),
            Optional.of("Ana"),
            Optional.of(new ExternalId("m-1")),
            Optional.empty(),
            NOON,
            NOON,
            0,
            NOON,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        true);
  }

  private static TestingAuthenticationToken agentOf(String queue) {
    return new TestingAuthenticationToken("ana", "", "ROLE_AGENT", "QUEUE_" + queue);
  }

  @Test
  void shouldShowTheMailWithoutLoadingAnythingFromElsewhere() throws Exception {
    // given
    mail();
    // when
    var answer =
        mvc.perform(get("/inbox/messages/" + ID + "/html").principal(agentOf("support")))
            .andExpect(status().isOk())
            .andExpect(header().string("X-Content-Type-Options", "nosniff"))
            .andReturn()
            .getResponse();
    // then
    assertThat(answer.getHeader("Content-Security-Policy"))
        .contains("default-src 'none'", "img-src 'self';", "sandbox")
        .doesNotContain("script-src", "https:");
    assertThat(answer.getContentAsString())
        .contains("<p>Hola</p>")
        .contains("src=\"/media/" + Attachments.id(ID, 1) + "?")
        .doesNotContain("src=\"https://spy.example/p\" ref");
    assertThat(answer.getContentAsString()).doesNotContain(" src=\"https://spy.example/p\"");
  }

  @Test
  void shouldLoadPicturesWhenTheAgentAsksForThem() throws Exception {
    mail();
    String body =
        mvc.perform(
                get("/inbox/messages/" + ID + "/html?pictures=true").principal(agentOf("support")))
            .andReturn()
            .getResponse()
            .getContentAsString();
    assertThat(body).contains(" src=\"https://spy.example/p\"");
  }

  @Test
  void shouldShowNothingToPeopleOfOtherQueues() throws Exception {
    mail();
    mvc.perform(get("/inbox/messages/" + ID + "/html").principal(agentOf("billing")))
        .andExpect(status().isNotFound());
    mvc.perform(get("/inbox/messages/" + ID).principal(agentOf("billing")))
        .andExpect(status().isNotFound());
  }
}
