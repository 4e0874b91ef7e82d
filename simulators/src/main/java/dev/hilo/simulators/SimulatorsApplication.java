package dev.hilo.simulators;

import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CountDownLatch;

/** Runs the simulators until it is stopped. */
public final class SimulatorsApplication {

  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  private SimulatorsApplication() {}

  /** Takes its settings from the environment, see {@link SimulatorSettings}. */
  public static void main(String[] args) throws InterruptedException, IOException {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "%1$tT %4$s %5$s%6$s%n");
    }
    SimulatorSettings settings;
    try {
      settings = SimulatorSettings.from(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    try {
      Simulators simulators = Simulators.start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(simulators::close));
      Thread.ofVirtual().start(simulators::verifyWebhook);
      System.out.println(
          "simulators listen on "
              + simulators.address()
              + ", IMAP on port "
              + simulators.imapPort()
              + ", SMTP on port "
              + simulators.smtpPort());
      new CountDownLatch(1).await();
    } catch (BindException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
