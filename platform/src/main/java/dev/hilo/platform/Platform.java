package dev.hilo.platform;

import dev.hilo.platform.PlatformSettings.Scope;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A running platform: Zeebe's broker with its gateway, and, unless only the broker was asked for,
 * the search store, Operate and Tasklist. Each is a process of its own, listens on loopback, and is
 * ended by {@link #close()} (or by a guard, should this process be killed).
 */
public final class Platform implements AutoCloseable {
  private final PlatformSettings settings;
  private final @Nullable Started started;

  private record Started(Supervisor supervisor, PlatformChildren children) {}

  private Platform(PlatformSettings settings, @Nullable Started started) {
    this.settings = settings;
    this.started = started;
  }

  /**
   * Fetches what is missing, starts the platform and waits until it is ready.
   *
   * @throws PlatformException when a port is taken, something cannot be fetched, or a process does
   *     not come up; nothing is left running then
   */
  public static Platform start(PlatformSettings settings) {
    List<String> taken = settings.ports().taken(PlatformChildren.ports(settings.scope()));
    if (!taken.isEmpty()) {
      throw new PlatformException(String.join("\n", taken));
    }
    Supervisor supervisor = new Supervisor(pidFile(settings), settings.progress());
    try {
      PlatformChildren children = new PlatformChildren(settings, install(settings));
      supervisor.startAll(children.all());
      return new Platform(settings, new Started(supervisor, children));
    } catch (RuntimeException e) {
      supervisor.stop();
      throw e;
    }
  }

  /**
   * A handle on a platform that somebody else started, for instance {@code ./run}. It is not ended
   * by {@link #close()}, and cannot be killed or restarted.
   *
   * @throws PlatformException when it does not answer
   */
  public static Platform attach(PlatformSettings settings) {
    Platform platform = new Platform(settings, null);
    URI ready = platform.management().resolve("/actuator/health/readiness");
    try {
      if (!Health.ofHttp(ready).isUp()) {
        throw new PlatformException(
            "No platform to attach to: " + ready + " does not answer 200. Start it first.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlatformException("stopped while attaching", e);
    }
    return platform;
  }

  /** Where the processes working on this data are written down. */
  static PidFile pidFile(PlatformSettings settings) {
    return new PidFile(settings.data().resolve("run.pids"));
  }

  /**
   * Deletes the data, so that the next start is empty.
   *
   * @throws PlatformException when a process of an earlier start still works on it
   */
  static void clear(PlatformSettings settings) {
    pidFile(settings).requireNobody();
    FileTree.delete(settings.data());
  }

  static Installation install(PlatformSettings settings) {
    return Installation.prepare(
        settings.cache(),
        Artifact.pinned(),
        settings.scope() != Scope.BROKER,
        new MavenSource(System.getenv(), Boolean.getBoolean("hilo.terminal")),
        settings.progress());
  }

  /** What it was started with. */
  public PlatformSettings settings() {
    return settings;
  }

  /** The ports it listens on. */
  public Ports ports() {
    return settings.ports();
  }

  /** Zeebe's gRPC gateway, as {@code http://127.0.0.1:26500}. */
  public URI grpc() {
    return ports().http(Port.ZEEBE_GRPC);
  }

  /** Zeebe's REST v2, without a path. */
  public URI rest() {
    return ports().http(Port.ZEEBE_REST);
  }

  /** The broker's health, metrics and, when controlled, clock. */
  public URI management() {
    return ports().http(Port.ZEEBE_MANAGEMENT);
  }

  /** The search store. */
  public URI store() {
    return ports().http(Port.STORE);
  }

  /** Operate under {@code /operate}, Tasklist under {@code /tasklist}; demo/demo logs in. */
  public URI webApps() {
    return ports().http(Port.WEBAPPS);
  }

  /**
   * The environment variables through which Hilo finds this platform, as {@code ./run} gives them:
   * {@code HILO_STORE_URL}, {@code CAMUNDA_CLIENT_GRPCADDRESS}, {@code CAMUNDA_CLIENT_RESTADDRESS},
   * {@code HILO_TASKLIST_URL}.
   */
  public Map<String, String> clientEnvironment() {
    return clientEnvironment(ports());
  }

  static Map<String, String> clientEnvironment(Ports ports) {
    return Map.of(
        "HILO_STORE_URL", ports.http(Port.STORE).toString(),
        "CAMUNDA_CLIENT_GRPCADDRESS", ports.http(Port.ZEEBE_GRPC).toString(),
        "CAMUNDA_CLIENT_RESTADDRESS", ports.http(Port.ZEEBE_REST).toString(),
        "HILO_TASKLIST_URL", ports.http(Port.WEBAPPS).toString());
  }

  /** {@code kill -9} of exactly the broker. Returns when it is dead. */
  public void killBroker() {
    started().supervisor().kill(PlatformChildren.BROKER);
  }

  /** {@code kill -9} of exactly the store. Returns when it is dead. */
  public void killStore() {
    started().supervisor().kill(PlatformChildren.STORE);
  }

  /** Starts the broker again on the same data and waits until it is ready. */
  public void startBroker() {
    started().supervisor().start(started().children().broker());
  }

  /** Starts the store again on the same data and waits until it is ready. */
  public void startStore() {
    started().supervisor().start(started().children().store());
  }

  /** Why the platform no longer works, once one of its processes has ended by itself. */
  public Optional<String> failure() {
    return started == null
        ? Optional.empty()
        : Optional.ofNullable(started.supervisor().crash().getNow(null)).map(Throwable::getMessage);
  }

  /** Ends every process and waits for it; the data stays. */
  @Override
  public void close() {
    if (started != null) {
      started.supervisor().stop();
    }
  }

  private Started started() {
    if (started == null) {
      throw new IllegalStateException(
          "attached to a platform that somebody else started: it is not ours to kill or start");
    }
    return started;
  }
}
