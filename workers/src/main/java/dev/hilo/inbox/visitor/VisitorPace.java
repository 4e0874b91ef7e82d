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
   */
  @ConfigurationProperties("hilo.visitors")
  record Settings(@DefaultValue("600") int callsPerMinute, @DefaultValue("5") int codesPerMinute) {}

  private final Settings settings;
  private final Windows calls;
  private final Windows codes;

  VisitorPace(Settings settings, Clock clock) {
    this.settings = settings;
    this.calls = new Windows(clock);
    this.codes = new Windows(clock);
  }

  boolean mayCall(String networkAddress) {
    return calls.take(networkAddress, settings.callsPerMinute());
  }

  boolean mayProve(ContactAddress visitor) {
    return codes.take(visitor.key(), settings.codesPerMinute());
  }

  /** Counts by minute; remembers the latest callers only, so that nobody can fill the memory. */
  private static final class Windows {
    private static final int REMEMBERED = 50_000;
    private static final Duration LENGTH = Duration.ofMinutes(1);

    private record Window(long minute, int count) {}

    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Window> windows =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > REMEMBERED;
          }
        };

    private Windows(Clock clock) {
      this.clock = clock;
    }

    private boolean take(String caller, int limit) {
      long minute = clock.millis() / LENGTH.toMillis();
      turn.lock();
      try {
        Window now =
            windows.compute(
                caller,
                (key, before) ->
                    before == null || before.minute() != minute
                        ? new Window(minute, 1)
                        : new Window(minute, before.count() + 1));
        return now.count() <= limit;
      } finally {
        turn.unlock();
      }
    }
  }
}
