package dev.hilo.simulators.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The faults that are planned, in order. Used by many threads. */
final class MailFaults {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<MailFault> planned = new ArrayList<>();

  void plan(MailFault fault) {
    lock.lock();
    try {
      planned.add(fault);
    } finally {
      lock.unlock();
    }
  }

  List<MailFault> planned() {
    lock.lock();
    try {
      return List.copyOf(planned);
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      planned.clear();
    } finally {
      lock.unlock();
    }
  }

  /** The first fault of the kind for the address, which is then used up by one. */
  Optional<MailFault> take(MailFault.Kind kind, String address) {
    String mailbox = MailOwner.withoutDetail(address);
    lock.lock();
    try {
      for (int i = 0; i < planned.size(); i++) {
        MailFault fault = planned.get(i);
        if (fault.kind() == kind && fault.mailbox().map(mailbox::equals).orElse(true)) {
          if (fault.next() > 1) {
            planned.set(i, fault.less());
          } else {
            planned.remove(i);
          }
          return Optional.of(fault.once());
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
