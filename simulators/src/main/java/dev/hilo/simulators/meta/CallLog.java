package dev.hilo.simulators.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.time.Changes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/** Everything that the Graph API was called with, to count double sends. */
public final class CallLog {

  private static final int LOG_SIZE = 50_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Entry> calls = new ArrayDeque<>();
  private final Changes changes;
  private long last;

  /**
   * One call.
   *
   * @param order from 1
   * @param kind {@code send}, {@code action}, {@code upload} or {@code profile}
   * @param target the id in the address
   * @param body as it came; of a form its fields
   */
  public record Entry(
      long order, Instant at, String kind, String target, JsonNode body, Outcome outcome) {

    /** The message's {@code metadata}. */
    public Optional<String> metadata() {
      return Optional.ofNullable(body.at("/message/metadata").textValue());
    }
  }

  /**
   * What became of a call.
   *
   * @param accepted whether the platform took it, even if the caller did not learn it
   * @param mid the message's id
   * @param http the answer's status; 0: none was given
   * @param fault what was asked to happen to it
   */
  public record Outcome(
      boolean accepted,
      Optional<String> mid,
      int http,
      OptionalInt code,
      OptionalInt subcode,
      Optional<String> fault) {}

  CallLog(Changes changes) {
    this.changes = changes;
  }

  void add(Instant at, String kind, String target, JsonNode body, Outcome outcome) {
    lock.lock();
    try {
      last++;
      calls.add(new Entry(last, at, kind, target, body, outcome));
      if (calls.size() > LOG_SIZE) {
        calls.removeFirst();
      }
    } finally {
      lock.unlock();
    }
    changes.signal();
  }

  /** All calls, oldest first. */
  public List<Entry> all() {
    lock.lock();
    try {
      return List.copyOf(calls);
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      calls.clear();
      last = 0;
    } finally {
      lock.unlock();
    }
  }
}
