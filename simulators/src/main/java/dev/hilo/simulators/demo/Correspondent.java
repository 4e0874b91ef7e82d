package dev.hilo.simulators.demo;

import java.util.List;

/** A customer's end of one channel. */
interface Correspondent extends AutoCloseable {

  /** Writes; returns when the other side has it, or when it will be delivered without our help. */
  void write(String text) throws InterruptedException;

  /** Writes with files, by their names; where none can be sent, the text alone. */
  default void write(String text, List<String> files) throws InterruptedException {
    write(text);
  }

  /** Does what a turn brings beside its words; called after they are written. */
  default void after(DemoScript.Turn turn) {}

  /** How many answers of people at the business have arrived so far. */
  int answers();

  @Override
  default void close() {}
}
