package dev.hilo.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class SupervisorTest {
  /** Says on a shared page what it does; is up once its file is there. */
  private static final String CHILD =
      """
      trap 'echo "$1 stopped" >> "$2/story"; exit 0' TERM
      echo "$1 started" >> "$2/story"
      touch "$2/$1.up"
      while true; do sleep 0.05; done
      """;

  @TempDir private Path folder = Path.of("");

  private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
  private PidFile pids = new PidFile(Path.of(""));

  @BeforeEach
  void choosePidFile() {
    pids = new PidFile(folder.resolve("run.pids"));
  }

  @Test
  void shouldStartAfterNeedsAndStopInReverseOrderWhenChildrenNeedEachOther() throws IOException {
    // given
    try (Supervisor supervisor = supervisor()) {
      // when
      supervisor.startAll(
          List.of(
              wellBehaved("hilo", "broker"), wellBehaved("broker", "store"), wellBehaved("store")));
      supervisor.stop();
    }

    // then
    assertThat(folder.resolve("story"))
        .hasContent(
            """
            store started
            broker started
            hilo started
            hilo stopped
            broker stopped
            store stopped
            """);
    assertThat(progress).hasSize(3).allMatch(line -> line.contains("is up"));
    assertThat(pids.alive()).isEmpty();
  }

  @Test
  void shouldReportNameCodeAndLogWhenChildEndsInsteadOfComingUp() {
    // given
    ChildSpec broken = child("broker", Set.of(), "echo 'no disk left'; exit 7", () -> false);

    // when, then
    try (Supervisor supervisor = supervisor()) {
      assertThatThrownBy(() -> supervisor.startAll(List.of(wellBehaved("store"), broken)))
          .isInstanceOf(PlatformException.class)
          .hasMessageStartingWith("broker ended by itself with exit code 7. The last 1 lines of ")
          .hasMessageEndingWith("broker.log:\n  | no disk left");
    }
  }

  @Test
  void shouldReportWhenChildCrashesLater() throws IOException {
    // given
    try (Supervisor supervisor = supervisor()) {
      ChildSpec dying =
          child(
              "broker",
              Set.of(),
              "echo up; touch broker.up; while [ ! -f die ]; do sleep 0.05; done; echo bye; exit 3",
              () -> Files.exists(folder.resolve("broker.up")));
      supervisor.startAll(List.of(dying));

      // when
      Files.createFile(folder.resolve("die"));
      PlatformException report = supervisor.crash().orTimeout(30, TimeUnit.SECONDS).join();

      // then
      assertThat(report)
          .hasMessageStartingWith("broker ended by itself with exit code 3.")
          .hasMessageContaining("  | bye");
    }
  }

  @Test
  void shouldStopWaitingWhenAnotherChildCrashes() {
    // given: one that never comes up, and one that ends at once
    ChildSpec slow = child("webapps", Set.of(), "while true; do sleep 0.05; done", () -> false);
    ChildSpec broken = child("broker", Set.of(), "exit 1", () -> false);

    // when, then
    try (Supervisor supervisor = supervisor()) {
      assertThatThrownBy(() -> supervisor.startAll(List.of(slow, broken)))
          .hasMessage(
              "broker ended by itself with exit code 1. Its log "
                  + folder.resolve("broker.log")
                  + " is empty.");
    }
    assertThat(pids.alive()).isEmpty();
  }

  @Test
  void shouldGiveUpWhenChildDoesNotComeUpInTime() {
    // given
    ChildSpec slow =
        new ChildSpec(
            "store",
            Set.of(),
            List.of("/bin/sh", "-c", "while true; do sleep 0.05; done"),
            Map.of(),
            folder,
            folder.resolve("store.log"),
            () -> false,
            Duration.ofMillis(300),
            Duration.ofSeconds(30));

    // when, then
    try (Supervisor supervisor = supervisor()) {
      assertThatThrownBy(() -> supervisor.start(slow))
          .hasMessageStartingWith("store is not up after 0 s.");
    }
  }

  @Test
  void shouldKillWhenChildDoesNotEndInTime() {
    // given
    ChildSpec stubborn =
        new ChildSpec(
            "store",
            Set.of(),
            List.of(
                "/bin/sh", "-c", "trap '' TERM; touch store.up; while true; do sleep 0.05; done"),
            Map.of(),
            folder,
            folder.resolve("store.log"),
            () -> Files.exists(folder.resolve("store.up")),
            Duration.ofSeconds(40),
            Duration.ofMillis(200));
    Supervisor supervisor = supervisor();
    supervisor.start(stubborn);
    List<PidFile.Running> before = pids.alive();

    // when
    supervisor.stop();

    // then
    assertThat(before).extracting(PidFile.Running::name).containsExactly("supervisor", "store");
    assertThat(before)
        .filteredOn(running -> running.name().equals("store"))
        .allMatch(running -> ProcessHandle.of(running.pid()).isEmpty());
  }

  @Test
  void shouldStartAgainWhenChildWasKilledOnPurpose() throws IOException {
    // given
    try (Supervisor supervisor = supervisor()) {
      ChildSpec store = wellBehaved("store");
      supervisor.start(store);

      // when
      supervisor.kill("store");
      Files.delete(folder.resolve("store.up"));
      supervisor.start(store);

      // then
      assertThat(supervisor.crash()).isNotDone();
      assertThat(folder.resolve("story")).hasContent("store started\nstore started\n");
    }
  }

  @Test
  void shouldNameProcessesWhenEarlierStartStillRuns() {
    // given
    try (Supervisor first = supervisor()) {
      first.start(wellBehaved("store"));
      long store = pids.alive().get(1).pid();

      // when, then
      assertThatThrownBy(this::supervisor)
          .isInstanceOf(PlatformException.class)
          .hasMessage(
              "An earlier start still runs on this data (%s): supervisor (process %d), store (process %d). Stop it first."
                  .formatted(folder, ProcessHandle.current().pid(), store));
    }
  }

  @Test
  void shouldNotBlameStrangerWhenProcessIdWasGivenToSomebodyElse() throws IOException {
    // given: our own process id, with another start time
    Files.writeString(
        folder.resolve("run.pids"), "broker " + ProcessHandle.current().pid() + " 1000\nrubbish\n");

    // when, then
    assertThat(pids.alive()).isEmpty();
  }

  @Test
  void shouldEndChildrenWhenSupervisorIsKilled() throws Exception {
    // given: a supervisor in a process of its own
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LonelySupervisor.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("other.log").toFile())
            .start();
    other.onExit().orTimeout(50, TimeUnit.SECONDS).join();
    long child = Long.parseLong(Files.readString(folder.resolve("child.pid")).strip());

    // when: it has killed itself; then
    ProcessHandle.of(child).ifPresent(left -> left.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    assertThat(other.exitValue()).isEqualTo(137);
    assertThat(folder.resolve("story")).hasContent("store started\nstore stopped\n");
  }

  private Supervisor supervisor() {
    return new Supervisor(pids, progress::add);
  }

  private ChildSpec wellBehaved(String name, String... needs) {
    return wellBehaved(folder, name, needs);
  }

  static ChildSpec wellBehaved(Path folder, String name, String... needs) {
    return new ChildSpec(
        name,
        Set.of(needs),
        List.of("/bin/sh", "-c", CHILD, "child", name, folder.toString()),
        Map.of(),
        folder,
        folder.resolve(name + ".log"),
        () -> Files.exists(folder.resolve(name + ".up")),
        Duration.ofSeconds(40),
        Duration.ofSeconds(30));
  }

  private ChildSpec child(String name, Set<String> needs, String script, Health health) {
    return new ChildSpec(
        name,
        needs,
        List.of("/bin/sh", "-c", script),
        Map.of(),
        folder,
        folder.resolve(name + ".log"),
        health,
        Duration.ofSeconds(40),
        Duration.ofSeconds(30));
  }
}
