package dev.hilo.whatsapp;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ContactAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long to leave a recipient alone whom the provider says to have got too many messages: six
 * seconds, and twice as long each time it says so again before a message went through.
 *
 * <p>Source: developers.facebook.com/documentation/business-messaging/whatsapp/throughput, read
 * 2026-11-20.
 */
final class PairPace {

  private static final Duration FIRST = Duration.ofSeconds(6);
  private static final int MOST_DOUBLINGS = 9;
  private static final int MOST_PAIRS = 10_000;

  private final Map<Pair, Integer> refusals =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, Integer> eldest) {
          return size() > MOST_PAIRS;
        }
      };

  private record Pair(AccountId account, String recipient) {}

  /** A message was refused: how long to wait. */
  synchronized Duration refused(AccountId account, ContactAddress to) {
    int before = refusals.merge(new Pair(account, to.key()), 1, Integer::sum) - 1;
    return FIRST.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
  }

  /** A message went through. */
  synchronized void accepted(AccountId account, ContactAddress to) {
    refusals.remove(new Pair(account, to.key()));
  }
}
