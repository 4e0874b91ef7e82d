package dev.hilo.inbox;

import java.time.Clock;
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

  /** Starts Hilo; the settings are in application.yml. */
  public static void main(String[] args) {
    SpringApplication.run(InboxApplication.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
