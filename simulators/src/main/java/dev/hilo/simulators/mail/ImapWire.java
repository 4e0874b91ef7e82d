package dev.hilo.simulators.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's connection as GreenMail sees it. It reads each command first: logins with a token are
 * settled here, with the exchange that GreenMail lacks, and faults are done to the bytes. What is
 * left is GreenMail's.
 *
 * <p>Source: RFC 3501, RFC 4959 (initial response), RFC 7888 (literals).
 */
final class ImapWire extends Socket {

  private static final int MAX_LINE = 64 * 1024;
  private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,9})\\+?}\\r?\\n\\z");
  private static final Pattern COMMAND =
      Pattern.compile("(\\S+) +(\\S+)(?: +(.*?))?\\r?\\n", Pattern.DOTALL);
  private static final Pattern UNTIL_SPACE = Pattern.compile("\"([^\"]*)\".*|(\\S+).*");

  private final Socket client;
  private final Mailboxes mailboxes;
  private final MailLogin login;
  private final MailFaults faults;
  private final Commands commands;
  private final Answers answers;
  private volatile String user = "";
  private volatile boolean idle;

  ImapWire(Socket client, Mailboxes mailboxes, MailLogin login, MailFaults faults)
      throws IOException {
    this.client = client;
    this.mailboxes = mailboxes;
    this.login = login;
    this.faults = faults;
    this.commands = new Commands(client.getInputStream());
    this.answers = new Answers(client.getOutputStream());
  }

  /** Whether the client waits for news. */
  boolean isIdle() {
    return idle && !client.isClosed();
  }

  String user() {
    return user;
  }

  @Override
  public InputStream getInputStream() {
    return commands;
  }

  @Override
  public OutputStream getOutputStream() {
    return answers;
  }

  @Override
  public InetAddress getInetAddress() {
    return client.getInetAddress();
  }

  @Override
  public int getPort() {
    return client.getPort();
  }

  @Override
  public boolean isClosed() {
    return client.isClosed();
  }

  @Override
  public synchronized int getSoTimeout() throws SocketException {
    return client.getSoTimeout();
  }

  @Override
  public synchronized void close() throws IOException {
    client.close();
  }

  /** Says goodbye and closes, as a server that is restarted. */
  void drop() {
    try {
      answers.line("* BYE server is going down");
    } catch (IOException e) {
      // It is gone already.
    } finally {
      closeQuietly();
    }
  }

  private void closeQuietly() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a socket can be closed", e);
    }
  }

  /** What the client sends, line by line; the bytes of literals are passed on unread. */
  private final class Commands extends InputStream {

    private final InputStream in;
    private byte[] ready = {};
    private int at;
    private long literal;
    private boolean continued;

    Commands(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (at == ready.length) {
        Optional<byte[]> next = literal > 0 ? literalBytes() : command();
        if (next.isEmpty()) {
          return -1;
        }
        ready = next.get();
        at = 0;
      }
      int count = Math.min(length, ready.length - at);
      System.arraycopy(ready, at, into, offset, count);
      at += count;
      return count;
    }

    @Override
    public int available() {
      return ready.length - at;
    }

    private Optional<byte[]> literalBytes() throws IOException {
      byte[] bytes = new byte[(int) Math.min(literal, 8192)];
      int count = in.read(bytes);
      if (count < 0) {
        return Optional.empty();
      }
      literal -= count;
      return Optional.of(Arrays.copyOf(bytes, count));
    }

    /** The next line as GreenMail is to see it; no bytes when it is not to see it. */
    private Optional<byte[]> command() throws IOException {
      Optional<String> line = line();
      if (line.isEmpty()) {
        return Optional.empty();
      }
      String text = line.get();
      boolean restOfCommand = continued;
      Matcher ending = LITERAL.matcher(text);
      continued = ending.find();
      literal = continued ? Long.parseLong(ending.group(1)) : 0;
      String seen = restOfCommand ? text : seen(text);
      return Optional.of(seen.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Optional<String> line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream(256);
      while (line.size() < MAX_LINE) {
        int next = in.read();
        if (next < 0) {
          return Optional.empty();
        }
        line.write(next);
        if (next == '\n') {
          return Optional.of(line.toString(StandardCharsets.ISO_8859_1));
        }
      }
      throw new IOException("a line is longer than " + MAX_LINE + " bytes");
    }

    private String seen(String line) throws IOException {
      if (idle) {
        idle = false;
        return line;
      }
      faults.take(MailFault.Kind.SLOW, user).flatMap(MailFault::delay).ifPresent(ImapWire::waitFor);
      Matcher command = COMMAND.matcher(line);
      if (!command.matches()) {
        return line;
      }
      String tag = command.group(1);
      String rest = Optional.ofNullable(command.group(3)).orElse("");
      String name = command.group(2).toUpperCase(Locale.ROOT);
      switch (name) {
        case "AUTHENTICATE" -> {
          String[] parts = rest.strip().split(" +", 2);
          if (parts[0].equalsIgnoreCase("XOAUTH2")) {
            return authenticate(tag, parts.length > 1 ? parts[1] : "");
          }
        }
        case "LOGIN" -> {
          return logIn(tag, rest, line);
        }
        case "IDLE" -> idle = true;
        case "FETCH" -> cutNext();
        case "UID" -> {
          if (rest.toUpperCase(Locale.ROOT).startsWith("FETCH")) {
            cutNext();
          }
        }
        default -> {
          // GreenMail's alone.
        }
      }
      return line;
    }

    private String logIn(String tag, String rest, String line) throws IOException {
      Matcher first = UNTIL_SPACE.matcher(rest);
      if (first.matches()) {
        user = Optional.ofNullable(first.group(1)).orElse(first.group(2));
      }
      if (!continued && login.isRefused(user)) {
        refuse(tag);
        return "";
      }
      return line;
    }

    private String authenticate(String tag, String initial) throws IOException {
      String response = initial;
      if (response.isEmpty() || response.equals("=")) {
        answers.line("+ ");
        response = line().orElse("");
      }
      Optional<String> address = login.byToken(response);
      if (address.isPresent()) {
        user = address.get();
        String own = "user=" + user + "\1auth=Bearer " + mailboxes.passwordOf(user) + "\1\1";
        return tag + " AUTHENTICATE XOAUTH2 " + MailLogin.base64(own) + "\r\n";
      }
      answers.line("+ " + MailLogin.CHALLENGE);
      // Whatever the client answers: it is an empty line.
      if (line().isPresent()) {
        refuse(tag);
      }
      return "";
    }

    private void refuse(String tag) throws IOException {
      answers.line(tag + " NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)");
    }

    private void cutNext() {
      faults
          .take(MailFault.Kind.CUT_FETCH, user)
          .ifPresent(fault -> answers.cutAfter(fault.afterBytes().orElse(0)));
    }
  }

  private static void waitFor(Duration delay) {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the client gets, up to where it is to be cut. */
  private final class Answers extends OutputStream {

    private final OutputStream out;
    private long left = Long.MAX_VALUE;

    Answers(OutputStream out) {
      this.out = out;
    }

    synchronized void cutAfter(long bytes) {
      left = bytes;
    }

    synchronized void line(String text) throws IOException {
      write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
      flush();
    }

    @Override
    public synchronized void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      if (length <= left) {
        out.write(bytes, offset, length);
        left -= left == Long.MAX_VALUE ? 0 : length;
        return;
      }
      out.write(bytes, offset, (int) left);
      out.flush();
      closeQuietly();
      throw new SocketException("cut on demand");
    }

    @Override
    public synchronized void flush() throws IOException {
      out.flush();
    }
  }
}
