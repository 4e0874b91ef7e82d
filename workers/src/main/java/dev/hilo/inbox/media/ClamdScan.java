package dev.hilo.inbox.media;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks clamd over TCP, with its command INSTREAM: chunks with their length before them, an empty
 * one at the end, one line as the answer. clamd's {@code StreamMaxLength} must be at least as large
 * as the largest file; beyond it clamd judges nothing.
 *
 * <p>Source: clamd(8), "COMMANDS", INSTREAM.
 */
public final class ClamdScan implements VirusScan {

  private static final int CHUNK = 64 * 1024;
  private static final int LONGEST_REPLY = 4096;

  private final String host;
  private final int port;
  private final int timeoutMillis;

  /**
   * A scanner at an address.
   *
   * @param timeout longest wait for a connection, and for the answer
   */
  public ClamdScan(String host, int port, Duration timeout) {
    this.host = host;
    this.port = port;
    this.timeoutMillis = Math.toIntExact(timeout.toMillis());
  }

  @Override
  public Verdict scan(InputStream bytes) throws IOException {
    try (Socket socket = new Socket()) {
      try {
        socket.connect(new InetSocketAddress(host, port), timeoutMillis);
        socket.setSoTimeout(timeoutMillis);
      } catch (IOException e) {
        return new Verdict.Unavailable("clamd cannot be reached");
      }
      if (!send(bytes, socket)) {
        // It says why before it hangs up, for example that the file is too long.
        return judge(reply(socket), true);
      }
      return judge(reply(socket), false);
    }
  }

  /** Sends the file; false if clamd stopped listening. */
  private static boolean send(InputStream bytes, Socket socket) throws IOException {
    byte[] chunk = new byte[CHUNK];
    DataOutputStream out;
    try {
      out = new DataOutputStream(socket.getOutputStream());
      out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return false;
    }
    int read;
    while ((read = bytes.readNBytes(chunk, 0, CHUNK)) > 0) {
      try {
        out.writeInt(read);
        out.write(chunk, 0, read);
      } catch (IOException e) {
        return false;
      }
    }
    try {
      out.writeInt(0);
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String reply(Socket socket) {
    try {
      byte[] reply = socket.getInputStream().readNBytes(LONGEST_REPLY);
      return new String(reply, StandardCharsets.UTF_8).replace("\0", "").strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static Verdict judge(String reply, boolean cutOff) {
    if (reply.endsWith(" FOUND")) {
      String name = reply.substring(0, reply.length() - " FOUND".length());
      return new Verdict.Infected(name.substring(name.indexOf(':') + 1).strip());
    }
    if (!cutOff && reply.endsWith(": OK")) {
      return new Verdict.Clean();
    }
    if (reply.contains("size limit exceeded")) {
      return new Verdict.Unavailable("the file is larger than clamd's StreamMaxLength");
    }
    return new Verdict.Unavailable(
        reply.isEmpty() ? "clamd gave no answer" : "clamd could not scan the file");
  }
}
