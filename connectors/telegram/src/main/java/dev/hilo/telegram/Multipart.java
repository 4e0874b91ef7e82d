package dev.hilo.telegram;

import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A form with one file, as {@code multipart/form-data}; the file is streamed.
 *
 * <p>Source: RFC 7578; core.telegram.org/bots/api#sending-files, by excerpts.
 */
final class Multipart implements ProviderHttp.Body {

  private final String boundary = "hilo-" + UUID.randomUUID();
  private final byte[] before;
  private final byte[] after;
  private final OutboundContent.File file;
  private final OutgoingFiles files;

  /**
   * Makes the form.
   *
   * @param fields by name, in order
   * @param name of the file's field
   */
  Multipart(
      Map<String, String> fields, String name, OutboundContent.File file, OutgoingFiles files) {
    StringBuilder head = new StringBuilder();
    fields.forEach(
        (field, value) ->
            head.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(field)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    head.append("--")
        .append(boundary)
        .append("\r\nContent-Disposition: form-data; name=\"")
        .append(name)
        .append("\"; filename=\"")
        .append(quoted(file.fileName()))
        .append("\"\r\nContent-Type: ")
        .append(Part.oneLine(file.mimeType(), 200))
        .append("\r\n\r\n");
    this.before = head.toString().getBytes(StandardCharsets.UTF_8);
    this.after = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    this.file = file;
    this.files = files;
  }

  /** The header that goes with the body. */
  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  @Override
  public long length() {
    return before.length + file.size() + after.length;
  }

  @Override
  public InputStream open() throws IOException {
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(before),
                files.open(file.id()),
                new ByteArrayInputStream(after))));
  }

  private static String quoted(String fileName) {
    return Part.oneLine(fileName, 200).replace("\"", "%22").replace("\\", "_");
  }
}
