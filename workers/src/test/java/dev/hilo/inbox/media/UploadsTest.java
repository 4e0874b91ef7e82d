package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hilo.channel.Capabilities.FileLimit;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.inbox.media.Attachment.Direction;
import dev.hilo.inbox.media.Attachment.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {

  private static final URI SOURCE = URI.create("https://provider.example/limits");

  private static final UploadLimits LIMITS =
      new UploadLimits(
          Map.of(
              Form.IMAGE,
              new FileLimit(List.of("image/jpeg", "image/png"), 20_000, SOURCE),
              Form.DOCUMENT,
              new FileLimit(List.of("application/pdf", "image/gif"), 30_000, SOURCE)));

  @TempDir Path folder;
  private Media media;

  @BeforeEach
  void begin() {
    media = new Media(folder);
  }

  private static Uploads.Request request(String id, String uploader, String name) {
    return new Uploads.Request(
        id,
        uploader,
        Media.CHANNEL,
        Media.ACCOUNT,
        Direction.OUT,
        Optional.empty(),
        Optional.empty(),
        Optional.of(name),
        Optional.of("image/png"));
  }

  private Upload take(Uploads.Request request, byte[] bytes) throws IOException {
    return media.uploads().take(request, LIMITS, new ByteArrayInputStream(bytes));
  }

  @Test
  void shouldStoreWhatIsAllowed() throws Exception {
    // when
    Upload upload = take(request("u1", "lucia", "foto.png"), Pictures.plain("png", 400, 400));

    // then
    Attachment stored = ((Upload.Stored) upload).attachment();
    assertThat(stored.state()).isEqualTo(State.STORED);
    assertThat(stored.form()).isEqualTo(Form.IMAGE);
    assertThat(stored.direction()).isEqualTo(Direction.OUT);
    assertThat(stored.messageId()).isEmpty();
    assertThat(stored.file().orElseThrow().thumbnail()).isPresent();
    assertThat(media.attachments.get(stored.id())).contains(stored);
  }

  @Test
  void shouldStoreARepetitionOnce() throws Exception {
    // given
    Upload first = take(request("u1", "lucia", "foto.png"), Pictures.plain("png", 8, 8));
    long blobs = media.blobCount();

    // when
    Upload second = take(request("u1", "lucia", "foto.png"), Pictures.plain("png", 8, 8));
    Upload ofAnother = take(request("u1", "marta", "foto.png"), Pictures.plain("png", 8, 8));

    // then
    assertThat(second).isEqualTo(first);
    assertThat(ofAnother).isNotEqualTo(first);
    assertThat(media.blobCount()).isEqualTo(2 * blobs);
  }

  @Test
  void shouldSendAsADocumentWhatIsNotTakenAsAPicture() throws Exception {
    // when
    Upload upload = take(request("u1", "lucia", "a.gif"), Pictures.plain("gif", 8, 8));

    // then
    assertThat(((Upload.Stored) upload).attachment().form()).isEqualTo(Form.DOCUMENT);
  }

  @Test
  void shouldNameTheTypeAndWhatIsAllowed() throws Exception {
    // when
    Upload upload =
        take(
            request("u1", "lucia", "foto.png"),
            "<!DOCTYPE html><html></html>".getBytes(StandardCharsets.UTF_8));

    // then
    assertThat(upload)
        .isEqualTo(
            new Upload.WrongType(
                "text/html", List.of("application/pdf", "image/gif", "image/jpeg", "image/png")));
    assertThat(((Upload.Refused) upload).sentence(Locale.ENGLISH))
        .isEqualTo(
            "A file of type text/html cannot be sent here; allowed are: application/pdf, image/gif,"
                + " image/jpeg, image/png.");
    assertThat(((Upload.Refused) upload).sentence(Locale.of("es", "CO")))
        .startsWith("Aquí no se puede enviar un archivo de tipo text/html; puedes enviar:");
    assertThat(((Upload.Refused) upload).sentence(Locale.of("pt")))
        .startsWith("Um arquivo do tipo text/html");
    assertThat(media.blobCount()).isZero();
  }

  @Test
  void shouldNameTheLimitOfTheType() throws Exception {
    // given
    byte[] png = Pictures.plain("png", 8, 8);
    byte[] large = java.util.Arrays.copyOf(png, 20_001);

    // when
    Upload upload = take(request("u1", "lucia", "foto.png"), large);

    // then
    assertThat(upload).isEqualTo(new Upload.TooLarge(20_000));
    assertThat(((Upload.Refused) upload).sentence(Locale.ENGLISH))
        .isEqualTo("The file is too large: at most 19.5 KB are allowed.");
    assertThat(((Upload.Refused) upload).sentence(Locale.of("es")))
        .isEqualTo("El archivo es demasiado grande: se permiten como máximo 19,5 KB.");
    assertThat(media.blobCount()).isZero();
  }

  @Test
  void shouldStopReadingWhatIsTooLargeForAnyType() throws Exception {
    // given
    CountedBytes endless = new CountedBytes(Long.MAX_VALUE);

    // when
    Upload upload = media.uploads().take(request("u1", "lucia", "x"), LIMITS, endless);

    // then
    assertThat(upload).isEqualTo(new Upload.TooLarge(30_000));
    assertThat(endless.given()).isLessThan(200_000);
  }

  @Test
  void shouldTakeNothingWhereNothingIsAllowed() throws Exception {
    Upload upload =
        media
            .uploads()
            .take(
                request("u1", "lucia", "x"),
                new UploadLimits(Map.of()),
                InputStream.nullInputStream());
    assertThat(((Upload.Refused) upload).sentence(Locale.ENGLISH))
        .isEqualTo("A file of type application/octet-stream cannot be sent here.");
  }

  @Test
  void shouldRefuseAnInfectedUpload() throws Exception {
    // given
    media.scanner = bytes -> new VirusScan.Verdict.Infected("Eicar-Test");

    // when
    Upload upload = take(request("u1", "lucia", "foto.png"), Pictures.plain("png", 8, 8));

    // then
    assertThat(upload).isEqualTo(new Upload.Infected("Eicar-Test"));
    assertThat(media.blobCount()).isZero();
  }

  @Test
  void shouldKeepNothingThatWasNotScanned() throws Exception {
    // given
    media.scanner = bytes -> new VirusScan.Verdict.Unavailable("clamd cannot be reached");

    // when
    Upload upload = take(request("u1", "lucia", "foto.png"), Pictures.plain("png", 8, 8));

    // then
    assertThat(upload).isEqualTo(new Upload.NotScanned());
    assertThat(media.blobCount()).isZero();
  }

  @Test
  void shouldKeepNothingThatBreaksOff() throws Exception {
    InputStream broken = new CountedBytes(20_000).breakingAfter(10_000);
    assertThatThrownBy(() -> media.uploads().take(request("u1", "lucia", "x"), LIMITS, broken))
        .isInstanceOf(IOException.class);
    assertThat(media.blobCount()).isZero();
  }

  @Test
  void shouldLetOnlyTheUploaderPutItIntoOneMessage() throws Exception {
    // given
    Upload upload = take(request("u1", "lucia", "foto.png"), Pictures.plain("png", 8, 8));
    String id = ((Upload.Stored) upload).attachment().id();

    // when, then
    assertThat(media.attachments.use(id, "marta", "m1", Optional.of("ana"), Optional.empty()))
        .isEmpty();
    assertThat(media.attachments.use(id, "lucia", "m1", Optional.of("ana"), Optional.empty()))
        .hasValueSatisfying(a -> assertThat(a.contactId()).contains("ana"));
    assertThat(media.attachments.use(id, "lucia", "m1", Optional.of("ana"), Optional.empty()))
        .isPresent();
    assertThat(media.attachments.use(id, "lucia", "m2", Optional.of("bob"), Optional.empty()))
        .isEmpty();
  }
}
