package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.Content;
import dev.hilo.channel.Content.Media.Form;
import dev.hilo.channel.MediaChannel;
import dev.hilo.channel.MediaChannel.Fetched;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ParseResult;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.SendResult;
import dev.hilo.inbox.media.Attachment.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files between channels and the blob store. */
class StoredFilesTest {

  @TempDir Path folder;
  private Media media;
  private StoredFiles files;

  @BeforeEach
  void begin() {
    media = new Media(folder);
    files =
        new StoredFiles(
            media.attachments, media.blobs, new SignedLinks(Media.settings(), media.clock));
  }

  /** Brings three bytes and then this end. */
  private record Provider(Fetched end) implements MediaChannel {
    @Override
    public ChannelType type() {
      return Media.CHANNEL;
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.named("Phone app").build();
    }

    @Override
    public ParseResult parse(RawDelivery delivery) {
      throw new AssertionError("nothing is received here");
    }

    @Override
    public SendResult send(OutboundMessage message) {
      throw new AssertionError("nothing is sent here");
    }

    @Override
    public Fetched fetch(Request request, OutputStream to) {
      try {
        to.write(new byte[] {1, 2, 3});
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return end;
    }
  }

  private Attachment fetched(Fetched end) {
    Attachment waiting = media.waiting("m-" + end, Form.DOCUMENT, "x/y", "a.dat");
    MediaChannel.Request request =
        new MediaChannel.Request(
            new AccountId("line-1"),
            new Content.Media(
                Form.DOCUMENT,
                "ref",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty()),
            Media.MAX,
            Optional.empty());
    return media.intake().receive(waiting.id(), FileSource.of(new Provider(end), request));
  }

  @Test
  void shouldTakeEveryEndOfAFetch() {
    assertThat(fetched(new Fetched.Complete(Optional.empty(), Optional.empty())).state())
        .isEqualTo(State.STORED);
    assertThat(fetched(new Fetched.Gone("404")).state()).isEqualTo(State.GONE);
    assertThat(fetched(new Fetched.TooLarge("200 MB")).state()).isEqualTo(State.REFUSED_TOO_LARGE);
    assertThat(fetched(new Fetched.RetryLater("busy", Duration.ofMinutes(5))).nextAttemptAt())
        .contains(Media.NOON.plusSeconds(300));
    assertThat(fetched(new Fetched.Denied("expired")).state()).isEqualTo(State.WAITING);
  }

  @Test
  void shouldOpenStoredFilesOnly() throws Exception {
    // given
    Attachment waiting = media.waiting("m1", Form.DOCUMENT, "x/y", "a.dat");
    assertThatThrownBy(() -> files.open(waiting.id())).isInstanceOf(IOException.class);

    // when
    media.intake().store(waiting, new ByteArrayInputStream(new byte[] {1, 2, 3}));

    // then
    try (InputStream in = files.open(waiting.id())) {
      assertThat(in).hasBinaryContent(new byte[] {1, 2, 3});
    }
    assertThat(files.link(waiting.id(), Duration.ofMinutes(5)))
        .map(URI::getHost)
        .contains("inbox.example.com");
    assertThatThrownBy(() -> files.open("none")).isInstanceOf(IOException.class);
  }
}
