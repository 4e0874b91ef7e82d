package dev.hilo.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A command that is waited for, writes where we write, and does not outlive us. */
final class Foreground {
  private Foreground() {}

  /**
   * Runs a command.
   *
   * @param environment variables to set on top of our own
   * @param whenMissing what to tell the user if there is no such program
   * @throws PlatformException when it is missing or ends with an error
   */
  static void run(
      List<String> command, Path directory, Map<String, String> environment, String whenMissing) {
    int code =
        exitCode(command, directory, environment, whenMissing, new CompletableFuture<Object>());
    if (code != 0) {
      throw new PlatformException(
          "'%s' ended with code %d; its output above says why."
              .formatted(String.join(" ", command), code));
    }
  }

  /**
   * Runs a command and gives its exit code.
   *
   * @param environment variables to set on top of our own
   * @param whenMissing what to tell the user if there is no such program
   * @param noLongerOfUse ends the command when it completes
   * @throws PlatformException when the program is missing
   */
  static int exitCode(
      List<String> command,
      Path directory,
      Map<String, String> environment,
      String whenMissing,
      CompletableFuture<?> noLongerOfUse) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new PlatformException(
          "%s ('%s' cannot be started: %s).".formatted(whenMissing, command.get(0), e.getMessage()),
          e);
    }
    Thread ender = new Thread(process::destroy, "end-" + command.get(0));
    Runtime.getRuntime().addShutdownHook(ender);
    CompletableFuture<?> watch = noLongerOfUse.thenRun(process::destroy);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new PlatformException("stopped while '" + command.get(0) + "' was running", e);
    } finally {
      watch.cancel(false);
      removeHook(ender);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // We are being shut down: the hook is running, as it should.
    }
  }
}
