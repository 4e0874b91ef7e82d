package dev.hilo.platform;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What to start, where.
 *
 * @param ports the ports; only those of the parts that start are used
 * @param data folder of the broker's and the store's data, kept over restarts
 * @param logs folder of the logs, a file for each process
 * @param cache folder of the fetched software, shared by all
 * @param scope which parts
 * @param controlledClock whether the broker's time is moved over {@code /actuator/clock} of its
 *     management port, instead of running by itself
 * @param progress receives short lines for a person who waits
 */
public record PlatformSettings(
    Ports ports,
    Path data,
    Path logs,
    Path cache,
    Scope scope,
    boolean controlledClock,
    Consumer<String> progress) {

  /** Which parts of the platform start. */
  public enum Scope {
    /** Store, broker with exporter, Operate and Tasklist. */
    FULL,
    /** Store and broker with exporter: no web apps. */
    ENGINE,
    /** The broker alone: no exporter, no store, no web apps; up in some seconds. */
    BROKER
  }

  /** Makes the folders absolute. */
  public PlatformSettings {
    data = data.toAbsolutePath().normalize();
    logs = logs.toAbsolutePath().normalize();
    cache = cache.toAbsolutePath().normalize();
  }

  /**
   * Everything on the ports that the environment names, with data and logs under the folder and the
   * cache of {@code HILO_CACHE}.
   *
   * @param folder gets {@code data} and {@code logs}
   */
  public static PlatformSettings in(Path folder) {
    Map<String, String> environment = System.getenv();
    return new PlatformSettings(
        Ports.from(environment),
        folder.resolve("data"),
        folder.resolve("logs"),
        Installation.defaultCache(environment),
        Scope.FULL,
        false,
        line -> {});
  }

  /** The same with other ports. */
  public PlatformSettings withPorts(Ports other) {
    return new PlatformSettings(other, data, logs, cache, scope, controlledClock, progress);
  }

  /** The same with ports that nobody uses at this moment. */
  public PlatformSettings onFreePorts() {
    return withPorts(Ports.free());
  }

  /** The same with the broker alone. */
  public PlatformSettings brokerOnly() {
    return new PlatformSettings(ports, data, logs, cache, Scope.BROKER, controlledClock, progress);
  }

  /** The same without Operate and Tasklist. */
  public PlatformSettings withoutWebApps() {
    return new PlatformSettings(ports, data, logs, cache, Scope.ENGINE, controlledClock, progress);
  }

  /** The same with a broker whose time is moved from outside. */
  public PlatformSettings withControlledClock() {
    return new PlatformSettings(ports, data, logs, cache, scope, true, progress);
  }

  /** The same with somebody who reads the progress. */
  public PlatformSettings withProgress(Consumer<String> reader) {
    return new PlatformSettings(ports, data, logs, cache, scope, controlledClock, reader);
  }
}
