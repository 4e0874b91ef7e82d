package dev.hilo.simulators.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The faults that were asked for and did not happen yet; the oldest fitting one is used up. */
public final class Faults {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Fault> planned = new ArrayList<>();

  public void plan(Fault fault) {
    lock.lock();
    try {
      planned.add(fault);
    } finally {
      lock.unlock();
    }
  }

  public List<Fault> planned() {
    lock.lock();
    try {
      return List.copyOf(planned);
    } finally {
      lock.unlock();
    }
  }

  public void clear() {
    lock.lock();
    try {
      planned.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Uses up one of the oldest fault for this call.
   *
   * @param call {@code send} or {@code read}
   */
  public Optional<Fault> take(String call) {
    lock.lock();
    try {
      for (int i = 0; i < planned.size(); i++) {
        Fault fault = planned.get(i);
        if (fault.concerns(call)) {
          if (fault.next() == 1) {
            planned.remove(i);
          } else {
            planned.set(i, fault.oneLess());
          }
          return Optional.of(fault);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
