package dev.hilo.inbox.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts, sums up and limits what passes, and keeps its beginning, by which a type is known. */
final class Meter extends OutputStream {

  /** As much as Tika's longest pattern asks for. */
  private static final int HEAD = 64 * 1024;

  private final OutputStream to;
  private final long maxBytes;
  private final MessageDigest digest = sha256Digest();
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private long size;
  private boolean full;

  Meter(OutputStream to, long maxBytes) {
    this.to = to;
    this.maxBytes = maxBytes;
  }

  /** More came than was allowed. */
  static final class FullException extends IOException {
    FullException(long maxBytes) {
      super("the file is larger than " + maxBytes + " bytes");
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (full || length > maxBytes - size) {
      full = true;
      throw new FullException(maxBytes);
    }
    to.write(bytes, offset, length);
    digest.update(bytes, offset, length);
    head.write(bytes, offset, Math.min(length, HEAD - head.size()));
    size += length;
  }

  /** Whether more came than was allowed, also where the writer kept the fault to itself. */
  boolean full() {
    return full;
  }

  long size() {
    return size;
  }

  /** Of all bytes; to be asked once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The first bytes, at most 64 KiB. */
  byte[] head() {
    return head.toByteArray();
  }

  static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
