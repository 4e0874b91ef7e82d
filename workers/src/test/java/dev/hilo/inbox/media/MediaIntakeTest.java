package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hilo.channel.Content.Media.Form;
import dev.hilo.inbox.Together;
import dev.hilo.inbox.media.Attachment.State;
import dev.hilo.inbox.media.FileSource.Arrival;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaIntakeTest {

  @TempDir Path folder;
  private Media media;

  @BeforeEach
  void begin() {
    media = new Media(folder);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Arrival complete() {
    return new Arrival.Complete(Optional.empty(), Optional.empty());
  }

  @Test
  void shouldStoreAPictureWithItsSmallPicture() throws Exception {
    // given
    Attachment waiting = media.waiting("m1", Form.IMAGE, "image/png", "foto.jpg");
    byte[] jpeg = Pictures.plain("jpeg", 640, 480);

    // when
    Attachment stored = media.intake().store(waiting, new ByteArrayInputStream(jpeg));

    // then
    assertThat(stored.state()).isEqualTo(State.STORED);
    assertThat(stored.downloadable()).isTrue();
    assertThat(stored.form()).isEqualTo(Form.IMAGE);
    Attachment.StoredFile file = stored.file().orElseThrow();
    assertThat(file.type()).isEqualTo("image/jpeg");
    assertThat(file.size()).isEqualTo(jpeg.length);
    assertThat(file.sha256()).isEqualTo(CountedBytes.sha256(new ByteArrayInputStream(jpeg)));
    assertThat(media.blobs.open(file.key()).orElseThrow()).hasBinaryContent(jpeg);
    Attachment.StoredFile.Thumbnail small = file.thumbnail().orElseThrow();
    try (InputStream in = media.blobs.open(small.key()).orElseThrow()) {
      assertThat(Pictures.read(in.readAllBytes()).getWidth()).isEqualTo(320);
    }
    assertThat(media.attachments.get(stored.id())).contains(stored);
  }

  @Test
  void shouldNotTakeAPageForAPicture() {
    // given
    Attachment waiting = media.waiting("m1", Form.IMAGE, "image/png", "foto.png");

    // when
    Attachment stored = media.intake().store(waiting, bytes("<!DOCTYPE html><html></html>"));

    // then
    assertThat(stored.form()).isEqualTo(Form.DOCUMENT);
    assertThat(stored.file().orElseThrow().type()).isEqualTo("text/html");
    assertThat(stored.file().orElseThrow().thumbnail()).isEmpty();
    assertThat(stored.fileName()).isEqualTo("foto.png.bin");
    assertThat(stored.declaredType()).contains("image/png");
  }

  @Test
  void shouldNotReadAFileTwice() {
    // given
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "text/plain", "a.txt");
    Attachment stored = media.intake().store(waiting, bytes("one"));

    // when
    Attachment again =
        media
            .intake()
            .receive(
                waiting.id(),
                to -> {
                  throw new AssertionError("asked again");
                });

    // then
    assertThat(again).isEqualTo(stored);
  }

  @Test
  void shouldGiveTheSameIdForTheSameDelivery() {
    assertThat(Attachments.id("m1", 0)).hasSize(40).isEqualTo(Attachments.id("m1", 0));
    assertThat(Attachments.id("m1", 1)).isNotEqualTo(Attachments.id("m1", 0));
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "text/plain", "a.txt");
    assertThat(media.attachments.create(waiting)).isFalse();
  }

  @Test
  void shouldRefuseWhatIsTooLarge() throws Exception {
    // given
    Attachment waiting = media.waiting("m1", Form.VIDEO, "video/mp4", "a.mp4");

    // when: the source keeps the fault to itself
    Attachment refused =
        media
            .intake()
            .receive(
                waiting.id(),
                to -> {
                  try {
                    new CountedBytes(Media.MAX + 1).transferTo(to);
                  } catch (IOException e) {
                    return complete();
                  }
                  return complete();
                });

    // then
    assertThat(refused.state()).isEqualTo(State.REFUSED_TOO_LARGE);
    assertThat(refused.nextAttemptAt()).isEmpty();
    assertThat(media.blobCount()).isZero();
  }

  @Test
  void shouldTakeAFileOfExactlyTheLimit() {
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "x/y", "a");
    assertThat(media.intake().store(waiting, new CountedBytes(Media.MAX)).state())
        .isEqualTo(State.STORED);
  }

  @Test
  void shouldRefuseAnInfectedFile() throws Exception {
    // given
    media.scanner = bytes -> new VirusScan.Verdict.Infected("Eicar-Test");
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "text/plain", "a.txt");

    // when
    Attachment refused = media.intake().store(waiting, bytes("X5O!"));

    // then
    assertThat(refused.state()).isEqualTo(State.REFUSED_INFECTED);
    assertThat(refused.downloadable()).isFalse();
    assertThat(refused.reason()).contains("Eicar-Test");
    assertThat(refused.file()).isEmpty();
    assertThat(media.blobCount()).isZero();
  }

  @Test
  void shouldKeepTheBytesUntilTheScannerAnswers() {
    // given
    media.scanner = bytes -> new VirusScan.Verdict.Unavailable("clamd cannot be reached");
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "text/plain", "a.txt");
    Attachment unscanned = media.intake().store(waiting, bytes("hola"));
    assertThat(unscanned.state()).isEqualTo(State.WAITING);
    assertThat(unscanned.downloadable()).isFalse();
    assertThat(unscanned.reason()).contains("clamd cannot be reached");

    // when
    media.scanner = VirusScan.OFF;
    media.clock.forward(Duration.ofMinutes(1));
    Attachment stored =
        media
            .intake()
            .receive(
                waiting.id(),
                to -> {
                  throw new AssertionError("fetched again");
                });

    // then
    assertThat(stored.state()).isEqualTo(State.STORED);
    assertThat(stored.reason()).isEmpty();
  }

  @Test
  void shouldTryAgainLaterUntilItGivesUp() throws Exception {
    // given
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "text/plain", "a.txt");
    FileSource broken =
        to -> {
          to.write(new byte[100]);
          throw new IOException("the line is dead");
        };

    // when
    Attachment first = media.intake().receive(waiting.id(), broken);
    Attachment tooEarly = media.intake().receive(waiting.id(), broken);
    assertThat(media.attachments.due(10)).isEmpty();
    media.clock.forward(Duration.ofSeconds(31));
    assertThat(media.attachments.due(10)).hasSize(1);
    Attachment second = media.intake().receive(waiting.id(), broken);
    media.clock.forward(Duration.ofHours(1));
    Attachment last = media.intake().receive(waiting.id(), broken);

    // then
    assertThat(first.state()).isEqualTo(State.WAITING);
    assertThat(first.nextAttemptAt()).contains(Media.NOON.plusSeconds(30));
    assertThat(tooEarly).isEqualTo(first);
    assertThat(second.attempts()).isEqualTo(2);
    assertThat(last.state()).isEqualTo(State.FAILED);
    assertThat(media.attachments.due(10)).isEmpty();
    assertThat(media.blobCount()).isZero();
    assertThat(media.attachments.retry(waiting.id()).orElseThrow().state())
        .isEqualTo(State.WAITING);
  }

  @Test
  void shouldWaitAsLongAsTheProviderSays() {
    // given
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "text/plain", "a.txt");

    // when
    Attachment later =
        media
            .intake()
            .receive(
                waiting.id(),
                to -> new Arrival.Later("throttled", Optional.of(Duration.ofMinutes(5))));

    // then
    assertThat(later.nextAttemptAt()).contains(Media.NOON.plusSeconds(300));
  }

  @Test
  void shouldSayThatAFileIsGone() {
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "text/plain", "a.txt");
    assertThat(media.intake().receive(waiting.id(), to -> new Arrival.Gone("404")).state())
        .isEqualTo(State.GONE);
  }

  @Test
  void shouldTakeOneWhenManyFetchTheSame() throws Exception {
    // given
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "text/plain", "a.txt");
    AtomicInteger asked = new AtomicInteger();
    Callable<Attachment> fetch =
        () ->
            media
                .intake()
                .receive(
                    waiting.id(),
                    to -> {
                      asked.incrementAndGet();
                      to.write("hola".getBytes(StandardCharsets.UTF_8));
                      return complete();
                    });

    // when
    List<Attachment> all = Together.run(Collections.nCopies(8, fetch));

    // then
    assertThat(all).hasSize(8);
    assertThat(asked).hasValue(1);
    assertThat(media.blobCount()).isEqualTo(1);
    assertThat(media.attachments.get(waiting.id()).orElseThrow().state()).isEqualTo(State.STORED);
  }

  @Test
  void shouldTakeAFileUpAgainAfterACrash() {
    // given
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "text/plain", "a.txt");
    assertThatThrownBy(
            () ->
                media
                    .intake()
                    .receive(
                        waiting.id(),
                        to -> {
                          throw new IllegalStateException("killed");
                        }))
        .isInstanceOf(IllegalStateException.class);

    // when
    media.clock.forward(Attachments.TURN);
    Attachment stored = media.intake().receive(waiting.id(), to -> complete());

    // then
    assertThat(stored.state()).isEqualTo(State.STORED);
  }

  @Test
  void shouldUseTheProvidersNameWhereThereIsNoOther() {
    // given
    Attachment waiting =
        Attachment.waiting(
            "m1",
            0,
            Media.CHANNEL,
            Media.ACCOUNT,
            Form.DOCUMENT,
            "ref",
            Optional.empty(),
            Optional.empty(),
            Media.NOON);
    media.attachments.create(waiting);

    // when
    Attachment stored =
        media
            .intake()
            .receive(
                waiting.id(),
                to -> {
                  to.write("%PDF-1.7\n".getBytes(StandardCharsets.UTF_8));
                  return new Arrival.Complete(
                      Optional.of("application/pdf"), Optional.of("../factura.pdf"));
                });

    // then
    assertThat(stored.fileName()).isEqualTo("factura.pdf");
    assertThat(stored.declaredType()).contains("application/pdf");
  }

  @Test
  void shouldKeepNoCopyOfALink() {
    // given
    Attachment link =
        media
            .waiting("m0", Form.IMAGE, "image/jpeg", "x")
            .asLink(new Attachment.Link("https://cdn.example/abc", Optional.empty()));
    Attachment other =
        Attachment.waiting(
                "m2",
                0,
                Media.CHANNEL,
                Media.ACCOUNT,
                Form.IMAGE,
                "ref",
                Optional.empty(),
                Optional.empty(),
                Media.NOON)
            .asLink(new Attachment.Link("https://cdn.example/abc", Optional.empty()));
    media.attachments.create(other);

    // when
    Attachment after =
        media
            .intake()
            .receive(
                other.id(),
                to -> {
                  throw new AssertionError("copied");
                });

    // then
    assertThat(after.state()).isEqualTo(State.LINK_ONLY);
    assertThat(link + " " + after).doesNotContain("cdn.example");
  }

  @Test
  void shouldPutAFileIntoItsConversationOnce() {
    // given
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "text/plain", "a.txt");

    // when
    media.attachments.of(waiting.id(), "ana", Optional.empty());
    media.attachments.of(waiting.id(), "ana", Optional.of("c1"));
    media.attachments.of(waiting.id(), "bob", Optional.of("c2"));

    // then
    Attachment after = media.attachments.get(waiting.id()).orElseThrow();
    assertThat(after.contactId()).contains("ana");
    assertThat(after.conversationId()).contains("c1");
  }
}
