package dev.hilo.inbox.media;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;

/** So many bytes, made while they are read, never twice the same within 16 MiB. */
final class CountedBytes extends InputStream {

  private final long size;
  private long given;
  private long breakAt = Long.MAX_VALUE;

  CountedBytes(long size) {
    this.size = size;
  }

  CountedBytes breakingAfter(long bytes) {
    breakAt = bytes;
    return this;
  }

  long given() {
    return given;
  }

  static byte byteAt(long position) {
    return (byte) (position * 31 + (position >> 8) * 17 + (position >> 16));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (given >= breakAt) {
      throw new IOException("the line is dead");
    }
    if (given >= size) {
      return -1;
    }
    int count = (int) Math.min(length, Math.min(size, breakAt) - given);
    for (int i = 0; i < count; i++) {
      bytes[offset + i] = byteAt(given + i);
    }
    given += count;
    return count;
  }

  static String sha256(long size) throws IOException {
    return sha256(new CountedBytes(size));
  }

  static String sha256(InputStream in) throws IOException {
    var digest = Meter.sha256Digest();
    byte[] chunk = new byte[64 * 1024];
    int read;
    while ((read = in.read(chunk)) > 0) {
      digest.update(chunk, 0, read);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
