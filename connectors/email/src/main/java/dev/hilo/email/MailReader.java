package dev.hilo.email;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a mail, whatever its bytes are: pure, never fails, always yields what can be shown. What
 * could not be read as it should be is told in {@link Mail#damage()}.
 */
final class MailReader {

  private static final int MAX_IDS = 100;
  private static final int MAX_RAW_BYTES = 64 * 1024;
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final Pattern BRACKETED = Pattern.compile("<([^<>]{1,998})>");

  private MailReader() {}

  /** Reads the whole mail. */
  static Mail read(byte[] bytes) {
    PartCollector parts = new PartCollector();
    try {
      PartWalker.walk(new ByteArrayInputStream(bytes), parts);
    } catch (IOException | RuntimeException e) {
      // A mail nobody foresaw must not stop the mailbox; what was read so far is shown.
      parts.damage("reading stopped: " + e.getClass().getSimpleName());
    }
    return mail(parts, bytes);
  }

  /**
   * One part of a mail, by its path.
   *
   * @param mail read only as far as needed, in flat memory; closed with the result, or by the
   *     caller when there is none
   * @return empty when the mail has no such part
   * @throws IOException when the source cannot be read
   */
  static Optional<PartStream> part(InputStream mail, String path) throws IOException {
    PartFinder finder = new PartFinder(path);
    PartWalker.walk(mail, finder);
    return finder.found.map(
        stream ->
            new PartStream(closing(stream.content(), mail), stream.mimeType(), stream.fileName()));
  }

  /** The message ids of an unfolded value, without brackets. */
  static List<String> messageIds(String value) {
    List<String> ids = new ArrayList<>();
    Matcher bracketed = BRACKETED.matcher(value);
    while (bracketed.find() && ids.size() < MAX_IDS) {
      ids.add(bare(bracketed.group(1)));
    }
    if (ids.isEmpty()) {
      // "jane@example.com's message of Monday" is no id; a list of bare ids is one.
      List<String> words = List.of(value.strip().split("[\\s,;<>\"]+", -1));
      if (words.stream().allMatch(word -> word.isEmpty() || word.indexOf('@') > 0)) {
        words.stream().limit(MAX_IDS).forEach(ids::add);
      }
    }
    return ids.stream().filter(id -> !id.isEmpty()).distinct().toList();
  }

  private static String bare(String id) {
    return id.replaceAll("\\([^()]*\\)", "").replaceAll("\\s", "");
  }

  private static Mail mail(PartCollector parts, byte[] bytes) {
    MailHeaders headers = parts.headers();
    Optional<String> id =
        headers.first("Message-ID").or(() -> headers.first("X-Message-ID")).map(MailReader::oneId);
    boolean given = id.filter(text -> !text.isEmpty()).isPresent();
    List<String> damage = new ArrayList<>(parts.damages());
    if (headers.addresses("From").stream().noneMatch(MailAddress::isComplete)) {
      damage.add("no sender");
    }
    List<String> inReplyTo =
        headers.all("In-Reply-To").stream()
            .flatMap(v -> messageIds(v).stream())
            .distinct()
            .toList();
    List<String> references =
        headers.all("References").stream().flatMap(v -> messageIds(v).stream()).distinct().toList();
    String subject = headers.text("Subject");
    Body body = parts.body(Subjects.isForward(subject));
    if (body.equals(Body.EMPTY) && parts.parts().isEmpty()) {
      String raw = behindHeader(bytes);
      if (!raw.isBlank()) {
        damage.add("structure broken, text shown as it lies in the mail");
        body = new Body(raw, raw, Optional.empty(), Optional.empty());
      }
    }
    return new Mail(
        given ? id.orElseThrow() : derivedId(bytes),
        given,
        headers.addresses("From"),
        headers.addresses("Sender").stream().findFirst(),
        headers.addresses("Reply-To"),
        headers.addresses("X-Original-Sender").stream().findFirst(),
        headers.addresses("To"),
        headers.addresses("Cc"),
        several(headers, "Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To"),
        several(headers, "X-Forwarded-For", "X-Forwarded-To"),
        subject,
        date(headers),
        inReplyTo,
        references,
        returnPath(headers),
        parts.protection(),
        body,
        parts.parts(),
        parts.report(),
        headers,
        List.copyOf(damage));
  }

  private static String behindHeader(byte[] bytes) {
    int from = 0;
    for (int i = 0; i + 1 < bytes.length && from == 0; i++) {
      boolean empty = bytes[i + 1] == '\n' || (bytes[i + 1] == '\r' && i + 2 < bytes.length);
      from = bytes[i] == '\n' && empty ? i + 1 : 0;
    }
    int to = Math.min(bytes.length, from + MAX_RAW_BYTES);
    byte[] rest = from == 0 ? new byte[0] : Arrays.copyOfRange(bytes, from, to);
    return BodyText.tidy(Charsets.decode(rest, Optional.empty()).text()).strip();
  }

  private static String oneId(String value) {
    List<String> ids = messageIds(value);
    String id = ids.isEmpty() ? bare(value.replaceAll("[<>\"]", "")) : ids.get(0);
    return id.length() > 500 ? id.substring(0, 500) : id;
  }

  /** The same bytes give the same id, so that a mail without one is still stored once. */
  private static String derivedId(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, 40) + "@no-message-id.invalid";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static List<MailAddress> several(MailHeaders headers, String... names) {
    List<MailAddress> addresses = new ArrayList<>();
    for (String name : names) {
      addresses.addAll(headers.addresses(name));
    }
    return addresses.stream().distinct().toList();
  }

  private static Optional<Instant> date(MailHeaders headers) {
    Optional<Instant> received =
        headers.all("Received").stream()
            .map(value -> MailDate.parse(value.substring(value.lastIndexOf(';') + 1)))
            .flatMap(Optional::stream)
            .findFirst();
    Optional<Instant> sent = headers.first("Date").flatMap(MailDate::parse);
    boolean sane =
        sent.isPresent()
            && (received.isEmpty() || sent.get().isBefore(received.get().plus(CLOCK_SKEW)));
    return sane ? sent : received.or(() -> sent);
  }

  private static Optional<String> returnPath(MailHeaders headers) {
    return headers
        .first("Return-Path")
        .map(value -> MailAddress.normalise(value.replaceAll("\\([^()]*\\)", "")));
  }

  private static InputStream closing(InputStream content, InputStream mail) {
    return new FilterInputStream(content) {
      @Override
      public void close() throws IOException {
        mail.close();
      }
    };
  }

  /** Stops at one part. */
  private static final class PartFinder implements PartWalker.Visitor {
    private final String path;
    private Optional<PartStream> found = Optional.empty();

    private PartFinder(String path) {
      this.path = path;
    }

    @Override
    public void headers(MailHeaders headers) {}

    @Override
    public boolean leaf(
        String at, PartHead head, List<PartWalker.Multipart> multiparts, InputStream content) {
      if (!at.equals(path)) {
        return true;
      }
      found = Optional.of(new PartStream(content, head.mimeType(), head.fileName()));
      return false;
    }
  }

  /** Text of a report part to its groups of fields. */
  static List<MailHeaders> fieldGroups(byte[] bytes) {
    List<MailHeaders> groups = new ArrayList<>();
    List<MailHeaders.RawField> group = new ArrayList<>();
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    for (String line : text.replaceAll("\n[ \t]+(?=\\S)", " ").split("\n", -1)) {
      int colon = line.indexOf(':');
      if (line.isBlank() && !group.isEmpty()) {
        groups.add(MailHeaders.of(group));
        group = new ArrayList<>();
      } else if (colon > 0 && group.size() < MailHeaders.MAX_FIELDS) {
        byte[] value = line.substring(colon + 1).getBytes(StandardCharsets.ISO_8859_1);
        group.add(new MailHeaders.RawField(line.substring(0, colon).strip(), value));
      }
    }
    if (!group.isEmpty()) {
      groups.add(MailHeaders.of(group));
    }
    return groups.size() > MAX_IDS ? groups.subList(0, MAX_IDS) : groups;
  }
}
