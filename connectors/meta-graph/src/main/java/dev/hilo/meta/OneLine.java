package dev.hilo.meta;

/** Text from outside made fit for a log, a counter or an administrator's line. */
public final class OneLine {

  private OneLine() {}

  /** Without line breaks and control characters, at most {@code maxLength} UTF-16 units. */
  public static String of(String text, int maxLength) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    if (line.length() <= maxLength) {
      return line;
    }
    int end = maxLength - 1;
    if (Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end) + "…";
  }
}
