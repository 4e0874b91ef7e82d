package dev.hilo.simulators.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hilo.simulators.meta.Fault;
import dev.hilo.simulators.time.Changes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/** Everything that the send API was called with, to count double sends. */
public final class SentCalls {

  private static final int LOG_SIZE = 50_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<SentCall> calls = new ArrayDeque<>();
  private final Changes changes;
  private long last;

  /**
   * One call.
   *
   * @param order from 1
   * @param kind {@code send} or {@code read}
   * @param body as it came
   * @param opaque its {@code biz_opaque_callback_data}
   * @param accepted whether the platform took it, even if the caller did not learn it
   * @param http the answer's status; 0: none was given
   * @param code the error's code
   * @param fault the fault that happened to it
   */
  public record SentCall(
      long order,
      Instant at,
      String business,
      String kind,
      JsonNode body,
      Optional<String> opaque,
      boolean accepted,
      Optional<String> wamid,
      int http,
      OptionalInt code,
      Optional<String> fault) {}

  SentCalls(Changes changes) {
    this.changes = changes;
  }

  void add(
      Instant at,
      String business,
      String kind,
      JsonNode body,
      Optional<String> wamid,
      boolean accepted,
      int http,
      OptionalInt code,
      Optional<Fault> fault) {
    lock.lock();
    try {
      last++;
      Optional<String> opaque =
          Optional.ofNullable(body.path("biz_opaque_callback_data").textValue());
      calls.add(
          new SentCall(
              last,
              at,
              business,
              kind,
              body,
              opaque,
              accepted,
              wamid,
              http,
              code,
              fault.map(one -> one.fault().word())));
      if (calls.size() > LOG_SIZE) {
        calls.removeFirst();
      }
    } finally {
      lock.unlock();
    }
    changes.signal();
  }

  /** All calls, oldest first. */
  public List<SentCall> all() {
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
