package dev.hilo.inbox;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Hilo. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class InboxApplication {

  private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(20);

  /** Starts Hilo; the settings are in application.yml. */
  public static void main(String[] args) {
    Runtime.getRuntime().addShutdownHook(new Thread(InboxApplication::endInTime));
    SpringApplication.run(InboxApplication.class, args);
  }

  /**
   * Ends the process if closing takes too long: the engine's client may wait for ever for a broker
   * that is not there. Every step of Hilo bears being cut off.
   */
  private static void endInTime() {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                Thread.sleep(LONGEST_SHUTDOWN);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(143);
            });
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
