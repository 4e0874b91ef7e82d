package dev.hilo.platform;

import dev.hilo.platform.PlatformSettings.Scope;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The three processes of the platform: what each is started with. */
final class PlatformChildren {
  static final String STORE = "store";
  static final String BROKER = "broker";
  static final String WEBAPPS = "webapps";

  private static final String CLUSTER = "hilo";
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final PlatformSettings settings;
  private final Installation installation;
  private final Path javaHome = Path.of(System.getProperty("java.home"));

  PlatformChildren(PlatformSettings settings, Installation installation) {
    this.settings = settings;
    this.installation = installation;
  }

  /** The ports that this scope listens on. */
  static Set<Port> ports(Scope scope) {
    EnumSet<Port> ports =
        EnumSet.of(
            Port.ZEEBE_GRPC,
            Port.ZEEBE_REST,
            Port.ZEEBE_COMMAND,
            Port.ZEEBE_INTERNAL,
            Port.ZEEBE_MANAGEMENT);
    if (scope != Scope.BROKER) {
      ports.addAll(EnumSet.of(Port.STORE, Port.STORE_TRANSPORT));
    }
    if (scope == Scope.FULL) {
      ports.addAll(EnumSet.of(Port.WEBAPPS, Port.WEBAPPS_MANAGEMENT));
    }
    return ports;
  }

  List<ChildSpec> all() {
    return switch (settings.scope()) {
      case FULL -> List.of(store(), broker(), webApps());
      case ENGINE -> List.of(store(), broker());
      case BROKER -> List.of(broker());
    };
  }

  ChildSpec store() {
    Path data = settings.data().resolve(STORE);
    List<String> command =
        List.of(
            java(),
            "-Xms256m",
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            // Lucene and Netty of this version reach into the JDK; newer JDKs warn or refuse.
            "--enable-native-access=ALL-UNNAMED",
            "-Dlog4j2.configurationFile=classpath:dev/hilo/platform/store-log4j2.xml",
            "-cp",
            Stream.concat(Stream.of(ownCode()), installation.storeJars().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)),
            "dev.hilo.platform.store.StoreNode",
            data.toString(),
            number(Port.STORE),
            number(Port.STORE_TRANSPORT),
            CLUSTER);
    return new ChildSpec(
        STORE,
        Set.of(),
        command,
        Map.of(),
        data,
        log(STORE),
        Health.ofHttp(
            ports().http(Port.STORE).resolve("/_cluster/health?wait_for_status=yellow&timeout=2s")),
        START,
        STOP);
  }

  ChildSpec broker() {
    boolean exports = settings.scope() != Scope.BROKER;
    Path data = settings.data().resolve("zeebe");
    Map<String, String> environment = camundaEnvironment("-Xms128m -Xmx640m");
    environment.put("SERVER_ADDRESS", Ports.LOOPBACK);
    environment.put("SERVER_PORT", number(Port.ZEEBE_REST));
    environment.put("MANAGEMENT_SERVER_ADDRESS", Ports.LOOPBACK);
    environment.put("MANAGEMENT_SERVER_PORT", number(Port.ZEEBE_MANAGEMENT));
    environment.put("ZEEBE_BROKER_NETWORK_HOST", Ports.LOOPBACK);
    environment.put("ZEEBE_BROKER_NETWORK_ADVERTISEDHOST", Ports.LOOPBACK);
    environment.put("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", number(Port.ZEEBE_COMMAND));
    environment.put("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", number(Port.ZEEBE_INTERNAL));
    environment.put("ZEEBE_BROKER_GATEWAY_NETWORK_HOST", Ports.LOOPBACK);
    environment.put("ZEEBE_BROKER_GATEWAY_NETWORK_PORT", number(Port.ZEEBE_GRPC));
    environment.put("ZEEBE_BROKER_DATA_DIRECTORY", data.resolve("data").toString());
    if (exports) {
      String exporter = "ZEEBE_BROKER_EXPORTERS_OPENSEARCH_";
      environment.put(
          exporter + "CLASSNAME", "io.camunda.zeebe.exporter.opensearch.OpensearchExporter");
      environment.put(exporter + "ARGS_URL", ports().http(Port.STORE).toString());
      environment.put(exporter + "ARGS_BULK_SIZE", "100");
      environment.put(exporter + "ARGS_BULK_DELAY", "1");
      environment.put(exporter + "ARGS_INDEX_NUMBEROFSHARDS", "1");
    }
    if (settings.controlledClock()) {
      environment.put("ZEEBE_CLOCK_CONTROLLED", "true");
    }
    return new ChildSpec(
        BROKER,
        exports ? Set.of(STORE) : Set.of(),
        List.of(installation.camunda().resolve("bin/broker").toString()),
        environment,
        data,
        log(BROKER),
        Health.ofHttp(ports().http(Port.ZEEBE_MANAGEMENT).resolve("/actuator/health/readiness")),
        START,
        STOP);
  }

  ChildSpec webApps() {
    String store = ports().http(Port.STORE).toString();
    Map<String, String> environment = camundaEnvironment("-Xms128m -Xmx768m -XX:+UseSerialGC");
    environment.put("SPRING_PROFILES_ACTIVE", "operate,tasklist,auth");
    environment.put("SERVER_ADDRESS", Ports.LOOPBACK);
    environment.put("SERVER_PORT", number(Port.WEBAPPS));
    environment.put("MANAGEMENT_SERVER_ADDRESS", Ports.LOOPBACK);
    environment.put("MANAGEMENT_SERVER_PORT", number(Port.WEBAPPS_MANAGEMENT));
    environment.put("CAMUNDA_DATABASE_TYPE", "opensearch");
    environment.put("CAMUNDA_DATABASE_URL", store);
    environment.put("CAMUNDA_DATABASE_CLUSTERNAME", CLUSTER);
    for (String app : List.of("CAMUNDA_OPERATE_", "CAMUNDA_TASKLIST_")) {
      environment.put(app + "DATABASE", "opensearch");
      environment.put(app + "OPENSEARCH_URL", store);
      environment.put(app + "OPENSEARCH_CLUSTERNAME", CLUSTER);
      environment.put(app + "ZEEBEOPENSEARCH_URL", store);
      environment.put(app + "ZEEBEOPENSEARCH_CLUSTERNAME", CLUSTER);
      environment.put(app + "CSRFPREVENTIONENABLED", "false");
      environment.put(app + "ZEEBE_GATEWAYADDRESS", ports().address(Port.ZEEBE_GRPC));
    }
    // They look for new records every five seconds unless told; an agent should see a task sooner.
    environment.put("CAMUNDA_TASKLIST_IMPORTER_READERBACKOFF", "500");
    environment.put("CAMUNDA_TASKLIST_IMPORTER_SCHEDULERBACKOFF", "500");
    environment.put("CAMUNDA_OPERATE_IMPORTER_READERBACKOFF", "1000");
    environment.put("CAMUNDA_OPERATE_IMPORTER_SCHEDULERBACKOFF", "1000");
    environment.put("CAMUNDA_TASKLIST_ZEEBE_RESTADDRESS", ports().http(Port.ZEEBE_REST).toString());
    TasklistSchema.corrected(
            installation.camunda(), settings.data(), settings.data().resolve(STORE))
        .ifPresent(folder -> environment.put("CLASSPATH_PREFIX", folder.toString()));
    return new ChildSpec(
        WEBAPPS,
        Set.of(STORE),
        List.of(installation.camunda().resolve("bin/camunda").toString()),
        environment,
        settings.data().resolve(WEBAPPS),
        log(WEBAPPS),
        Health.ofHttp(ports().http(Port.WEBAPPS_MANAGEMENT).resolve("/actuator/health/readiness")),
        START,
        STOP);
  }

  private Map<String, String> camundaEnvironment(String memory) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("JAVA_HOME", javaHome.toString());
    environment.put("JAVACMD", java());
    environment.put("JAVA_OPTS", memory + " --enable-native-access=ALL-UNNAMED");
    // Before Spring is up, and by Spring.
    String logging = logging().toUri().toString();
    environment.put("LOG4J_CONFIGURATION_FILE", logging);
    environment.put("LOGGING_CONFIG", logging);
    // Whatever our own caller has set for another Spring application.
    environment.put("SPRING_PROFILES_ACTIVE", "broker");
    return environment;
  }

  /** A file of its own, as the distribution cannot read our jar. */
  private Path logging() {
    Path file = settings.data().resolve("camunda-log4j2.xml");
    String resource = "camunda-log4j2.xml";
    try (InputStream in =
        Objects.requireNonNull(
            PlatformChildren.class.getResourceAsStream(resource), resource + " is missing")) {
      Files.createDirectories(settings.data());
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The folder or jar this class was loaded from. */
  private static Path ownCode() {
    try {
      return Path.of(
          PlatformChildren.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot find our own code", e);
    }
  }

  private String java() {
    return javaHome.resolve("bin/java").toString();
  }

  private Path log(String name) {
    return settings.logs().resolve(name + ".log");
  }

  private String number(Port port) {
    return Integer.toString(ports().of(port));
  }

  private Ports ports() {
    return settings.ports();
  }
}
