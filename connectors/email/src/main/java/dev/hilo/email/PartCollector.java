package dev.hilo.email;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what a mail holds while it is walked through: text, files, reports. */
final class PartCollector implements PartWalker.Visitor {

  /** Bytes of one text part that are read; the rest stays in the mail. */
  static final int MAX_TEXT_BYTES = 1024 * 1024;

  private static final int MAX_REPORT_BYTES = 256 * 1024;
  private static final int MAX_DAMAGE_NOTES = 20;
  private static final int MAX_STRAY_BYTES = 64 * 1024;

  /** Other forms of the text, for readers we are not. */
  private static final Set<String> OTHER_FORMS =
      Set.of("text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext");

  private final List<Part> parts = new ArrayList<>();
  private final List<String> damages = new ArrayList<>();
  private final Map<String, BodyText.Block> blocks = new LinkedHashMap<>();
  private final Map<String, String> locations = new LinkedHashMap<>();
  private final List<MailHeaders> reportBlocks = new ArrayList<>();
  private final ByteArrayOutputStream stray = new ByteArrayOutputStream();
  private MailHeaders headers = new MailHeaders(List.of());
  private Optional<MailHeaders> original = Optional.empty();
  private Optional<String> reportType = Optional.empty();
  private Mail.Protection protection = Mail.Protection.NONE;
  private byte[] preamble = {};

  @Override
  public void headers(MailHeaders mailHeaders) {
    headers = mailHeaders;
  }

  @Override
  public void preamble(byte[] text) {
    if (preamble.length == 0) {
      preamble = text;
    }
  }

  @Override
  public void strayLine(byte[] line) {
    if (stray.size() == 0) {
      damage("lines in the header that are no fields");
    }
    if (stray.size() < MAX_STRAY_BYTES) {
      stray.write(line, 0, Math.min(line.length, MAX_STRAY_BYTES));
    }
  }

  @Override
  public void damage(String what) {
    if (damages.size() < MAX_DAMAGE_NOTES && !damages.contains(what)) {
      damages.add(what);
    }
  }

  @Override
  public boolean leaf(
      String path, PartHead head, List<PartWalker.Multipart> multiparts, InputStream content) {
    noteProtection(head, multiparts);
    Part.Role role = role(head, multiparts);
    Counted counted = new Counted(content);
    try {
      if (role == Part.Role.BODY) {
        readText(path, head, multiparts, counted);
      } else if (role == Part.Role.REPORT) {
        readReport(head.mimeType(), counted.readNBytes(MAX_REPORT_BYTES));
      } else if (isOriginal(head, multiparts)) {
        original = Optional.of(headersOf(counted.readNBytes(MAX_REPORT_BYTES)));
      }
      counted.drain();
    } catch (IOException e) {
      damage("content of part " + path + " broken");
    }
    head.contentLocation().ifPresent(location -> locations.putIfAbsent(location, path));
    parts.add(
        new Part(path, head.mimeType(), head.fileName(), head.contentId(), role, counted.count));
    return true;
  }

  MailHeaders headers() {
    return headers;
  }

  List<String> damages() {
    return damages;
  }

  Mail.Protection protection() {
    return protection;
  }

  Optional<Report> report() {
    return reportType.map(type -> new Report(type, reportBlocks, original));
  }

  /** The parts, of which those that the text shows are inline. */
  List<Part> parts() {
    Set<String> shown = BodyText.references(blocks.values());
    return parts.stream()
        .map(
            part ->
                part.role() == Part.Role.ATTACHMENT && isShown(part, shown)
                    ? new Part(
                        part.path(),
                        part.mimeType(),
                        part.fileName(),
                        part.contentId(),
                        Part.Role.INLINE,
                        part.size())
                    : part)
        .toList();
  }

  /**
   * The text.
   *
   * @param forward whether it is a forwarded mail, whose quoted part is what it is about
   */
  Body body(boolean forward) {
    if (blocks.values().stream().allMatch(BodyText.Block::isBlank)) {
      byte[] rest =
          stray.size() > 0 ? stray.toByteArray() : parts.isEmpty() ? preamble : new byte[0];
      BodyText.Block block = new BodyText.Block();
      block.addPlain(Charsets.decode(rest, Optional.empty()).text());
      return block.isBlank() && !blocks.isEmpty()
          ? BodyText.of(blocks.values(), forward)
          : BodyText.of(List.of(block), forward);
    }
    return BodyText.of(blocks.values(), forward);
  }

  private boolean isShown(Part part, Set<String> shown) {
    return part.contentId().filter(shown::contains).isPresent()
        || locations.entrySet().stream()
            .anyMatch(
                entry -> entry.getValue().equals(part.path()) && shown.contains(entry.getKey()));
  }

  private Part.Role role(PartHead head, List<PartWalker.Multipart> multiparts) {
    String type = head.mimeType();
    if (type.equals("message/delivery-status")
        || type.equals("message/global-delivery-status")
        || type.equals("text/rfc822-headers")
        || type.equals("message/feedback-report")
        || type.equals("message/disposition-notification")) {
      return Part.Role.REPORT;
    }
    if (type.endsWith("pkcs7-signature") || type.equals("application/pgp-signature")) {
      return Part.Role.SIGNATURE;
    }
    boolean alternative =
        multiparts.stream().anyMatch(each -> each.subtype().equals("alternative"));
    if (OTHER_FORMS.contains(type) && alternative) {
      return Part.Role.BODY;
    }
    boolean text = type.startsWith("text/") && !type.equals("text/calendar");
    boolean file =
        head.disposition().equals("attachment")
            || type.contains("vcard")
            || type.equals("text/csv")
            || (head.fileName().isPresent() && !multiparts.isEmpty());
    return text && !file ? Part.Role.BODY : Part.Role.ATTACHMENT;
  }

  private void readText(
      String path, PartHead head, List<PartWalker.Multipart> multiparts, InputStream content)
      throws IOException {
    if (OTHER_FORMS.contains(head.mimeType()) && !multiparts.isEmpty()) {
      return;
    }
    byte[] bytes = content.readNBytes(MAX_TEXT_BYTES);
    if (content.read() >= 0) {
      damage("text of part " + path + " cut at " + MAX_TEXT_BYTES + " bytes");
    }
    boolean html = head.mimeType().equals("text/html");
    Optional<String> declared =
        head.charset().or(() -> html ? BodyText.declaredInHtml(bytes) : Optional.empty());
    Charsets.Decoded decoded = Charsets.decode(bytes, declared);
    if (!decoded.asDeclared() && declared.isPresent()) {
      damage("charset of part " + path + " wrong or unknown, read as " + decoded.charset());
    }
    String key =
        multiparts.stream()
            .filter(each -> each.subtype().equals("alternative"))
            .findFirst()
            .map(each -> "alternative " + each.path())
            .orElse(path);
    BodyText.Block block = blocks.computeIfAbsent(key, ignored -> new BodyText.Block());
    if (html) {
      block.addHtml(decoded.text());
    } else if (head.contentType().get("format").filter("flowed"::equalsIgnoreCase).isPresent()) {
      boolean delSp = head.contentType().get("delsp").filter("yes"::equalsIgnoreCase).isPresent();
      block.addPlain(FlowedText.read(decoded.text(), delSp));
    } else {
      block.addPlain(decoded.text());
    }
  }

  private void readReport(String type, byte[] bytes) throws IOException {
    if (type.equals("text/rfc822-headers")) {
      original = Optional.of(headersOf(bytes));
      return;
    }
    reportType = Optional.of(type.substring("message/".length()).replace("global-", ""));
    reportBlocks.addAll(MailReader.fieldGroups(bytes));
  }

  private static boolean isOriginal(PartHead head, List<PartWalker.Multipart> multiparts) {
    boolean mail =
        head.mimeType().equals("message/rfc822") || head.mimeType().equals("message/global");
    return mail && multiparts.stream().anyMatch(each -> each.subtype().equals("report"));
  }

  private static MailHeaders headersOf(byte[] bytes) throws IOException {
    MailHeaders[] found = {new MailHeaders(List.of())};
    PartWalker.walk(
        new ByteArrayInputStream(bytes),
        new PartWalker.Visitor() {
          @Override
          public void headers(MailHeaders headers) {
            found[0] = headers;
          }

          @Override
          public boolean leaf(
              String path,
              PartHead head,
              List<PartWalker.Multipart> multiparts,
              InputStream content) {
            return false;
          }
        });
    return found[0];
  }

  private void noteProtection(PartHead head, List<PartWalker.Multipart> multiparts) {
    boolean enveloped =
        head.mimeType().endsWith("pkcs7-mime")
            && head.contentType().get("smime-type").filter(t -> t.startsWith("signed")).isEmpty();
    if (enveloped || multiparts.stream().anyMatch(each -> each.subtype().equals("encrypted"))) {
      protection = Mail.Protection.ENCRYPTED;
    } else if (protection == Mail.Protection.NONE
        && (head.mimeType().endsWith("pkcs7-mime")
            || multiparts.stream().anyMatch(each -> each.subtype().equals("signed")))) {
      protection = Mail.Protection.SIGNED;
    }
  }

  /** Knows how much was read. */
  private static final class Counted extends InputStream {
    private final InputStream in;
    private long count;

    private Counted(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int c = in.read();
      count += c < 0 ? 0 : 1;
      return c;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = in.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }

    private void drain() throws IOException {
      byte[] buffer = new byte[8192];
      while (read(buffer, 0, buffer.length) >= 0) {
        // Only counted.
      }
    }
  }
}
