package dev.hilo.simulators;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the simulators listen and whom they talk to.
 *
 * @param address loopback, unless they run in a container, whose loopback nobody else reaches
 * @param port 0: any free one
 * @param imapPort of the mail server; 0: any free one
 * @param smtpPort of the mail server; 0: any free one
 * @param hilo where Hilo takes webhooks and visitors
 * @param publicHilo the same for a browser: the shop page loads the widget from it
 * @param tasklist the agents' application, for links
 * @param operate the supervisors' application, for links
 * @param data a folder that keeps phones and pending webhooks over a restart; empty: nothing is
 *     kept
 * @param self where Hilo reaches the simulators: addresses of files begin with it; empty: on
 *     loopback
 * @param shopIdentitySecret signs who is signed in to the shop: the widget's {@code
 *     identity-secret}
 */
public record SimulatorSettings(
    InetAddress address,
    int port,
    int imapPort,
    int smtpPort,
    URI hilo,
    URI publicHilo,
    URI tasklist,
    URI operate,
    Optional<Path> data,
    Optional<URI> self,
    String shopIdentitySecret) {

  /** As the demo's settings of Hilo have it. */
  private static final String DEMO_IDENTITY_SECRET = "demo-identity-secret-not-for-production-1";

  private static final int MAX_PORT = 65_535;

  /** On loopback, mail on any free ports. */
  public SimulatorSettings(
      int port, URI hilo, URI publicHilo, URI tasklist, URI operate, Optional<Path> data) {
    this(InetAddress.getLoopbackAddress(), port, hilo, publicHilo, tasklist, operate, data);
  }

  /** Mail on any free ports. */
  public SimulatorSettings(
      InetAddress address,
      int port,
      URI hilo,
      URI publicHilo,
      URI tasklist,
      URI operate,
      Optional<Path> data) {
    this(
        address,
        port,
        0,
        0,
        hilo,
        publicHilo,
        tasklist,
        operate,
        data,
        Optional.empty(),
        DEMO_IDENTITY_SECRET);
  }

  /**
   * Reads the environment.
   *
   * @throws IllegalArgumentException naming the variable that is wrong
   */
  public static SimulatorSettings from(Map<String, String> environment) {
    URI hilo = address(environment, "HILO_URL", "http://127.0.0.1:8090");
    int webapps = port(environment, "HILO_WEBAPPS_PORT", 8080);
    return new SimulatorSettings(
        listenAddress(environment),
        port(environment, "HILO_SIMULATORS_PORT", 8095),
        port(environment, "HILO_SIMULATORS_IMAP_PORT", 3143),
        port(environment, "HILO_SIMULATORS_SMTP_PORT", 3025),
        hilo,
        address(environment, "HILO_PUBLIC_URL", hilo.toString().replace("127.0.0.1", "localhost")),
        address(environment, "HILO_TASKLIST_URL", "http://localhost:" + webapps + "/tasklist"),
        address(environment, "HILO_OPERATE_URL", "http://localhost:" + webapps + "/operate"),
        Optional.ofNullable(environment.get("HILO_SIMULATORS_DATA"))
            .filter(folder -> !folder.isBlank())
            .map(Path::of),
        environment.containsKey("HILO_SIMULATORS_URL")
            ? Optional.of(address(environment, "HILO_SIMULATORS_URL", "http://127.0.0.1:8095"))
            : Optional.empty(),
        environment.getOrDefault("HILO_SHOP_IDENTITY_SECRET", DEMO_IDENTITY_SECRET));
  }

  /** Never prints the secret. */
  @Override
  public String toString() {
    return "SimulatorSettings[address=" + address + ", port=" + port + ", hilo=" + hilo + "]";
  }

  private static InetAddress listenAddress(Map<String, String> environment) {
    String value = environment.getOrDefault("HILO_ADDRESS", "127.0.0.1");
    try {
      return InetAddress.getByName(value);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "HILO_ADDRESS: expected an address such as 127.0.0.1, got '" + value + "'", e);
    }
  }

  private static int port(Map<String, String> environment, String name, int fallback) {
    String value = environment.getOrDefault(name, Integer.toString(fallback));
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, with what was expected.
    }
    throw new IllegalArgumentException(
        name + ": expected a port from 0 to " + MAX_PORT + ", got '" + value + "'");
  }

  private static URI address(Map<String, String> environment, String name, String fallback) {
    String value = environment.getOrDefault(name, fallback);
    try {
      URI uri = URI.create(value);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).startsWith("http")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below, with what was expected.
    }
    throw new IllegalArgumentException(
        name + ": expected an address such as " + fallback + ", got '" + value + "'");
  }
}
