package dev.hilo.bench;

/** A message was lost or doubled: whatever else was measured counts for nothing. */
final class LossException extends BenchException {
  LossException(String message) {
    super(message);
  }
}
