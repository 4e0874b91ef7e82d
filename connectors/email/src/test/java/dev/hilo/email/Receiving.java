package dev.hilo.email;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A thread that receives, as the core runs one for each mailbox. */
final class Receiving implements AutoCloseable {

  private final Thread thread;
  private final AtomicReference<@Nullable Exception> end = new AtomicReference<>();

  Receiving(EmailChannel channel, Mailboxes.Inbox inbox) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    channel.receive(Mailboxes.SUPPORT, inbox);
                  } catch (IOException | InterruptedException | RuntimeException e) {
                    end.set(e);
                  }
                });
  }

  /** Waits until receiving ends by itself; why it did. */
  Exception ended() throws InterruptedException {
    if (!thread.join(Duration.ofSeconds(60))) {
      throw new AssertionError("receiving goes on");
    }
    Exception why = end.get();
    if (why == null) {
      throw new AssertionError("receiving ended without a reason");
    }
    return why;
  }

  /** Waits until something holds; fails when receiving ends before, or after half a minute. */
  void until(BooleanSupplier holds) throws InterruptedException {
    for (int i = 0; i < 3000 && !holds.getAsBoolean(); i++) {
      if (thread.join(Duration.ofMillis(10)) && !holds.getAsBoolean()) {
        throw new AssertionError("receiving ended", end.get());
      }
    }
    if (!holds.getAsBoolean()) {
      throw new AssertionError("it never came so far");
    }
  }

  /** Asks it to stop, and waits until it has. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (!thread.join(Duration.ofSeconds(30))) {
        throw new AssertionError("receiving does not stop");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("the test was stopped", e);
    }
  }
}
