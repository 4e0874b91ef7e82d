package dev.hilo.simulators;

import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CountDownLatch;

/** Runs the simulators until it is stopped. */
public final class SimulatorsApplication {

  private SimulatorsApplication() {}

  /** Takes its settings from the environment, see {@link SimulatorSettings}. */
  public static void main(String[] args) throws InterruptedException, IOException {
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
      System.out.println("simulators listen on " + simulators.address());
      new CountDownLatch(1).await();
    } catch (BindException e) {
      System.err.println(
          "port "
              + settings.port()
              + " is taken: set HILO_SIMULATORS_PORT to another one ("
              + e.getMessage()
              + ")");
      System.exit(1);
    }
  }
}
