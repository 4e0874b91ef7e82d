package dev.hilo.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Stands between a client and a server, and cuts the line when told so. */
final class CuttingProxy implements AutoCloseable {

  /** After a matching line of the client only so many bytes of the server's come through. */
  private volatile Predicate<String> trigger = line -> false;

  private volatile long bytesAfter;
  private volatile UnaryOperator<String> rewriting = UnaryOperator.identity();
  private final int target;
  private final ServerSocket listening;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  CuttingProxy(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Cuts after a line of the client that matches, and so many bytes of the answer. */
  void cutAfter(Predicate<String> line, long bytes) {
    bytesAfter = bytes;
    trigger = line;
  }

  void cutNoMore() {
    trigger = line -> false;
  }

  /** Changes what the server says. */
  void rewrite(UnaryOperator<String> change) {
    rewriting = change;
  }

  /** What clients said, line by line. */
  List<String> said() {
    return said;
  }

  /** Cuts every line now. */
  void cutAll() {
    open.forEach(CuttingProxy::close);
    open.clear();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        AtomicLong left = new AtomicLong(Long.MAX_VALUE);
        Thread.ofPlatform().daemon().start(() -> toServer(client, server, left));
        Thread.ofPlatform().daemon().start(() -> toClient(client, server, left));
      }
    } catch (IOException e) {
      cutAll();
    }
  }

  private void toServer(Socket client, Socket server, AtomicLong left) {
    try (client;
        server) {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        line.append((char) c);
        if (c == '\n') {
          said.add(line.toString().strip());
          if (trigger.test(line.toString())) {
            left.set(bytesAfter);
          }
          out.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          line.setLength(0);
        }
      }
    } catch (IOException e) {
      // Cut.
    }
  }

  private void toClient(Socket client, Socket server, AtomicLong left) {
    byte[] buffer = new byte[4096];
    try (client;
        server) {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        byte[] answer =
            rewriting
                .apply(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        int length = (int) Math.min(answer.length, left.get());
        out.write(answer, 0, length);
        out.flush();
        if (left.get() != Long.MAX_VALUE && left.addAndGet(-length) <= 0) {
          return;
        }
      }
    } catch (IOException e) {
      // Cut.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cutAll();
  }
}
