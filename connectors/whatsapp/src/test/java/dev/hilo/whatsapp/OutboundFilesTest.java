package dev.hilo.whatsapp;

import static dev.hilo.whatsapp.Samples.ACCEPTED;
import static dev.hilo.whatsapp.Samples.ANA;
import static dev.hilo.whatsapp.Samples.answer;
import static dev.hilo.whatsapp.Samples.graphError;
import static dev.hilo.whatsapp.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.DeliveryError;
import dev.hilo.channel.DeliveryFailure;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundContent.File;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.OutgoingFiles;
import dev.hilo.channel.ProviderHttp;
import dev.hilo.channel.ProviderHttp.Call;
import dev.hilo.channel.ProviderHttp.Outcome;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.SendResult;
import dev.hilo.channel.contract.ScriptedHttp;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files on their way out: brought to the provider first, then sent by its id. */
class OutboundFilesTest {

  private static final long LARGE = 100_000_000;
  private static final String BYTES = "%PDF-1.7 ñ\r\n--hilo";
  private static final Answered UPLOADED = answer(200, "{\"id\":\"4490709327384033\"}");
  private static final File INVOICE =
      file("f-1", Form.DOCUMENT, "factura \"marzo\".pdf", "application/pdf");

  private static File file(String id, Form form, String name, String type) {
    return new File(id, form, name, type, BYTES.getBytes(StandardCharsets.UTF_8).length);
  }

  /** Files by id. */
  private record Stored(Map<String, String> files) implements OutgoingFiles {
    @Override
    public InputStream open(String id) throws IOException {
      String bytes = files.get(id);
      if (bytes == null) {
        throw new FileNotFoundException(id);
      }
      if (bytes.equals("broken")) {
        throw new IOException("the store does not answer");
      }
      return new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<URI> link(String id, Duration validFor) {
      return Optional.empty();
    }
  }

  private static WhatsAppChannel channel(ScriptedHttp http) {
    return Samples.channel(
        http, new Stored(Map.of("f-1", BYTES, "f-2", BYTES, "f-broken", "broken")));
  }

  private static OutboundMessage media(File file, String caption) {
    return Samples.outbound(
        ANA,
        new OutboundContent.Media(
            List.of(file), Optional.of(caption).filter(text -> !text.isEmpty())));
  }

  @Test
  void shouldUploadAFileAndSendItById() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(UPLOADED, ACCEPTED);
    // when
    SendResult result = channel(http).send(media(INVOICE, "La factura"));
    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    Call upload = http.calls().getFirst();
    assertThat(upload.method() + " " + upload.uri())
        .isEqualTo("POST http://localhost:8095/v25.0/1000000001/media");
    assertThat(upload.headers()).containsEntry("Authorization", "Bearer demo-access-token");
    String type = upload.headers().getOrDefault("Content-Type", "");
    assertThat(type).startsWith("multipart/form-data; boundary=hilo-");
    String boundary = "--" + type.substring(type.indexOf('=') + 1);
    assertThat(new String(upload.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            (boundary
                        + "\nContent-Disposition: form-data; name=\"messaging_product\"\n\nwhatsapp\n"
                        + boundary
                        + "\nContent-Disposition: form-data; name=\"type\"\n\napplication/pdf\n"
                        + boundary
                        + "\nContent-Disposition: form-data; name=\"file\";"
                        + " filename=\"factura %22marzo%22.pdf\"\nContent-Type: application/pdf\n\n")
                    .replace("\n", "\r\n")
                + BYTES
                + "\r\n"
                + boundary
                + "--\r\n");
    assertThat(json(http.calls().getLast().body()))
        .isEqualTo(
            json(
                """
                {"messaging_product":"whatsapp","recipient_type":"individual",
                 "to":"+573001112233","type":"document",
                 "document":{"id":"4490709327384033","caption":"La factura",
                   "filename":"factura \\"marzo\\".pdf"},
                 "biz_opaque_callback_data":"out-2251799813690001"}"""));
  }

  @Test
  void shouldReadAFileAsItGoesOut() {
    // given a file of 100 MB that counts what was read of it
    AtomicLong read = new AtomicLong();
    OutgoingFiles large = new Counted(read);
    List<Long> readAtStart = new ArrayList<>();
    ProviderHttp http =
        new ProviderHttp() {
          @Override
          public Outcome call(Call call) {
            return ACCEPTED;
          }

          @Override
          public Outcome download(Call call, long maxBytes, OutputStream to) {
            throw new IllegalStateException("nothing is downloaded here");
          }

          @Override
          public Outcome upload(Call call, Body body) {
            try (InputStream in = body.open()) {
              in.skipNBytes(1000);
              readAtStart.add(read.get());
              in.skipNBytes(body.length() - 1000);
              assertThat(in.read()).isEqualTo(-1);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return UPLOADED;
          }
        };
    // when
    SendResult result =
        Samples.channel(http, large)
            .send(media(new File("f-1", Form.DOCUMENT, "x.pdf", "application/pdf", LARGE), ""));
    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(readAtStart).allMatch(bytes -> bytes < 1000);
    assertThat(read).hasValue(LARGE);
  }

  /** Zeros, counted. */
  private record Counted(AtomicLong read) implements OutgoingFiles {
    @Override
    public InputStream open(String id) {
      return new InputStream() {
        private long left = LARGE;

        @Override
        public int read() {
          return read(new byte[1], 0, 1) < 0 ? -1 : 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
          if (left == 0) {
            return -1;
          }
          int count = (int) Math.min(left, length);
          left -= count;
          read.addAndGet(count);
          return count;
        }
      };
    }

    @Override
    public Optional<URI> link(String id, Duration validFor) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "IMAGE, image/jpeg, image",
    "VIDEO, video/mp4, video",
    "AUDIO, audio/ogg; codecs=opus, audio",
    "STICKER, image/webp, sticker"
  })
  void shouldSendEveryFormUnderItsName(Form form, String type, String name) {
    // given
    ScriptedHttp http = ScriptedHttp.answering(UPLOADED, ACCEPTED);
    // when
    SendResult result = channel(http).send(media(file("f-1", form, "x", type), ""));
    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(json(http.calls().getLast().body()).path(name))
        .isEqualTo(json("{\"id\":\"4490709327384033\"}"));
  }

  @Test
  void shouldUploadAFileOnceWhenItIsSentTwice() {
    // given
    ScriptedHttp http = ScriptedHttp.answering(UPLOADED, ACCEPTED, ACCEPTED);
    WhatsAppChannel channel = channel(http);
    // when
    var first = channel.send(media(INVOICE, ""));
    var second = channel.send(media(INVOICE, ""));
    // then
    assertThat(List.of(first, second)).allMatch(SendResult.Accepted.class::isInstance);
    assertThat(http.calls()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"131052", "131053"})
  void shouldUploadAgainOnceWhenTheProviderCannotReadTheFile(int code) {
    // given
    Answered unreadable = graphError(400, code, "Media upload error");
    ScriptedHttp http =
        ScriptedHttp.answering(
            UPLOADED, unreadable, answer(200, "{\"id\":\"second\"}"), unreadable);
    // when
    SendResult result = channel(http).send(media(INVOICE, ""));
    // then
    assertThat(http.calls().stream().map(call -> call.uri().getPath()))
        .containsExactly(
            "/v25.0/1000000001/media",
            "/v25.0/1000000001/messages",
            "/v25.0/1000000001/media",
            "/v25.0/1000000001/messages");
    assertThat(json(http.calls().getLast().body()).at("/document/id").asText()).isEqualTo("second");
    assertRejected(result, DeliveryError.CONTENT_REJECTED);
  }

  @Test
  void shouldTryAgainWhenItIsNotKnownWhetherTheUploadTookPlace() {
    for (Outcome unclear :
        List.of(
            new Outcome.AnswerLost("read timed out"),
            answer(200, "<html>"),
            answer(502, "Bad Gateway"),
            graphError(500, 999, "new"))) {
      assertThat(channel(ScriptedHttp.answering(unclear)).send(media(INVOICE, "")))
          .as("after %s", unclear)
          .isInstanceOfSatisfying(
              SendResult.RetryLater.class,
              later ->
                  assertThat(later.failure().error())
                      .isEqualTo(DeliveryError.PROVIDER_UNAVAILABLE));
    }
  }

  @Test
  void shouldTellTheReasonWhenTheUploadIsRefused() {
    assertRejected(
        channel(ScriptedHttp.answering(graphError(401, 190, "expired"))).send(media(INVOICE, "")),
        DeliveryError.CREDENTIALS_EXPIRED);
  }

  @Test
  void shouldNotSendAFileThatIsNotThere() {
    assertRejected(
        channel(ScriptedHttp.silent())
            .send(media(file("f-9", Form.IMAGE, "x.png", "image/png"), "")),
        DeliveryError.CONTENT_REJECTED);
  }

  @Test
  void shouldWaitForAFileThatCannotBeReadNow() {
    assertThat(
            channel(ScriptedHttp.silent())
                .send(media(file("f-broken", Form.IMAGE, "x.png", "image/png"), "")))
        .isEqualTo(
            new SendResult.RetryLater(
                new DeliveryFailure(
                    DeliveryError.PROVIDER_UNAVAILABLE, "", "the file cannot be read now"),
                Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @CsvSource({
    "IMAGE, image/gif, 10, ''",
    "IMAGE, image/png, 5000001, ''",
    "IMAGE, image/png, 0, ''",
    "VIDEO, video/webm, 10, ''",
    "AUDIO, audio/ogg, 16000001, ''",
    "AUDIO, audio/ogg, 10, a text that audio cannot carry",
    "STICKER, image/webp, 100001, ''",
    "DOCUMENT, application/zip, 10, ''",
    "DOCUMENT, application/pdf, 100000001, ''"
  })
  void shouldRefuseFilesOverTheLimitsWithoutACall(
      Form form, String type, long size, String caption) {
    assertRejected(
        channel(ScriptedHttp.silent()).send(media(new File("f-1", form, "x", type, size), caption)),
        DeliveryError.CONTENT_REJECTED);
  }

  @Test
  void shouldRefuseSeveralFilesOrALongCaptionWithoutACall() {
    WhatsAppChannel channel = channel(ScriptedHttp.silent());
    assertRejected(channel.send(media(INVOICE, "a".repeat(1025))), DeliveryError.CONTENT_REJECTED);
    for (List<File> files : List.of(List.<File>of(), List.of(INVOICE, INVOICE))) {
      assertRejected(
          channel.send(Samples.outbound(ANA, new OutboundContent.Media(files, Optional.empty()))),
          DeliveryError.CONTENT_REJECTED);
    }
  }

  private static void assertRejected(SendResult result, DeliveryError error) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.Rejected.class,
            rejected -> assertThat(rejected.failure().error()).isEqualTo(error));
  }
}
