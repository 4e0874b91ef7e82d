package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hilo.inbox.Together;
import dev.hilo.inbox.media.Blobs.Put;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every blob store must do. */
interface BlobsContract {

  int MIB = 1024 * 1024;

  /** The store, empty or not. */
  Blobs blobs();

  /** How many blobs and unfinished writings there are. */
  int leftovers() throws IOException;

  @Test
  default void shouldGiveBackWhatWasPut() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();

    // when
    Put put =
        blobs().put(key, new ByteArrayInputStream("hola".getBytes(StandardCharsets.US_ASCII)), 4);

    // then
    assertThat(put)
        .isEqualTo(
            new Put.Stored(4, "b221d9dbb083a7f33428d7c2a3c3198ae925614d70210e28716ccaa7cd4ddb79"));
    assertThat(blobs().exists(key)).isTrue();
    try (InputStream in = blobs().open(key).orElseThrow()) {
      assertThat(in).hasBinaryContent("hola".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  default void shouldTakeAnEmptyBlob() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();

    // when
    Put put = blobs().put(key, InputStream.nullInputStream(), 10);

    // then
    assertThat(put).isInstanceOf(Put.Stored.class);
    try (InputStream in = blobs().open(key).orElseThrow()) {
      assertThat(in).isEmpty();
    }
  }

  @Test
  default void shouldTakeABlobOfSeveralParts() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();
    CountedBytes bytes = new CountedBytes(20L * MIB + 7);

    // when
    Put put = blobs().put(key, bytes, 20L * MIB + 7);

    // then
    assertThat(put).isEqualTo(new Put.Stored(20L * MIB + 7, CountedBytes.sha256(20L * MIB + 7)));
    try (InputStream in = blobs().open(key).orElseThrow()) {
      assertThat(CountedBytes.sha256(in)).isEqualTo(CountedBytes.sha256(20L * MIB + 7));
    }
  }

  @Test
  default void shouldTakeABlobOfExactlyOnePart() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();

    // when
    blobs().put(key, new CountedBytes(8L * MIB), 8L * MIB);

    // then
    try (InputStream in = blobs().open(key).orElseThrow()) {
      assertThat(CountedBytes.sha256(in)).isEqualTo(CountedBytes.sha256(8L * MIB));
    }
  }

  @Test
  default void shouldKeepNothingOfABlobThatIsTooLarge() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();
    int before = leftovers();
    CountedBytes bytes = new CountedBytes(1000L * MIB);

    // when
    Put put = blobs().put(key, bytes, 9L * MIB);

    // then
    assertThat(put).isEqualTo(new Put.TooLarge(9L * MIB));
    assertThat(blobs().exists(key)).isFalse();
    assertThat(leftovers()).isEqualTo(before);
    assertThat(bytes.given()).as("bytes read").isLessThan(10L * MIB);
  }

  @Test
  default void shouldKeepNothingWhenTheSourceBreaksOff() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();
    int before = leftovers();
    InputStream broken = new CountedBytes(20L * MIB).breakingAfter(9L * MIB);

    // when
    assertThatThrownBy(() -> blobs().put(key, broken, 100L * MIB)).isInstanceOf(IOException.class);

    // then
    assertThat(blobs().exists(key)).isFalse();
    assertThat(leftovers()).isEqualTo(before);
  }

  @Test
  default void shouldShowNothingBeforeTheCommit() {
    // given
    BlobKey key = BlobKey.fresh();

    // when
    try (BlobWriter writer = blobs().begin(key)) {
      writer.write(new byte[9 * MIB], 0, 9 * MIB);

      // then
      assertThat(blobs().exists(key)).isFalse();
      assertThat(blobs().open(key)).isEmpty();
    }
    assertThat(blobs().exists(key)).isFalse();
  }

  @Test
  default void shouldSweepWhatACrashedWriterLeft() throws Exception {
    // given
    BlobKey kept = BlobKey.fresh();
    blobs().put(kept, new ByteArrayInputStream(new byte[1]), 1);
    int before = leftovers();
    blobs().begin(BlobKey.fresh()).write(new byte[9 * MIB], 0, 9 * MIB);
    assertThat(leftovers()).isEqualTo(before + 1);

    // when
    int young = blobs().sweep(Instant.now().minusSeconds(3600));
    int old = blobs().sweep(Instant.now().plusSeconds(3600));

    // then
    assertThat(young).isZero();
    assertThat(old).isEqualTo(1);
    assertThat(leftovers()).isEqualTo(before);
    assertThat(blobs().exists(kept)).isTrue();
  }

  @Test
  default void shouldGiveAPart() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();
    blobs()
        .put(key, new ByteArrayInputStream("0123456789".getBytes(StandardCharsets.US_ASCII)), 10);

    // when
    try (InputStream middle = blobs().open(key, new ByteRange(3, 4)).orElseThrow();
        InputStream last = blobs().open(key, new ByteRange(9, 1)).orElseThrow()) {
      // then
      assertThat(middle).hasBinaryContent("3456".getBytes(StandardCharsets.US_ASCII));
      assertThat(last).hasBinaryContent("9".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  default void shouldBearAReaderThatGoesAway() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();
    blobs().put(key, new CountedBytes(20L * MIB), 20L * MIB);

    // when
    InputStream in = blobs().open(key).orElseThrow();
    int first = in.read();
    in.close();

    // then
    assertThat(first).isEqualTo(CountedBytes.byteAt(0) & 0xff);
    assertThat(blobs().exists(key)).isTrue();
  }

  @Test
  default void shouldDeleteForEver() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();
    blobs().put(key, new ByteArrayInputStream(new byte[3]), 3);

    // when
    blobs().delete(key);
    blobs().delete(key);

    // then
    assertThat(blobs().exists(key)).isFalse();
    assertThat(blobs().open(key)).isEmpty();
    assertThat(blobs().open(key, new ByteRange(0, 1))).isEmpty();
  }

  @Test
  default void shouldFindNothingWhereNothingIs() {
    assertThat(blobs().exists(BlobKey.fresh())).isFalse();
    assertThat(blobs().open(BlobKey.fresh())).isEmpty();
  }

  @Test
  default void shouldKeepOneWholeBlobWhenManyWriteTheSame() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();
    List<Callable<Put>> writers =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    (Callable<Put>)
                        () -> blobs().put(key, new CountedBytes(9L * MIB + i), 10L * MIB))
            .toList();

    // when
    List<Put> puts = Together.run(writers);

    // then
    String kept;
    try (InputStream in = blobs().open(key).orElseThrow()) {
      kept = CountedBytes.sha256(in);
    }
    assertThat(puts).anySatisfy(put -> assertThat(((Put.Stored) put).sha256()).isEqualTo(kept));
  }

  @Test
  default void shouldStreamAHundredMegabytesWithFlatMemory() throws Exception {
    // given
    BlobKey key = BlobKey.fresh();
    long size = 100L * MIB;
    CountedBytes bytes = new CountedBytes(size);

    // when
    long mostHeld = 0;
    try (BlobWriter writer = blobs().begin(key)) {
      byte[] chunk = new byte[MIB];
      int read;
      while ((read = bytes.read(chunk)) > 0) {
        writer.write(chunk, 0, read);
        // What was given and is not yet outside of this process is held in memory.
        mostHeld = Math.max(mostHeld, bytes.given() - outside());
      }
      writer.commit();
    }

    // then
    assertThat(mostHeld).as("bytes held at once, writing").isLessThanOrEqualTo(10L * MIB);
    try (InputStream in = blobs().open(key).orElseThrow()) {
      assertThat(CountedBytes.sha256(in)).isEqualTo(CountedBytes.sha256(size));
    }
    blobs().delete(key);
  }

  /** How many bytes of unfinished writings have left this store's memory. */
  long outside() throws IOException;

  @Test
  default void shouldNotTakeAKeyThatIsNotOurs() {
    for (String bad :
        List.of("", "../../etc/passwd", "a", "A".repeat(40), "g".repeat(40), "0".repeat(41))) {
      assertThatThrownBy(() -> new BlobKey(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Optional.of(BlobKey.fresh()).map(key -> HexFormat.of().parseHex(key.value())))
        .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(20));
  }
}
