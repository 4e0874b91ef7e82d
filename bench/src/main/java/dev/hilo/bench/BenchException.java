package dev.hilo.bench;

/**
 * Nothing could be measured, for the reason of the message: one sentence for who runs the bench.
 */
class BenchException extends RuntimeException {
  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
