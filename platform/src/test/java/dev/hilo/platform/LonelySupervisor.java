package dev.hilo.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts one child and then is killed with {@code kill -9}, by itself. */
final class LonelySupervisor {
  private LonelySupervisor() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    PidFile pids = new PidFile(folder.resolve("run.pids"));
    Supervisor supervisor = new Supervisor(pids, line -> {});
    supervisor.start(SupervisorTest.wellBehaved(folder, "store"));
    Files.writeString(folder.resolve("child.pid"), Long.toString(pids.alive().get(1).pid()));
    new ProcessBuilder("kill", "-KILL", Long.toString(ProcessHandle.current().pid())).start();
    supervisor.crash().join();
  }
}
