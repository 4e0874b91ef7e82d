package dev.hilo.bench;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is that the bench talks to, all of it on this machine.
 *
 * @param management the broker's management port: its counters and exporters
 * @param webApps Tasklist and Operate
 */
record Endpoints(URI hilo, URI store, URI zeebeGrpc, URI zeebeRest, URI management, URI webApps) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /**
   * The address that {@code ./run} gives, else the port that changes it, else the default port.
   *
   * @param environment variables by name, as of {@link System#getenv()}
   * @throws IllegalArgumentException naming a variable that is no address on this machine
   */
  static Endpoints from(Map<String, String> environment) {
    return new Endpoints(
        address(environment, "HILO_URL", "HILO_PORT", 8090),
        address(environment, "HILO_STORE_URL", "HILO_STORE_PORT", 9200),
        address(environment, "CAMUNDA_CLIENT_GRPCADDRESS", "HILO_ZEEBE_GRPC_PORT", 26500),
        address(environment, "CAMUNDA_CLIENT_RESTADDRESS", "HILO_ZEEBE_REST_PORT", 8088),
        address(environment, "HILO_ZEEBE_MANAGEMENT_URL", "HILO_ZEEBE_MANAGEMENT_PORT", 9600),
        address(environment, "HILO_TASKLIST_URL", "HILO_WEBAPPS_PORT", 8080));
  }

  private static URI address(
      Map<String, String> environment, String url, String port, int defaultPort) {
    String given = environment.getOrDefault(url, "").strip();
    String text =
        given.isEmpty()
            ? "http://127.0.0.1:"
                + environment.getOrDefault(port, Integer.toString(defaultPort)).strip()
            : given;
    String name = given.isEmpty() ? port : url;
    try {
      URI uri = URI.create(text);
      String host = uri.getHost();
      if ("http".equals(uri.getScheme())
          && host != null
          && LOOPBACK.contains(host)
          && uri.getPort() > 0
          && uri.getPort() < 65_536) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw refused(name, text, e);
    }
    throw refused(name, text, null);
  }

  private static IllegalArgumentException refused(
      String name, String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "%s leads to '%s'; the bench loads only this machine: http://127.0.0.1:<port>."
            .formatted(name, text),
        cause);
  }
}
