package dev.hilo.inbox.real;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Hilo in a process of its own, so that it can be killed. */
final class HiloProcess {

  private static final Path JAR = Path.of("target", "hilo-workers.jar");
  private static final AtomicBoolean COPIED = new AtomicBoolean();

  private final Process process;
  private final URI address;

  private HiloProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts Hilo and waits until it takes messages. */
  static HiloProcess start(int port, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException("expected " + JAR + "; the package phase makes it");
    }
    Files.createDirectories(log.getParent());
    // A copy, so that a build beside the tests does not take the jar away from a running node.
    Path jar = log.resolveSibling("hilo-workers-under-test.jar");
    if (COPIED.compareAndSet(false, true)) {
      Files.copy(JAR, jar, StandardCopyOption.REPLACE_EXISTING);
    }
    return start(jar, List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"), port, environment, log);
  }

  /** Starts a jar of Hilo and waits until it takes messages. */
  static HiloProcess start(
      Path jar, List<String> options, int port, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("HILO_PORT", Integer.toString(port));
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    HiloProcess hilo = new HiloProcess(builder.start(), URI.create("http://127.0.0.1:" + port));
    hilo.awaitHealthy(log);
    return hilo;
  }

  private void awaitHealthy(Path log) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        throw new IllegalStateException("Hilo ended while starting; see " + log);
      }
      try {
        HttpResponse<Void> answer =
            http.send(
                HttpRequest.newBuilder(address.resolve("/actuator/health/hilo"))
                    .timeout(Duration.ofSeconds(5))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    stop();
    throw new IllegalStateException("Hilo was not healthy after three minutes; see " + log);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  /** Ends it in good order. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
