package dev.hilo.inbox.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailsTest {

  private final Thumbnails thumbnails = new Thumbnails(50_000_000);

  private Optional<Thumbnails.Small> of(String type, byte[] picture) throws IOException {
    return thumbnails.of(type, () -> new ByteArrayInputStream(picture));
  }

  private static boolean red(BufferedImage image, double x, double y) {
    int rgb = image.getRGB((int) (x * (image.getWidth() - 1)), (int) (y * (image.getHeight() - 1)));
    return (rgb >> 16 & 0xff) > 150 && (rgb >> 8 & 0xff) < 100;
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif"})
  void shouldMakePicturesSmall(String format) throws Exception {
    // when
    Thumbnails.Small small =
        of("image/" + format, Pictures.plain(format, 2000, 1000)).orElseThrow();

    // then
    BufferedImage image = Pictures.read(small.bytes());
    assertThat(image.getWidth()).isEqualTo(320);
    assertThat(image.getHeight()).isEqualTo(160);
    assertThat(small.type()).isEqualTo("image/jpeg");
    assertThat(red(image, 0.25, 0.25)).isTrue();
    assertThat(red(image, 0.75, 0.25)).isFalse();
    assertThat(red(image, 0.25, 0.75)).isFalse();
  }

  @Test
  void shouldReadWebP() throws Exception {
    // when
    Thumbnails.Small small = of("image/webp", Pictures.WEBP).orElseThrow();

    // then
    assertThat(Pictures.read(small.bytes()).getWidth()).isEqualTo(1);
  }

  @Test
  void shouldNotMakeSmallPicturesLarger() throws Exception {
    Thumbnails.Small small = of("image/png", Pictures.plain("png", 40, 20)).orElseThrow();
    assertThat(Pictures.read(small.bytes()).getWidth()).isEqualTo(40);
  }

  @Test
  void shouldKeepTransparency() throws Exception {
    // when
    Thumbnails.Small small = of("image/png", Pictures.transparent(40, 40)).orElseThrow();

    // then
    assertThat(small.type()).isEqualTo("image/png");
    assertThat(Pictures.read(small.bytes()).getRGB(5, 5) >>> 24).isZero();
  }

  /** Where the red quarter, at the top left as stored, is seen. Source: EXIF 2.32, 4.6.4 A. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.25, 0.25, 320, 160",
    "2, 0.75, 0.25, 320, 160",
    "3, 0.75, 0.75, 320, 160",
    "4, 0.25, 0.75, 320, 160",
    "5, 0.25, 0.25, 160, 320",
    "6, 0.75, 0.25, 160, 320",
    "7, 0.75, 0.75, 160, 320",
    "8, 0.25, 0.75, 160, 320",
  })
  void shouldTurnPicturesAsTheCameraSays(int orientation, double x, double y, int width, int height)
      throws Exception {
    // given
    byte[] jpeg = Pictures.withExif(Pictures.plain("jpeg", 640, 320), orientation, "w");

    // when
    BufferedImage image = Pictures.read(of("image/jpeg", jpeg).orElseThrow().bytes());

    // then
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
    for (double atX : new double[] {0.25, 0.75}) {
      for (double atY : new double[] {0.25, 0.75}) {
        assertThat(red(image, atX, atY)).as(atX + ", " + atY).isEqualTo(atX == x && atY == y);
      }
    }
  }

  @Test
  void shouldLetNothingOfTheOriginalSurvive() throws Exception {
    // given
    byte[] jpeg = Pictures.withExif(Pictures.plain("jpeg", 640, 320), 1, "4.6097N-74.0817W");

    // when
    byte[] small = of("image/jpeg", jpeg).orElseThrow().bytes();

    // then
    assertThat(new String(jpeg, StandardCharsets.ISO_8859_1)).contains("4.6097N", "Exif");
    assertThat(new String(small, StandardCharsets.ISO_8859_1)).doesNotContain("4.6097N", "Exif");
  }

  @Test
  void shouldNotDecodeABomb() throws Exception {
    assertThat(of("image/png", Pictures.bomb(100_000, 100_000))).isEmpty();
    assertThat(of("image/png", Pictures.bomb(Integer.MAX_VALUE, Integer.MAX_VALUE))).isEmpty();
    assertThat(of("image/png", Pictures.bomb(7_000, 7_200))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif"})
  void shouldBearBrokenPictures(String format) throws Exception {
    // given
    byte[] picture = Pictures.plain(format, 64, 64);

    // when, then: no exception, whatever comes
    for (int cut = 0; cut < picture.length; cut += 1 + picture.length / 60) {
      assertThat(of("image/" + format, Arrays.copyOf(picture, cut))).isNotNull();
      byte[] changed = picture.clone();
      changed[cut] ^= (byte) 0x55;
      assertThat(of("image/" + format, changed)).isNotNull();
    }
    assertThat(of("application/pdf", picture)).isEmpty();
  }
}
