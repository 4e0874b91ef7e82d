package dev.hilo.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/**
 * A form with one JSON field and one file, as {@code multipart/form-data}; the file is streamed.
 *
 * <p>Source: RFC 7578; developers.facebook.com/docs/messenger-platform/reference/
 * attachment-upload-api, read 2026-11-20.
 */
public final class Multipart implements ProviderHttp.Body {

  private static final String BOUNDARY = "hilo-5f0d1c7a9e3b4826-form";

  private final byte[] before;
  private final byte[] after;
  private final OutboundContent.File file;
  private final OutgoingFiles files;

  /** The form's field {@code message}, and the file as {@code filedata}. */
  public Multipart(ObjectNode message, OutboundContent.File file, OutgoingFiles files) {
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"message\"\r\n"
            + "Content-Type: application/json\r\n\r\n"
            + new String(GraphCalls.bytes(message), StandardCharsets.UTF_8)
            + "\r\n--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"filedata\"; filename=\""
            + quoted(file.fileName())
            + "\"\r\nContent-Type: "
            + OneLine.of(file.mimeType(), 200)
            + "\r\n\r\n";
    this.before = head.getBytes(StandardCharsets.UTF_8);
    this.after = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
    this.file = file;
    this.files = files;
  }

  /** The header that goes with the body. */
  public String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
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
    return OneLine.of(fileName, 200).replace("\"", "%22").replace("\\", "_");
  }
}
