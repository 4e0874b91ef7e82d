package dev.hilo.simulators.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code multipart/form-data} body, as files are uploaded with.
 *
 * <p>Source: RFC 7578. Nested parts and transfer encodings are not read: nobody sends them here.
 */
public final class MultipartForm {

  private static final Pattern BOUNDARY =
      Pattern.compile("(?i)^multipart/form-data;.*?boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
  private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("(?i)[;\\s]filename=\"([^\"]*)\"");
  private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Map<String, Part> parts = new LinkedHashMap<>();

  /**
   * One field.
   *
   * @param fileName as the sender's machine calls it
   * @param contentType without parameters; {@code text/plain} unless it is given
   */
  public record Part(Optional<String> fileName, String contentType, byte[] content) {
    public String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  private MultipartForm() {}

  /** Reads a call's body; empty: it is no form of that kind. */
  public static Optional<MultipartForm> of(Call call) {
    Matcher type = BOUNDARY.matcher(call.header("Content-Type").orElse(""));
    if (!type.find()) {
      return Optional.empty();
    }
    String boundary = Optional.ofNullable(type.group(1)).orElseGet(() -> type.group(2));
    MultipartForm form = new MultipartForm();
    form.read(call.body(), boundary);
    return Optional.of(form);
  }

  /** A field; the first of several with that name. */
  public Optional<Part> part(String name) {
    return Optional.ofNullable(parts.get(name));
  }

  private void read(byte[] body, String boundary) {
    byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    byte[] next = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    int at = indexOf(body, delimiter, 0);
    while (at >= 0) {
      int start = at + delimiter.length;
      if (start + 2 > body.length || body[start] == '-') {
        return;
      }
      start += 2;
      int end = indexOf(body, next, start);
      int blank = indexOf(body, END_OF_HEADERS, start);
      if (end < 0 || blank < 0 || blank > end) {
        throw new BadRequest("the form's part is not complete");
      }
      String headers = new String(body, start, blank - start, StandardCharsets.UTF_8);
      add(headers, Arrays.copyOfRange(body, blank + END_OF_HEADERS.length, end));
      at = end + 2;
    }
  }

  private void add(String headers, byte[] content) {
    Matcher name = NAME.matcher(headers);
    if (!name.find()) {
      throw new BadRequest("the form's part has no name");
    }
    Matcher file = FILE_NAME.matcher(headers);
    Optional<String> fileName = file.find() ? Optional.of(file.group(1)) : Optional.empty();
    String type =
        headers
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
            .map(line -> line.substring("content-type:".length()).split(";", 2)[0].strip())
            .findFirst()
            .orElse("text/plain");
    parts.putIfAbsent(name.group(1), new Part(fileName, type, content));
  }

  private static int indexOf(byte[] all, byte[] wanted, int from) {
    for (int i = from; i <= all.length - wanted.length; i++) {
      if (all[i] == wanted[0]
          && Arrays.equals(all, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
