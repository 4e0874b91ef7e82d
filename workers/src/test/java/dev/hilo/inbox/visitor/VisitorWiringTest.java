package dev.hilo.inbox.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.InvalidSettingsException;
import dev.hilo.inbox.channels.Channels;
import dev.hilo.inbox.contact.ContactTree;
import dev.hilo.inbox.contact.Contacts;
import dev.hilo.inbox.contact.FieldPrecedence;
import dev.hilo.inbox.contact.ProofCodes;
import dev.hilo.inbox.ingest.Intake;
import dev.hilo.inbox.media.MediaSettings;
import dev.hilo.inbox.store.MemoryStore;
import dev.hilo.inbox.store.Store;
import dev.hilo.inbox.thread.Threads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The beans come together out of the settings as an operator writes them. */
class VisitorWiringTest {

  private static final ContactAddress ANA = ContactAddress.visitor("shop/ana");
  private static final ContactAddress EVA = ContactAddress.visitor("shop/eva");

  @TempDir Path folder;
  private final VisitorWorld world = new VisitorWorld();
  private ApplicationContextRunner hilo;

  @Configuration
  @EnableConfigurationProperties({
    MediaSettings.class,
    VisitorMailSettings.class,
    VisitorPace.Settings.class,
    OpeningHours.Settings.class
  })
  @ComponentScan({"dev.hilo.inbox.visitor", "dev.hilo.inbox.media"})
  static class Parts {}

  @BeforeEach
  void begin() {
    hilo =
        new ApplicationContextRunner()
            .withInitializer(
                context ->
                    context.addBeanFactoryPostProcessor(
                        new LazyInitializationBeanFactoryPostProcessor()))
            .withUserConfiguration(Parts.class)
            .withBean(Store.class, MemoryStore::new)
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(Channels.class, () -> world.channels)
            .withBean(Threads.class)
            .withBean(FieldPrecedence.class, FieldPrecedence::standard)
            .withBean(ContactTree.class)
            .withBean(Contacts.class)
            .withBean(ProofCodes.class)
            .withBean(ObjectMapper.class, ObjectMapper::new)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(Intake.class, () -> mock(Intake.class))
            .withPropertyValues("hilo.media.path=" + folder);
  }

  @Test
  void shouldComeTogetherWithItsSettings() {
    hilo.withPropertyValues(
            "hilo.visitors.mail.after=5m",
            "hilo.visitors.uploads-per-hour=7",
            "hilo.visitors.opening.webchat.shop.zone=America/Bogota",
            "hilo.visitors.opening.webchat.shop.hours=mon-fri 08:00-18:00")
        .run(
            context -> {
              assertThat(context.getBean(VisitorMailSettings.class))
                  .isEqualTo(new VisitorMailSettings(Duration.ofMinutes(5), 3));
              assertThat(context.getBean(VisitorPace.Settings.class).uploadsPerHour()).isEqualTo(7);
              for (Class<?> part :
                  new Class<?>[] {
                    VisitorController.class,
                    VisitorFilesController.class,
                    TranscriptController.class,
                    VisitorAttention.class,
                    ContinuityMail.class
                  }) {
                assertThat(context.getBean(part)).isNotNull();
              }
              Availability.Status status =
                  context.getBean(Availability.class).of(VisitorWorld.CHANNEL, VisitorWorld.SHOP);
              assertThat(status.zone()).hasToString("America/Bogota");
              assertThat(
                      context
                          .getBean(AvailabilityReplies.class)
                          .now(VisitorWorld.CHANNEL, VisitorWorld.SHOP)
                          .mail())
                  .as("no mail without a channel for it")
                  .isFalse();
            });
  }

  @Test
  void shouldNotStartWithHoursThatAreWrong() {
    hilo.withPropertyValues("hilo.visitors.opening.webchat.shop.hours=always")
        .run(
            context ->
                assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                            () -> context.getBean(OpeningHours.class)))
                    .hasRootCauseInstanceOf(InvalidSettingsException.class));
  }

  @Test
  void shouldKeepFilesForTheVisitorWhoSentThem() {
    hilo.run(
        context -> {
          VisitorFiles files = context.getBean(VisitorFiles.class);
          // when
          VisitorFiles.Kept kept = keep(files, "text/plain", "Three pairs, please");
          // then
          assertThat(kept).isInstanceOf(VisitorFiles.Kept.Complete.class);
          String id = ((VisitorFiles.Kept.Complete) kept).id();
          VisitorFiles.Shown own = files.own(ANA, id).orElseThrow();
          assertThat(own.name()).isEqualTo("list.txt");
          assertThat(own.size()).isEqualTo(19);
          assertThat(own.url().orElseThrow().toString())
              .startsWith("/media/" + id)
              .contains("signature=");
          assertThat(files.own(EVA, id)).isEmpty();
          assertThat(files.own(ANA, "0".repeat(40))).isEmpty();
          assertThat(keep(files, "image/png", "<html><script>alert(1)</script></html>"))
              .isInstanceOf(VisitorFiles.Kept.WrongType.class);
        });
  }

  private VisitorFiles.Kept keep(VisitorFiles files, String type, String text) throws Exception {
    Capabilities limits = world.channel.capabilities();
    return files.keep(
        ANA,
        VisitorWorld.CHANNEL,
        VisitorWorld.SHOP,
        "list.txt",
        type,
        limits,
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
