package dev.hilo.inbox.visitor;

import dev.hilo.channel.ContactAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** How often a caller may call: widgets are open to everybody, so each caller gets a share. */
@Component
class VisitorPace {

  /**
   * The limits.
   *
   * @param callsPerMinute calls of one network address
   * @param codesPerMinute one-time codes of one visitor
   * @param uploadsPerHour files of one visitor
   * @param mailsPerHour mails that callers of one network address may ask for
   */
  @ConfigurationProperties("hilo.visitors")
  record Settings(
      @DefaultValue("600") int callsPerMinute,
      @DefaultValue("5") int codesPerMinute,
      @DefaultValue("60") int uploadsPerHour,
      @DefaultValue("20") int mailsPerHour) {}

  private final Settings settings;
  private final Windows calls;
  private final Windows codes;
  private final Windows uploads;
  private final Windows mails;

  VisitorPace(Settings settings, Clock clock) {
    this.settings = settings;
    this.calls = new Windows(clock, Duration.ofMinutes(1));
    this.codes = new Windows(clock, Duration.ofMinutes(1));
    this.uploads = new Windows(clock, Duration.ofHours(1));
    this.mails = new Windows(clock, Duration.ofHours(1));
  }

  boolean mayCall(String networkAddress) {
    return calls.take(networkAddress, settings.callsPerMinute());
  }

  boolean mayProve(ContactAddress visitor) {
    return codes.take(visitor.key(), settings.codesPerMinute());
  }

  boolean mayUpload(ContactAddress visitor) {
    return uploads.take(visitor.key(), settings.uploadsPerHour());
  }

  boolean mayAskForMail(String networkAddress) {
    return mails.take(networkAddress, settings.mailsPerHour());
  }

  /** Counts by window; remembers the latest callers only, so that nobody can fill the memory. */
  private static final class Windows {
    private static final int REMEMBERED = 50_000;

    private record Window(long number, int count) {}

    private final Clock clock;
    private final Duration length;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Window> windows =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > REMEMBERED;
          }
        };

    private Windows(Clock clock, Duration length) {
      this.clock = clock;
      this.length = length;
    }

    private boolean take(String caller, int limit) {
      long number = clock.millis() / length.toMillis();
      turn.lock();
      try {
        Window now =
            windows.compute(
                caller,
                (key, before) ->
                    before == null || before.number() != number
                        ? new Window(number, 1)
                        : new Window(number, before.count() + 1));
        return now.count() <= limit;
      } finally {
        turn.unlock();
      }
    }
  }
}
