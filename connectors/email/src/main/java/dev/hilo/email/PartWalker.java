package dev.hilo.email;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.apache.james.mime4j.io.MaxHeaderLengthLimitException;
import org.apache.james.mime4j.stream.DefaultFieldBuilder;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.ByteSequence;

/**
 * Goes once through a mail from front to back and shows every leaf part, with a path that stays the
 * same at every reading: {@code "1"} for a mail of one part, else the number of each part within
 * its multipart, {@code "2.1"}. An attached mail is a leaf.
 *
 * <p>Memory is flat: a part is a stream. A mail nested deeper than {@value #MAX_DEPTH} or with more
 * than {@value #MAX_PARTS} parts is read so far and no further.
 */
final class PartWalker {

  static final int MAX_DEPTH = 20;
  static final int MAX_PARTS = 1000;

  private static final int PREAMBLE_BYTES = 256 * 1024;
  private static final int SNIFFED_BYTES = 64 * 1024;
  private static final int MAX_ADDRESS_LINE = 1000;
  private static final Set<String> LISTS = Set.of("from", "to", "cc", "reply-to");
  private static final Pattern ADDRESS_LINE =
      Pattern.compile("[^@]{0,300}[^\\s@<>,]{1,64}@[^\\s@<>,]{1,255}>?[\\s,]*");
  private static final MimeConfig CONFIG =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderCount(-1)
          .setMaxHeaderLen(-1)
          .setMaxContentLen(-1)
          .setMalformedHeaderStartsBody(false)
          .build();

  /** Is shown what is found. */
  interface Visitor {

    /** The mail's own header; comes first, once. */
    void headers(MailHeaders headers);

    /**
     * One leaf.
     *
     * @param multiparts the multiparts around it, outermost first
     * @param content decoded of its transfer encoding; valid until the next leaf
     * @return whether to go on
     */
    boolean leaf(String path, PartHead head, List<Multipart> multiparts, InputStream content)
        throws IOException;

    /** Text before the first boundary of a multipart; the mail's text if no part follows. */
    default void preamble(byte[] text) {}

    /** A line of the mail's header that is no field. */
    default void strayLine(byte[] line) {}

    /** Something is not as it should be; in words for people. */
    default void damage(String what) {}
  }

  /**
   * A multipart around a part.
   *
   * @param path empty for the mail itself
   * @param subtype {@code mixed}, {@code alternative}, ...
   */
  record Multipart(String path, String subtype, PartHead head) {}

  private final Visitor visitor;
  private final Deque<Open> open = new ArrayDeque<>();
  private final List<MailHeaders.RawField> fields = new ArrayList<>();
  private boolean headersSeen;
  private int parts;

  /** A multipart that is being read. */
  private static final class Open {
    private final Multipart multipart;
    private int children;

    private Open(Multipart multipart) {
      this.multipart = multipart;
    }
  }

  private PartWalker(Visitor visitor) {
    this.visitor = visitor;
  }

  /**
   * Goes through; a fault of the mail ends the walk with a damage note, only the source can fail.
   */
  static void walk(InputStream mail, Visitor visitor) throws IOException {
    PartWalker walker = new PartWalker(visitor);
    try {
      MimeTokenStream tokens =
          new MimeTokenStream(CONFIG, DecodeMonitor.SILENT, walker.new Fields(), null);
      tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
      tokens.parse(new MailStart(visitor).open(mail));
      walker.run(tokens, true);
    } catch (MimeException | IllegalStateException e) {
      visitor.damage("structure broken, read up to there");
    }
  }

  /** Mime4j skips a line that is no field, and takes quadratic time over a very long one. */
  private final class Fields extends DefaultFieldBuilder {
    private int length;

    private Fields() {
      super(-1);
    }

    @Override
    public void reset() {
      length = 0;
      super.reset();
    }

    @Override
    public void append(ByteArrayBuffer line) throws MaxHeaderLengthLimitException {
      int room = HeaderText.MAX_LENGTH - length;
      length += line.length();
      if (line.length() <= room) {
        super.append(line);
      } else {
        visitor.damage("a header field is too long");
        super.append(new ByteArrayBuffer(line.buffer(), Math.max(0, room), true));
      }
    }

    @Override
    public RawField build() throws MimeException {
      try {
        return super.build();
      } catch (MimeException e) {
        ByteSequence raw = getRaw();
        if (!headersSeen && raw != null && raw.length() > 0) {
          stray(raw.toByteArray());
        }
        throw e;
      }
    }
  }

  /** An address in a line of its own belongs to the list above it, whose folding got lost. */
  private void stray(byte[] line) {
    int last = fields.size() - 1;
    String text = new String(line, StandardCharsets.ISO_8859_1);
    if (last >= 0
        && line.length < MAX_ADDRESS_LINE
        && LISTS.contains(fields.get(last).name().toLowerCase(Locale.ROOT))
        && ADDRESS_LINE.matcher(text).matches()) {
      MailHeaders.RawField above = fields.get(last);
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      joined.writeBytes(above.value());
      joined.write(' ');
      joined.writeBytes(line);
      fields.set(last, new MailHeaders.RawField(above.name(), joined.toByteArray()));
    } else {
      visitor.strayLine(line);
    }
  }

  private boolean run(MimeTokenStream tokens, boolean top) throws IOException, MimeException {
    boolean first = top;
    MailHeaders headers = new MailHeaders(List.of());
    PartHead head = PartHead.of(headers, "text/plain");
    for (EntityState state = tokens.getState();
        state != EntityState.T_END_OF_STREAM;
        state = tokens.next()) {
      switch (state) {
        case T_START_HEADER -> fields.clear();
        case T_FIELD -> {
          if (fields.size() < MailHeaders.MAX_FIELDS) {
            fields.add(rawField(tokens.getField()));
          }
        }
        case T_END_HEADER -> {
          headers = MailHeaders.of(fields);
          head = PartHead.of(headers, defaultType());
          if (first) {
            headersSeen = true;
            visitor.headers(headers);
            first = false;
          }
          if (open.size() >= MAX_DEPTH) {
            visitor.damage("nested too deeply");
            tokens.setRecursionMode(RecursionMode.M_FLAT);
          } else {
            tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
          }
        }
        case T_START_MULTIPART -> open.push(new Open(multipart(head)));
        case T_PREAMBLE -> {
          if (!open.isEmpty() && open.element().children == 0) {
            visitor.preamble(tokens.getInputStream().readNBytes(PREAMBLE_BYTES));
          }
        }
        case T_END_MULTIPART -> open.pop();
        case T_BODY -> {
          if (!body(tokens, head)) {
            return false;
          }
        }
        default -> {
          // Ends and epilogues hold nothing to show.
        }
      }
    }
    return true;
  }

  private boolean body(MimeTokenStream tokens, PartHead head) throws IOException, MimeException {
    if (++parts > MAX_PARTS) {
      visitor.damage("too many parts");
      return false;
    }
    InputStream content = tokens.getInputStream();
    if (head.mimeType().startsWith("multipart/") && open.size() < MAX_DEPTH) {
      return lostBoundary(content, head);
    }
    String path = nextPath();
    List<Multipart> around = new ArrayList<>();
    open.descendingIterator().forEachRemaining(each -> around.add(each.multipart));
    return visitor.leaf(path, head, around, decoded(content, head.encoding()));
  }

  /** A multipart that does not say its boundary: the first line that looks like one is it. */
  private boolean lostBoundary(InputStream content, PartHead head)
      throws IOException, MimeException {
    byte[] start = content.readNBytes(SNIFFED_BYTES);
    Optional<String> boundary = firstBoundary(start);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), content);
    visitor.damage("boundary missing");
    if (boundary.isEmpty()) {
      PartHead text = PartHead.of(new MailHeaders(List.of()), "text/plain");
      List<Multipart> around = new ArrayList<>();
      open.descendingIterator().forEachRemaining(each -> around.add(each.multipart));
      return visitor.leaf(nextPath(), text, around, whole);
    }
    MimeTokenStream tokens = new MimeTokenStream(CONFIG, DecodeMonitor.SILENT, new Fields(), null);
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    tokens.parseHeadless(whole, head.mimeType() + "; boundary=\"" + boundary.get() + "\"");
    open.push(new Open(multipart(head)));
    int depth = open.size();
    boolean goOn = run(headless(tokens, depth), false);
    while (open.size() >= depth && !open.isEmpty()) {
      open.pop();
    }
    return goOn;
  }

  /** The multipart itself is already open: its own start must not open it again. */
  private MimeTokenStream headless(MimeTokenStream tokens, int depth)
      throws IOException, MimeException {
    while (tokens.getState() != EntityState.T_END_OF_STREAM
        && tokens.getState() != EntityState.T_START_MULTIPART) {
      tokens.next();
    }
    if (tokens.getState() == EntityState.T_START_MULTIPART && open.size() == depth) {
      tokens.next();
    }
    return tokens;
  }

  private static Optional<String> firstBoundary(byte[] start) {
    for (String line : new String(start, StandardCharsets.ISO_8859_1).split("\r?\n", 2000)) {
      String boundary = line.stripTrailing();
      if (boundary.length() > 4
          && boundary.length() < 80
          && boundary.startsWith("--")
          && boundary.indexOf('"') < 0
          && boundary.indexOf(' ') < 0) {
        return Optional.of(boundary.substring(2));
      }
    }
    return Optional.empty();
  }

  private Multipart multipart(PartHead head) {
    String path = open.isEmpty() ? "" : nextPath();
    return new Multipart(path, head.mimeType().substring("multipart/".length()), head);
  }

  private String nextPath() {
    Open around = open.peek();
    if (around == null) {
      return "1";
    }
    around.children++;
    String parent = around.multipart.path();
    return parent.isEmpty() ? "" + around.children : parent + "." + around.children;
  }

  private String defaultType() {
    Open around = open.peek();
    return around != null && around.multipart.subtype().equals("digest")
        ? "message/rfc822"
        : "text/plain";
  }

  private static MailHeaders.RawField rawField(Field field) {
    ByteSequence raw = field.getRaw();
    if (raw == null) {
      byte[] value = String.valueOf(field.getBody()).getBytes(StandardCharsets.UTF_8);
      return new MailHeaders.RawField(field.getName(), value);
    }
    byte[] bytes = raw.toByteArray();
    int colon = 0;
    while (colon < bytes.length && bytes[colon] != ':') {
      colon++;
    }
    int from = Math.min(colon + 1, bytes.length);
    return new MailHeaders.RawField(
        field.getName().strip(), java.util.Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private static InputStream decoded(InputStream content, String encoding) {
    return switch (encoding) {
      case "base64" -> {
        // Ends that lack their padding would lose up to two bytes.
        InputStream padding = new ByteArrayInputStream(new byte[] {'=', '='});
        yield new Base64InputStream(
            new SequenceInputStream(content, padding), DecodeMonitor.SILENT);
      }
      case "quoted-printable" -> new QuotedPrintableInputStream(content, DecodeMonitor.SILENT);
      case "x-uuencode" -> uudecoded(content);
      default -> content;
    };
  }

  private static InputStream uudecoded(InputStream content) {
    try {
      return MimeUtility.decode(content, "uuencode");
    } catch (MessagingException e) {
      return content;
    }
  }
}
