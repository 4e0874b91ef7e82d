package dev.hilo.simulators.demo;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.hilo.simulators.mail.MailOwner;
import dev.hilo.simulators.mail.MailProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Customers and what they write, read from {@code stories.yaml}.
 *
 * @param stories played at the same time, each with its own start
 */
public record DemoScript(List<Story> stories) {

  private static final String FILE = "stories.yaml";
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(3);

  /** How a customer reaches the business. */
  public enum Via {
    WHATSAPP,
    WEBCHAT,
    EMAIL,
    MESSENGER,
    INSTAGRAM
  }

  /** What brings a customer to the chat on Messenger or Instagram. */
  public enum Opening {
    /** A link or a code. */
    LINK,
    /** An advertisement. */
    AD,
    /** The shop's story, which the first message answers. */
    STORY_REPLY,
    /** The shop is mentioned in the customer's own story. */
    STORY_MENTION
  }

  /**
   * One customer.
   *
   * @param id unique
   * @param via where the story begins
   * @param number E.164; needed on WhatsApp
   * @param email left in the webchat's form, and where mail is written from
   * @param leavesNumber whether the number is typed into the webchat's form
   * @param mail to whom and how mail is written; needed by mail
   * @param opens what comes before the first words; on Messenger and Instagram only
   * @param start after the demo's
   */
  public record Story(
      String id,
      String name,
      Via via,
      String language,
      Optional<String> number,
      Optional<String> email,
      boolean leavesNumber,
      Optional<Page> page,
      Optional<Correspondence> mail,
      Optional<Opening> opens,
      Duration start,
      List<Turn> turns) {}

  /**
   * A customer's mail.
   *
   * @param to which of the shop's mailboxes
   * @param program what it is written with
   */
  public record Correspondence(String to, String subject, MailProgram program) {}

  /** Where in the shop a webchat visitor stands. */
  public record Page(String path, String title) {}

  /**
   * What is written in one go. Every turn but the first waits for an agent's answer to the one
   * before.
   *
   * @param say one message each
   * @param think how long after the answer; for an unprompted turn after the turn before
   * @param pause between the messages
   * @param unprompted does not wait for an answer
   * @param via changes the channel for good; needs the number
   * @param attach names of files that go with the last message; by mail, on WhatsApp (pictures,
   *     PDFs, voice notes) and on Messenger and Instagram (pictures)
   * @param reacts an emoji on the answer; on Messenger and Instagram only
   * @param away afterwards the customer is out of office; by mail only, until the next turn
   * @param bounces the next answer comes back as undeliverable; by mail only
   */
  public record Turn(
      List<String> say,
      Optional<Duration> think,
      Optional<Duration> pause,
      boolean unprompted,
      Optional<Via> via,
      Optional<List<String>> attach,
      Optional<String> reacts,
      boolean away,
      boolean bounces) {

    List<String> files() {
      return attach.orElse(List.of());
    }

    Duration thinking() {
      return think.orElse(USUAL_PAUSE.multipliedBy(2));
    }

    Duration pausing() {
      return pause.orElse(USUAL_PAUSE);
    }
  }

  /** Every customer who has an address for mail. */
  public List<MailOwner> mailOwners() {
    return stories.stream()
        .flatMap(
            story ->
                story.email().stream()
                    .map(
                        email ->
                            new MailOwner(
                                email,
                                story.name(),
                                story.language(),
                                MailOwner.Login.CUSTOMER,
                                Optional.empty())))
        .toList();
  }

  /** The script that is part of the simulators. */
  public static DemoScript load() {
    try (InputStream file = DemoScript.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("the resource " + FILE + " is missing");
      }
      return read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  /**
   * Reads and checks a script.
   *
   * @throws IllegalArgumentException naming the story and what is wrong with it
   */
  static DemoScript read(InputStream yaml) throws IOException {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
    DemoScript script = mapper.readValue(yaml, DemoScript.class);
    Set<String> ids = new HashSet<>();
    for (Story story : script.stories()) {
      if (!ids.add(story.id())) {
        throw new IllegalArgumentException("story " + story.id() + ": the id is there twice");
      }
      boolean usesWhatsapp =
          story.via() == Via.WHATSAPP
              || story.turns().stream()
                  .anyMatch(turn -> turn.via().filter(Via.WHATSAPP::equals).isPresent());
      if (usesWhatsapp && story.number().isEmpty()) {
        throw new IllegalArgumentException("story " + story.id() + ": WhatsApp needs a number");
      }
      if (story.via() == Via.EMAIL && (story.email().isEmpty() || story.mail().isEmpty())) {
        throw new IllegalArgumentException("story " + story.id() + ": mail needs email and mail");
      }
      if (story.turns().isEmpty()
          || story.turns().stream().anyMatch(turn -> turn.say().isEmpty())) {
        throw new IllegalArgumentException("story " + story.id() + ": nothing is said");
      }
    }
    return script;
  }
}
