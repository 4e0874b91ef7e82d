package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.InvalidSettingsException;
import dev.hilo.inbox.audit.AuditLog;
import dev.hilo.inbox.store.MemoryStore;
import dev.hilo.inbox.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The beans come together out of the settings as an operator writes them. */
class MediaWiringTest {

  @TempDir Path folder;
  private ApplicationContextRunner hilo;

  @Configuration
  @EnableConfigurationProperties(MediaSettings.class)
  @Import({
    MediaConfiguration.class,
    Attachments.class,
    MediaIntake.class,
    Uploads.class,
    SignedLinks.class,
    AuditLog.class,
    MediaController.class
  })
  static class Parts {}

  @BeforeEach
  void begin() {
    hilo =
        new ApplicationContextRunner()
            .withUserConfiguration(Parts.class)
            .withBean(Store.class, MemoryStore::new)
            .withBean(Clock.class, Clock::systemUTC)
            .withPropertyValues("hilo.media.path=" + folder);
  }

  @Test
  void shouldKeepFilesInAFolderByDefault() {
    hilo.run(
        context -> {
          assertThat(context.getBean(Blobs.class)).isInstanceOf(FolderBlobs.class);
          assertThat(context.getBean(VirusScan.class)).isSameAs(VirusScan.OFF);
          assertThat(context).hasSingleBean(MediaIntake.class).hasSingleBean(MediaController.class);
        });
  }

  @Test
  void shouldKeepFilesInABucketWhenToldTo() {
    hilo.withPropertyValues(
            "hilo.media.store=s3",
            "hilo.media.bucket=files",
            "hilo.media.endpoint=http://127.0.0.1:9",
            "hilo.media.path-style=true",
            "hilo.media.access-key=a-key",
            "hilo.media.secret-key=a-secret",
            "hilo.media.clamd=[::1]:3310")
        .run(
            context -> {
              assertThat(context.getBean(Blobs.class)).isInstanceOf(S3Blobs.class);
              assertThat(context.getBean(VirusScan.class)).isInstanceOf(ClamdScan.class);
              assertThat(context.getBean(MediaSettings.class).toString())
                  .doesNotContain("a-key", "a-secret");
            });
  }

  @Test
  void shouldNotStartWithASettingThatIsWrong() {
    refuses("hilo.media.store=s3", "hilo.media.bucket: expected the name of a bucket");
    refuses("hilo.media.clamd=localhost", "hilo.media.clamd: expected host:port");
    refuses("hilo.media.link-secret=short", "hilo.media.link-secret: expected at least 32");
    refuses("hilo.media.access-key=alone", "hilo.media.access-key: expected both");
    refuses("hilo.media.public-url=inbox", "hilo.media.public-url: expected an address");
    refuses("hilo.media.path=/dev/null/x", "hilo.media.path: expected a folder");
  }

  private void refuses(String setting, String sentence) {
    hilo.withPropertyValues(setting)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining(sentence));
  }
}
