package dev.hilo.email;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * Makes the first bytes of a mail fit to be read: no empty lines, no byte order mark, no mbox line
 * ({@code From jane@example.com Mon May 2 ...}) before the header; lines that end in a bare
 * carriage return end in a line feed; a text without any header gets an empty one.
 */
final class MailStart {

  private static final int LOOKED_AT = 8 * 1024;

  private final PartWalker.Visitor visitor;

  MailStart(PartWalker.Visitor visitor) {
    this.visitor = visitor;
  }

  InputStream open(InputStream mail) throws IOException {
    byte[] start = mail.readNBytes(LOOKED_AT);
    boolean bareReturns = endsLinesWithReturn(start);
    int from = skipBlank(start, hasMark(start) ? 3 : 0);
    boolean mbox = startsWith(start, from, "From ") || startsWith(start, from, ">From ");
    if (mbox && !isFromField(start, from)) {
      from = skipBlank(start, lineEnd(start, from));
    }
    InputStream whole =
        new SequenceInputStream(new ByteArrayInputStream(start, from, start.length - from), mail);
    if (start.length > from && !isField(start, from)) {
      visitor.damage("no header");
      whole = new SequenceInputStream(new ByteArrayInputStream(new byte[] {'\r', '\n'}), whole);
    }
    if (bareReturns) {
      visitor.damage("lines end in bare returns");
      whole = new BareReturns(whole);
    }
    return whole;
  }

  /** Whether the first line, or one soon after it, is a header field. */
  private static boolean isField(byte[] start, int from) {
    int line = from;
    for (int i = 0; i < 3 && line < start.length; i++) {
      int at = line;
      while (at < start.length && start[at] > ' ' && start[at] != ':' && start[at] < 127) {
        at++;
      }
      int name = at;
      while (at < start.length && (start[at] == ' ' || start[at] == '\t')) {
        at++;
      }
      if (name > line && at < start.length && start[at] == ':') {
        return true;
      }
      int next = lineEnd(start, line);
      if (next < start.length && (start[next] == '\n' || start[next] == '\r')) {
        return false;
      }
      line = next;
    }
    return false;
  }

  /** {@code From : jane@example.com}, obsolete but a field. */
  private static boolean isFromField(byte[] start, int from) {
    int at = from + "From".length();
    while (at < start.length && start[at] == ' ') {
      at++;
    }
    return at < start.length && start[at] == ':';
  }

  private static boolean endsLinesWithReturn(byte[] start) {
    for (int i = 0; i < start.length; i++) {
      if (start[i] == '\n') {
        return false;
      }
      if (start[i] == '\r') {
        return (i + 1 < start.length && start[i + 1] != '\n' && start[i + 1] != '\r')
            || (i + 2 < start.length && start[i + 1] == '\r' && start[i + 2] != '\n');
      }
    }
    return false;
  }

  private static boolean hasMark(byte[] start) {
    return start.length >= 3
        && start[0] == (byte) 0xEF
        && start[1] == (byte) 0xBB
        && start[2] == (byte) 0xBF;
  }

  private static int skipBlank(byte[] start, int from) {
    int at = from;
    while (at < start.length && (start[at] == '\r' || start[at] == '\n')) {
      at++;
    }
    return at;
  }

  private static boolean startsWith(byte[] start, int from, String text) {
    if (from + text.length() > start.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (start[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int lineEnd(byte[] start, int from) {
    int at = from;
    while (at < start.length && start[at] != '\n' && start[at] != '\r') {
      at++;
    }
    if (at + 1 < start.length && start[at] == '\r' && start[at + 1] == '\n') {
      at++;
    }
    return Math.min(at + 1, start.length);
  }

  /** Turns a carriage return that no line feed follows into a line feed. */
  private static final class BareReturns extends FilterInputStream {
    private int next = -2;

    private BareReturns(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int c = next == -2 ? in.read() : next;
      next = -2;
      if (c == '\r') {
        next = in.read();
        return next == '\n' ? c : '\n';
      }
      return c;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = 0;
      while (count < length) {
        int c = read();
        if (c < 0) {
          return count == 0 ? -1 : count;
        }
        target[offset + count++] = (byte) c;
      }
      return count;
    }
  }
}
