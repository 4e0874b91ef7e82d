package dev.hilo.whatsapp;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.SendResult;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings files to the provider, which then knows them by an id: {@code POST
 * /{phone_number_id}/media}. Bytes go through as they are read; memory does not grow with them.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/
 * business-phone-numbers/media, read 2026-11-20; RFC 7578 for the form.
 */
final class MediaUploads {

  /** The provider keeps a file for 30 days. */
  private static final Duration KEPT = Duration.ofDays(29);

  private static final int MOST_KEPT = 1000;
  private static final int LONGEST_ID = 512;

  private final GraphApi graph;
  private final OutgoingFiles files;
  private final SendAnswers answers;
  private final Clock clock;
  private final Map<Source, Uploaded> uploaded =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Source, Uploaded> eldest) {
              return size() > MOST_KEPT;
            }
          });

  private record Source(AccountId account, String file) {}

  private record Uploaded(String id, Instant until) {}

  /** What came of bringing a file to the provider. */
  sealed interface Result {
    /** It is there. */
    record Ready(String mediaId) implements Result {}

    /** It is not, and this is what came of the send. */
    record NotSent(SendResult result) implements Result {}
  }

  MediaUploads(GraphApi graph, OutgoingFiles files, SendAnswers answers, Clock clock) {
    this.graph = graph;
    this.files = files;
    this.answers = answers;
    this.clock = clock;
  }

  /** The provider's id of a file; it is uploaded unless it was before. */
  Result mediaId(WhatsAppSettings.Account account, OutboundContent.File file) {
    Source source = new Source(account.id(), file.id());
    Uploaded known = uploaded.get(source);
    if (known != null && clock.instant().isBefore(known.until())) {
      return new Result.Ready(known.id());
    }
    try {
      // Only to know that it can be read, before anything goes out.
      files.open(file.id()).close();
    } catch (FileNotFoundException | NoSuchFileException e) {
      return new Result.NotSent(
          answers.rejected(DeliveryError.CONTENT_REJECTED, "", "the file is not there any more"));
    } catch (IOException e) {
      return new Result.NotSent(answers.unavailable("the file cannot be read now"));
    }
    Outcome outcome = upload(account, file);
    Optional<String> id =
        outcome instanceof Answered answered && answered.status() / 100 == 2
            ? GraphApi.body(answered).id("id", LONGEST_ID)
            : Optional.empty();
    id.ifPresent(it -> uploaded.put(source, new Uploaded(it, clock.instant().plus(KEPT))));
    return id.<Result>map(Result.Ready::new)
        .orElseGet(() -> new Result.NotSent(answers.ofUpload(outcome)));
  }

  /** The provider does not have the file any more. */
  void forget(WhatsAppSettings.Account account, OutboundContent.File file) {
    uploaded.remove(new Source(account.id(), file.id()));
  }

  private Outcome upload(WhatsAppSettings.Account account, OutboundContent.File file) {
    String boundary = "hilo-" + UUID.randomUUID();
    Map<String, String> headers =
        GraphApi.headers(
            account, Map.of("Content-Type", "multipart/form-data; boundary=" + boundary));
    ProviderHttp.Call call =
        new ProviderHttp.Call(
            "POST", graph.uri(account.id().value(), "media", Map.of()), headers, new byte[0]);
    return graph.http().upload(call, new Form(files, file, boundary));
  }

  /** The form with the file in it. */
  private record Form(OutgoingFiles files, OutboundContent.File file, String boundary)
      implements ProviderHttp.Body {

    @Override
    public long length() {
      return before().length + file.size() + after().length;
    }

    @Override
    public InputStream open() throws IOException {
      return new SequenceInputStream(
          Collections.enumeration(
              List.of(
                  new ByteArrayInputStream(before()),
                  files.open(file.id()),
                  new ByteArrayInputStream(after()))));
    }

    private byte[] before() {
      return bytes(
          field("messaging_product", "whatsapp")
              + field("type", type())
              + "--"
              + boundary
              + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
              + quoted(file.fileName())
              + "\"\r\nContent-Type: "
              + type()
              + "\r\n\r\n");
    }

    private byte[] after() {
      return bytes("\r\n--" + boundary + "--\r\n");
    }

    private String field(String name, String value) {
      return "--"
          + boundary
          + "\r\nContent-Disposition: form-data; name=\""
          + name
          + "\"\r\n\r\n"
          + value
          + "\r\n";
    }

    private String type() {
      return file.mimeType().replaceAll("\\p{Cntrl}", "");
    }

    /** As browsers write it. */
    private static String quoted(String name) {
      return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
