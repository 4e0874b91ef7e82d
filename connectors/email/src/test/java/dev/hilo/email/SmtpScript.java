package dev.hilo.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that answers as the test wrote it down; what it is not told it takes. */
final class SmtpScript implements AutoCloseable {

  /** In place of an answer: the line is cut. */
  static final String CUT = "cut";

  private final ServerSocket listening;
  private final Map<String, String> answers =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> said = new CopyOnWriteArrayList<>();
  private volatile String extensions = "";

  SmtpScript() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /**
   * Answers a command that begins so; {@code "."} is the end of a mail, {@code "greeting"} the
   * first word, {@code "(empty)"} an empty line.
   */
  SmtpScript on(String command, String answer) {
    answers.put(command, answer);
    return this;
  }

  SmtpScript offering(String extension) {
    extensions = extension;
    return this;
  }

  /** Every line that came, those of mails as well. */
  List<String> said() {
    return said;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Thread.ofPlatform().daemon().start(() -> talk(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void talk(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = client.getOutputStream();
      if (!answer(out, "greeting", "220 mx.test ESMTP")) {
        return;
      }
      boolean mail = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        said.add(line);
        if (mail && !line.equals(".")) {
          if (CUT.equals(answers.get("body"))) {
            return;
          }
          continue;
        }
        mail = false;
        String command = line.isEmpty() ? "(empty)" : line;
        String usual = "250 2.0.0 ok";
        if (line.startsWith("EHLO")) {
          usual = extensions.isEmpty() ? "250 mx.test" : "250-mx.test\r\n250 " + extensions;
        } else if (line.equals("DATA")) {
          usual = "354 go on";
        } else if (line.startsWith("AUTH")) {
          usual = "235 2.7.0 welcome";
        }
        if (!answer(out, command, usual)) {
          return;
        }
        mail = line.equals("DATA") && !answers.containsKey("DATA");
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private boolean answer(OutputStream out, String command, String usual) throws IOException {
    String answer =
        answers.entrySet().stream()
            .filter(
                entry -> command.regionMatches(true, 0, entry.getKey(), 0, entry.getKey().length()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(usual);
    if (answer.equals(CUT)) {
      return false;
    }
    out.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return true;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
