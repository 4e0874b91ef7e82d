package dev.hilo.inbox.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures that tests begin with. */
final class Pictures {

  /** One opaque pixel, lossy. */
  static final byte[] WEBP =
      Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

  private Pictures() {}

  /** White, with a red top left quarter. */
  static byte[] plain(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, width, height);
    canvas.setColor(Color.RED);
    canvas.fillRect(0, 0, width / 2, height / 2);
    canvas.dispose();
    return write(image, format);
  }

  static byte[] transparent(int width, int height) throws IOException {
    return write(new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB), "png");
  }

  private static byte[] write(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no writer of " + format);
    }
    return bytes.toByteArray();
  }

  static BufferedImage read(byte[] bytes) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  /** The JPEG with an EXIF segment that holds an orientation and a word. */
  static byte[] withExif(byte[] jpeg, int orientation, String word) throws IOException {
    ByteArrayOutputStream tiff = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(tiff);
    byte[] text = (word + "\0").getBytes(StandardCharsets.US_ASCII);
    out.writeBytes("MM\0*");
    out.writeInt(8);
    out.writeShort(2);
    // ImageDescription, beyond the directory.
    out.writeShort(0x010e);
    out.writeShort(2);
    out.writeInt(text.length);
    out.writeInt(8 + 2 + 24 + 4);
    // Orientation.
    out.writeShort(0x0112);
    out.writeShort(3);
    out.writeInt(1);
    out.writeShort(orientation);
    out.writeShort(0);
    out.writeInt(0);
    out.write(text);
    byte[] exif = tiff.toByteArray();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    DataOutputStream segment = new DataOutputStream(whole);
    segment.write(jpeg, 0, 2);
    segment.writeShort(0xffe1);
    segment.writeShort(2 + 6 + exif.length);
    segment.writeBytes("Exif\0\0");
    segment.write(exif);
    segment.write(jpeg, 2, jpeg.length - 2);
    return whole.toByteArray();
  }

  /** A PNG of a few bytes that says it has so many pixels. */
  static byte[] bomb(int width, int height) throws IOException {
    byte[] png = plain("png", 1, 1);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(header);
    out.writeBytes("IHDR");
    out.writeInt(width);
    out.writeInt(height);
    out.write(png, 24, 5);
    CRC32 crc = new CRC32();
    crc.update(header.toByteArray());
    System.arraycopy(header.toByteArray(), 0, png, 12, 17);
    int sum = (int) crc.getValue();
    for (int i = 0; i < 4; i++) {
      png[29 + i] = (byte) (sum >>> (24 - 8 * i));
    }
    return png;
  }
}
