package dev.hilo.inbox.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between Hilo and a server, and does something at a certain request: either before the
 * server gets it, or after the server has answered and before Hilo hears the answer.
 */
final class TriggerProxy implements AutoCloseable {

  /** When the action is done. */
  enum When {
    BEFORE,
    AFTER
  }

  private record Trigger(String request, When when, Runnable action) {}

  private final ServerSocket listening;
  private final int target;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<Optional<Trigger>> trigger =
      new AtomicReference<>(Optional.empty());

  private TriggerProxy(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  static TriggerProxy to(int target) throws IOException {
    TriggerProxy proxy =
        new TriggerProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), target);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  int port() {
    return listening.getLocalPort();
  }

  /**
   * Arms the proxy for one request.
   *
   * @param request bytes that the request holds, as Latin-1
   */
  void at(String request, When when, Runnable action) {
    trigger.set(Optional.of(new Trigger(request, when, action)));
  }

  boolean fired() {
    return trigger.get().isEmpty();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket here = listening.accept();
        Socket there;
        try {
          there = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
          // The server is down: Hilo finds no connection, as it would without us.
          here.close();
          continue;
        }
        here.setTcpNoDelay(true);
        there.setTcpNoDelay(true);
        AtomicReference<Optional<Runnable>> onAnswer = new AtomicReference<>(Optional.empty());
        threads.execute(() -> pump(here, there, chunk -> request(chunk, onAnswer)));
        threads.execute(() -> pump(there, here, chunk -> answer(onAnswer)));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  /** What to do with a chunk: true to hand it on. */
  private interface Step {
    boolean take(String chunk);
  }

  private boolean request(String chunk, AtomicReference<Optional<Runnable>> onAnswer) {
    Optional<Trigger> armed = trigger.get();
    if (armed.isEmpty() || !chunk.contains(armed.get().request())) {
      return true;
    }
    if (!trigger.compareAndSet(armed, Optional.empty())) {
      return true;
    }
    if (armed.get().when() == When.BEFORE) {
      armed.get().action().run();
      return false;
    }
    onAnswer.set(Optional.of(armed.get().action()));
    return true;
  }

  private static boolean answer(AtomicReference<Optional<Runnable>> onAnswer) {
    Optional<Runnable> action = onAnswer.getAndSet(Optional.empty());
    action.ifPresent(Runnable::run);
    return action.isEmpty();
  }

  private static void pump(Socket from, Socket to, Step step) {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!step.take(new String(buffer, 0, n, StandardCharsets.ISO_8859_1))) {
          return;
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // One side has gone; the other is closed with it.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
