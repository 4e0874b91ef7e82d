package dev.hilo.simulators.demo;

/** A customer's end of one channel. */
interface Correspondent extends AutoCloseable {

  /** Writes; returns when the other side has it, or when it will be delivered without our help. */
  void write(String text) throws InterruptedException;

  /** How many answers of people at the business have arrived so far. */
  int answers();

  @Override
  default void close() {}
}
