package dev.hilo.platform;

import dev.hilo.platform.PlatformSettings.Scope;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Main class of {@code ./run}: starts everything, says where it is, and stops everything. */
public final class Run {
  private static final String SIMULATORS = "simulators";
  private static final String HILO = "hilo";
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final RunOptions options;
  private final Path home;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PlatformSettings settings;

  private Run(RunOptions options, Path home, Map<String, String> environment, PrintStream out) {
    this.options = options;
    this.home = home;
    this.environment = Map.copyOf(environment);
    this.out = out;
    settings =
        new PlatformSettings(
            Ports.from(environment),
            folder("HILO_DATA", ".hilo/data"),
            folder("HILO_LOGS", ".hilo/logs"),
            Installation.defaultCache(environment),
            Scope.FULL,
            false,
            line -> out.println("  " + line));
  }

  /**
   * Runs until it is stopped. Exit codes: 0 done, 1 something failed, 2 wrong command line, the
   * bench's own with {@code --bench}.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> arguments) {
    RunOptions options;
    try {
      options = RunOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("hilo: " + e.getMessage());
      return 2;
    }
    if (options.help()) {
      System.out.print(RunOptions.helpText());
      return 0;
    }
    Path home = Path.of(System.getProperty("hilo.home", "")).toAbsolutePath().normalize();
    try {
      return new Run(options, home, System.getenv(), System.out).start();
    } catch (PlatformException e) {
      System.err.println("hilo: " + e.getMessage());
      return 1;
    }
  }

  private int start() {
    long begin = System.nanoTime();
    Platform.pidFile(settings).requireNobody();
    requireFreePorts();
    applications().forEach(this::requireBuilt);
    if (options.fresh()) {
      Platform.clear(settings);
    }
    try (Supervisor supervisor = new Supervisor(Platform.pidFile(settings), settings.progress())) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor), "stop"));
      try {
        return runUntilStopped(supervisor, begin);
      } catch (PlatformException e) {
        if (supervisor.isStopping()) {
          // Stopped by a signal while it was starting: what failed by that is no news.
          return 1;
        }
        System.err.println("hilo: " + e.getMessage());
        stop(supervisor);
        return 1;
      }
    }
  }

  private int runUntilStopped(Supervisor supervisor, long begin) {
    Installation installation = Platform.install(settings);
    List<ChildSpec> children = new ArrayList<>(new PlatformChildren(settings, installation).all());
    applications().forEach(application -> children.add(application.spec()));
    children.forEach(Run::keepPreviousLog);
    out.println("Starting:");
    supervisor.startAll(children);
    printTable(Duration.ofNanos(System.nanoTime() - begin));
    if (options.bench()) {
      int code = bench(supervisor);
      stop(supervisor);
      return code;
    }
    if (options.demo()) {
      playDemo();
    }
    throw supervisor.crash().join();
  }

  /** An application of this repository. */
  private record Application(String module, Path jar, ChildSpec spec) {}

  private List<Application> applications() {
    List<Application> applications = new ArrayList<>();
    if (!options.platformOnly() && !options.noSimulators()) {
      Map<String, String> variables = new LinkedHashMap<>();
      variables.put("HILO_SIMULATORS_PORT", number(Port.SIMULATORS));
      variables.put("HILO_SIMULATORS_IMAP_PORT", number(Port.SIMULATORS_IMAP));
      variables.put("HILO_SIMULATORS_SMTP_PORT", number(Port.SIMULATORS_SMTP));
      variables.put("HILO_URL", url(Port.HILO));
      // For links that a person follows.
      variables.put("HILO_PUBLIC_URL", local(Port.HILO, ""));
      variables.put("HILO_TASKLIST_URL", local(Port.WEBAPPS, "/tasklist"));
      variables.put("HILO_OPERATE_URL", local(Port.WEBAPPS, "/operate"));
      variables.put("HILO_SIMULATORS_DATA", settings.data().resolve(SIMULATORS).toString());
      applications.add(
          application(
              SIMULATORS, "simulators", "-Xmx256m", variables, Set.of(), Port.SIMULATORS, "/shop"));
    }
    if (!options.platformOnly()) {
      Map<String, String> variables = new LinkedHashMap<>(Platform.clientEnvironment(ports()));
      variables.put("HILO_PORT", number(Port.HILO));
      variables.put("HILO_SIMULATORS_URL", url(Port.SIMULATORS));
      variables.put("HILO_SIMULATORS_PUBLIC_URL", local(Port.SIMULATORS, ""));
      variables.put("HILO_SIMULATORS_PORT", number(Port.SIMULATORS));
      variables.put("HILO_SIMULATORS_IMAP_PORT", number(Port.SIMULATORS_IMAP));
      variables.put("HILO_SIMULATORS_SMTP_PORT", number(Port.SIMULATORS_SMTP));
      // Providers and agents reach Hilo at these.
      variables.put("HILO_MEDIA_PUBLICURL", url(Port.HILO));
      variables.put("HILO_MEDIA_PATH", settings.data().resolve("media").toString());
      variables.put("HILO_PEOPLE_URL", local(Port.HILO, ""));
      variables.put("SPRING_PROFILES_ACTIVE", "demo");
      applications.add(
          application(
              HILO,
              "workers",
              "-Xmx512m",
              variables,
              Set.of(PlatformChildren.STORE, PlatformChildren.BROKER),
              Port.HILO,
              "/actuator/health"));
    }
    return applications;
  }

  private Application application(
      String name,
      String module,
      String memory,
      Map<String, String> variables,
      Set<String> needs,
      Port port,
      String healthPath) {
    Path jar = jar(module);
    variables.put("SERVER_ADDRESS", Ports.LOOPBACK);
    return new Application(
        module,
        jar,
        new ChildSpec(
            name,
            needs,
            List.of(java(), memory, "-jar", jar.toString()),
            variables,
            settings.data().resolve(name),
            settings.logs().resolve(name + ".log"),
            Health.ofHttp(ports().http(port).resolve(healthPath)),
            START,
            STOP));
  }

  private Path jar(String module) {
    return home.resolve(module).resolve("target").resolve("hilo-" + module + ".jar");
  }

  private void requireBuilt(Application application) {
    requireBuilt(application.jar());
  }

  private static void requireBuilt(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new PlatformException(jar + " is missing: build first, with ./run or 'mvn package'.");
    }
  }

  private void requireFreePorts() {
    Set<Port> needed = new TreeSet<>(PlatformChildren.ports(Scope.FULL));
    if (!options.platformOnly()) {
      needed.add(Port.HILO);
      if (!options.noSimulators()) {
        needed.addAll(Set.of(Port.SIMULATORS, Port.SIMULATORS_IMAP, Port.SIMULATORS_SMTP));
      }
    }
    List<String> taken = ports().taken(needed);
    if (!taken.isEmpty()) {
      throw new PlatformException(String.join("\nhilo: ", taken));
    }
  }

  private int bench(Supervisor supervisor) {
    Path jar = jar("bench");
    requireBuilt(jar);
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx512m", "-jar", jar.toString()));
    command.addAll(options.benchArguments());
    Map<String, String> variables = new LinkedHashMap<>(Platform.clientEnvironment(ports()));
    variables.put("HILO_URL", url(Port.HILO));
    variables.put("HILO_SIMULATORS_URL", url(Port.SIMULATORS));
    variables.put("HILO_ZEEBE_MANAGEMENT_URL", url(Port.ZEEBE_MANAGEMENT));
    int code =
        Foreground.exitCode(
            command, home, variables, "Java is needed to measure", supervisor.crash());
    PlatformException crash = supervisor.crash().getNow(null);
    if (crash != null) {
      throw crash;
    }
    return code;
  }

  private void playDemo() {
    HttpRequest request =
        HttpRequest.newBuilder(ports().http(Port.SIMULATORS).resolve("/control/demo"))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString("{}", StandardCharsets.UTF_8))
            .build();
    try {
      HttpResponse<String> answer = Health.Http.CLIENT.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 == 2) {
        out.println("The simulators play the customer stories.");
      } else {
        out.println(
            "The simulators refused to play the customer stories: %d %s"
                .formatted(answer.statusCode(), answer.body().strip()));
      }
    } catch (IOException e) {
      throw new PlatformException("The simulators did not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void printTable(Duration took) {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("Tasklist", local(Port.WEBAPPS, "/tasklist") + "  demo / demo");
    rows.put("Operate", local(Port.WEBAPPS, "/operate") + "  demo / demo");
    if (!options.platformOnly()) {
      if (!options.noSimulators()) {
        rows.put("Demo shop", local(Port.SIMULATORS, "/shop"));
        rows.put("Customer phone", local(Port.SIMULATORS, "/phone") + "  WhatsApp");
        rows.put("", local(Port.SIMULATORS, "/messenger"));
        rows.put(" ", local(Port.SIMULATORS, "/instagram"));
        rows.put("Customer mail", local(Port.SIMULATORS, "/mail"));
      }
      rows.put("Channels", local(Port.HILO, "/inbox/channels") + "  demo / demo");
      rows.put("Hilo", local(Port.HILO, ""));
    }
    rows.put("Zeebe gRPC", "localhost:" + number(Port.ZEEBE_GRPC));
    rows.put("Zeebe REST", local(Port.ZEEBE_REST, "/v2"));
    rows.put("Store", local(Port.STORE, ""));
    StringBuilder table =
        new StringBuilder("\nEverything is up after %d s.\n\n".formatted(took.toSeconds()));
    rows.forEach((name, where) -> table.append("  %-15s %s\n".formatted(name, where)));
    table.append("\nLogs are in %s. Ctrl-C stops everything.\n".formatted(settings.logs()));
    out.println(table);
  }

  private void stop(Supervisor supervisor) {
    if (!supervisor.isStopping()) {
      out.println("Stopping.");
    }
    supervisor.stop();
  }

  /** The log of the start before stays readable; it is what one wants after a crash. */
  private static void keepPreviousLog(ChildSpec child) {
    Path log = child.log();
    if (Files.isRegularFile(log)) {
      try {
        Files.move(
            log,
            log.resolveSibling(child.name() + ".previous.log"),
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot rename " + log, e);
      }
    }
  }

  private Path folder(String variable, String inHome) {
    String set = environment.getOrDefault(variable, "");
    return set.isBlank() ? home.resolve(inHome) : Path.of(set);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private String url(Port port) {
    return ports().http(port).toString();
  }

  private String local(Port port, String path) {
    return "http://localhost:" + number(port) + path;
  }

  private String number(Port port) {
    return Integer.toString(ports().of(port));
  }

  private Ports ports() {
    return settings.ports();
  }
}
