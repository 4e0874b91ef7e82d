package dev.hilo.simulators.whatsapp;

import dev.hilo.simulators.mail.SampleFiles;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** Files of customers who have none at hand. */
public final class Samples {

  /** What phones record. */
  public static final String VOICE = "audio/ogg; codecs=opus";

  private static final int SECONDS = 4;

  /** A WebP of one pixel. */
  private static final String STICKER =
      "UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=";

  private Samples() {}

  /** The MIME type by a file name's ending. */
  public static String mimeType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "png" -> "image/png";
      case "jpg", "jpeg" -> "image/jpeg";
      case "ogg" -> VOICE;
      case "webp" -> "image/webp";
      case "mp4" -> "video/mp4";
      case "txt" -> "text/plain";
      default -> "application/pdf";
    };
  }

  /** What is usually sent as that. */
  public static String usual(String type) {
    return switch (type) {
      case "audio" -> VOICE;
      case "video" -> "video/mp4";
      case "sticker" -> "image/webp";
      case "document" -> "application/pdf";
      default -> "image/png";
    };
  }

  /** A file name for a MIME type. */
  public static String name(String mimeType) {
    String bare = MediaLimits.bare(mimeType);
    return "file." + bare.substring(bare.indexOf('/') + 1);
  }

  /** Something of that MIME type that a program can show; videos are bytes without any picture. */
  public static byte[] content(String mimeType) {
    return switch (MediaLimits.bare(mimeType)) {
      case "image/png", "image/jpeg" -> SampleFiles.picture();
      case "image/webp" -> Base64.getDecoder().decode(STICKER);
      case "application/pdf" -> SampleFiles.document("Tienda Aurora");
      case "audio/ogg" -> silence();
      default -> "Tienda Aurora\n".getBytes(StandardCharsets.UTF_8);
    };
  }

  /**
   * The same, of a certain size: filled with zeros, or cut off.
   *
   * @param size in bytes; 0: as it is
   */
  public static byte[] content(String mimeType, int size) {
    byte[] sample = content(mimeType);
    return size == 0 ? sample : Arrays.copyOf(sample, size);
  }

  /**
   * A recording of nothing: frames that say "silence", 20 ms each.
   *
   * <p>Source: RFC 7845 (Ogg Opus), RFC 6716 section 3.1.
   */
  private static byte[] silence() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
    head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 1);
    head.putShort((short) 312).putInt(48_000).putShort((short) 0).put((byte) 0);
    page(out, 2, 0, 0, new byte[][] {head.array()});
    ByteBuffer tags = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    tags.put("OpusTags".getBytes(StandardCharsets.US_ASCII)).putInt(4);
    tags.put("hilo".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    page(out, 0, 0, 1, new byte[][] {tags.array()});
    byte[][] second = new byte[50][];
    Arrays.fill(second, new byte[] {(byte) 0xF8, (byte) 0xFF, (byte) 0xFE});
    for (int i = 1; i <= SECONDS; i++) {
      page(out, i == SECONDS ? 4 : 0, i * 48_000L, i + 1, second);
    }
    return out.toByteArray();
  }

  private static void page(
      ByteArrayOutputStream out, int flags, long position, int number, byte[][] packets) {
    int length = 27 + packets.length + Arrays.stream(packets).mapToInt(one -> one.length).sum();
    ByteBuffer page = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags);
    page.putLong(position).putInt(1).putInt(number).putInt(0).put((byte) packets.length);
    for (byte[] packet : packets) {
      page.put((byte) packet.length);
    }
    for (byte[] packet : packets) {
      page.put(packet);
    }
    page.putInt(22, checksum(page.array()));
    out.writeBytes(page.array());
  }

  /** Source: RFC 3533, section 6: CRC-32 of 0x04c11db7, not reflected, starting with 0. */
  private static int checksum(byte[] page) {
    int sum = 0;
    for (byte each : page) {
      sum ^= each << 24;
      for (int bit = 0; bit < 8; bit++) {
        sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
      }
    }
    return sum;
  }
}
