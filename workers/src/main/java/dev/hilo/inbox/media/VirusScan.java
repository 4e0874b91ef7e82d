package dev.hilo.inbox.media;

import java.io.IOException;
import java.io.InputStream;

/** Looks for viruses in a file. */
@FunctionalInterface
public interface VirusScan {

  /** Looks at nothing and finds nothing: for installations without a scanner. */
  VirusScan OFF = bytes -> new Verdict.Clean();

  /**
   * Reads the bytes to their end and judges them.
   *
   * @param bytes closed by the caller
   * @throws IOException if the bytes cannot be read; a scanner that fails is {@link
   *     Verdict.Unavailable} instead
   */
  Verdict scan(InputStream bytes) throws IOException;

  /** What the scanner says. */
  sealed interface Verdict {
    /** Nothing was found. */
    record Clean() implements Verdict {}

    /**
     * Something was found.
     *
     * @param name the scanner's name of it
     */
    record Infected(String name) implements Verdict {}

    /**
     * The scanner did not judge: nothing is known of the file.
     *
     * @param detail why, without anything of the file
     */
    record Unavailable(String detail) implements Verdict {}
  }
}
