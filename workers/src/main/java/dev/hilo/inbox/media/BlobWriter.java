package dev.hilo.inbox.media;

import java.io.OutputStream;

/**
 * Writes one blob, with memory that does not grow with it. Nobody sees the blob before {@link
 * #commit}; closing without a commit leaves nothing behind. Every method throws {@link
 * BlobsUnavailableException} when the blob store fails, and never an {@link java.io.IOException}:
 * so a source that breaks off and a store that fails are told apart.
 */
public abstract class BlobWriter extends OutputStream {

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public abstract void write(byte[] bytes, int offset, int length);

  @Override
  public void flush() {}

  /** Makes the blob durable and visible, all at once. */
  public abstract void commit();

  /** Ends the writing; without a commit before, what was written is removed. */
  @Override
  public abstract void close();
}
