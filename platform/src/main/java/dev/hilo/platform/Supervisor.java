package dev.hilo.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Starts children in the order of their needs, watches them, and stops them in the reverse order.
 * Ends only what it started. Safe to stop from another thread while it starts.
 */
final class Supervisor implements AutoCloseable {
  private final PidFile pids;
  private final Consumer<String> progress;
  private final CompletableFuture<PlatformException> crash = new CompletableFuture<>();
  private final Object lock = new Object();

  // All guarded by lock.
  private final Map<String, Child> children = new LinkedHashMap<>();
  private final Guard guard;
  private volatile boolean stopping;

  /**
   * @param pids where the started processes are written down
   * @param progress receives a line for each child that is up
   * @throws PlatformException when processes of an earlier start are still alive
   */
  Supervisor(PidFile pids, Consumer<String> progress) {
    this.pids = pids;
    this.progress = progress;
    pids.requireNobody();
    guard = new Guard();
    pids.write(Map.of("supervisor", ProcessHandle.current()));
  }

  /**
   * Starts all, each as soon as those it needs are up, and waits until all are up.
   *
   * @throws PlatformException when one ends or does not come up; the others are left to {@link
   *     #stop()}
   */
  void startAll(List<ChildSpec> specs) {
    Map<String, CompletableFuture<Void>> up = new LinkedHashMap<>();
    for (ChildSpec spec : specs) {
      up.put(spec.name(), new CompletableFuture<>());
    }
    CompletableFuture<RuntimeException> failure = new CompletableFuture<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> starts = new ArrayList<>();
      for (ChildSpec spec : specs) {
        starts.add(threads.submit(() -> startAfterNeeds(spec, up, failure)));
      }
      CompletableFuture<Void> all =
          CompletableFuture.allOf(up.values().toArray(CompletableFuture[]::new));
      Object outcome = CompletableFuture.anyOf(all, failure, crash).join();
      if (outcome instanceof RuntimeException reason) {
        starts.forEach(start -> start.cancel(true));
        throw reason;
      }
    }
  }

  /** Starts one and waits until it is up. */
  void start(ChildSpec spec) {
    startAll(List.of(spec));
  }

  /** Ends one at once, as {@code kill -9} does; that is no crash. */
  void kill(String name) {
    Child child;
    synchronized (lock) {
      child = children.get(name);
    }
    if (child == null || !child.isAlive()) {
      throw new IllegalStateException(name + " is not running");
    }
    child.kill();
    forget(child);
  }

  /** Completes with the report when a child ends that nobody asked to. */
  CompletableFuture<PlatformException> crash() {
    return crash.copy();
  }

  /** Whether {@link #stop()} was called. */
  boolean isStopping() {
    return stopping;
  }

  /** Stops all, those that others need last. Returns when all have ended; may be called twice. */
  void stop() {
    synchronized (lock) {
      if (stopping && children.isEmpty()) {
        return;
      }
      stopping = true;
      Map<String, Child> left = new LinkedHashMap<>(children);
      while (!left.isEmpty()) {
        stopTogether(notNeededBy(left));
        left.keySet().retainAll(aliveNames(left));
      }
      children.clear();
      guard.close();
      pids.delete();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private Void startAfterNeeds(
      ChildSpec spec,
      Map<String, CompletableFuture<Void>> up,
      CompletableFuture<RuntimeException> failure)
      throws InterruptedException, ExecutionException {
    for (String need : spec.needs()) {
      CompletableFuture<Void> needed = up.get(need);
      if (needed != null) {
        needed.get();
      }
    }
    try {
      long begin = System.nanoTime();
      Child child = startNow(spec);
      child.awaitUp();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      progress.accept("%-10s is up (%d s)".formatted(spec.name(), took.toSeconds()));
      Objects.requireNonNull(up.get(spec.name())).complete(null);
    } catch (RuntimeException e) {
      failure.complete(e);
      return null;
    }
    return null;
  }

  private Child startNow(ChildSpec spec) {
    synchronized (lock) {
      if (stopping) {
        throw new PlatformException("stopped while starting");
      }
      Child child = Child.start(spec);
      children.put(spec.name(), child);
      guard.add(child.handle().pid());
      writePids();
      Thread.ofVirtual().name("watch-" + spec.name()).start(() -> watch(child));
      return child;
    }
  }

  private void watch(Child child) {
    child.awaitEnd();
    if (!child.endWanted()) {
      crash.complete(new PlatformException(child.crashReport()));
    }
  }

  private void forget(Child child) {
    synchronized (lock) {
      children.remove(child.name());
      guard.drop(child.handle().pid());
      writePids();
    }
  }

  private void writePids() {
    Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    processes.put("supervisor", ProcessHandle.current());
    children.forEach((name, child) -> processes.put(name, child.handle()));
    pids.write(processes);
  }

  private static List<Child> notNeededBy(Map<String, Child> left) {
    Set<String> needed = new LinkedHashSet<>();
    left.values().forEach(child -> needed.addAll(child.spec().needs()));
    List<Child> free =
        left.values().stream().filter(child -> !needed.contains(child.name())).toList();
    return free.isEmpty() ? List.copyOf(left.values()) : free;
  }

  private static void stopTogether(List<Child> children) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      children.forEach(child -> threads.execute(child::stop));
    }
  }

  private static Set<String> aliveNames(Map<String, Child> children) {
    Set<String> alive = new LinkedHashSet<>();
    children.forEach(
        (name, child) -> {
          if (child.isAlive()) {
            alive.add(name);
          }
        });
    return alive;
  }
}
