package dev.hilo.inbox.health;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many messages an account usually gets in each hour of the week, learnt from what it got.
 *
 * @param perHour average count of each hour of the week, Monday midnight UTC first; 168 numbers
 * @param since when the learning began
 * @param hour the hour that is being counted now
 * @param count messages in it so far
 */
public record Rhythm(List<Double> perHour, Instant since, Instant hour, long count) {

  private static final int HOURS = 7 * 24;

  /** Weeks that count: what was usual a season ago does not. */
  private static final int MEMORY = 8;

  /** With less than a week, some hours were never seen. */
  private static final Duration LEARNT = Duration.ofDays(7);

  /**
   * Silence is alarming when this many messages would have been usual: if they come independently
   * (a Poisson process), none at all in that time happens by chance once in 1,100 times.
   */
  static final double ALARMING = 7;

  public Rhythm {
    perHour = List.copyOf(perHour);
  }

  static Rhythm beginning(Instant now) {
    return new Rhythm(Collections.nCopies(HOURS, 0.0), now, now.truncatedTo(ChronoUnit.HOURS), 0);
  }

  /** Counts messages; hours that have passed meanwhile are learnt. */
  Rhythm counted(long messages, Instant now) {
    Instant thisHour = now.truncatedTo(ChronoUnit.HOURS);
    if (!thisHour.isAfter(hour)) {
      return new Rhythm(perHour, since, hour, count + messages);
    }
    List<Double> learnt = new ArrayList<>(perHour);
    long weeks = Duration.between(since, hour).toDays() / 7;
    double weight = 1.0 / Math.min(MEMORY, weeks + 1);
    long passed = Math.min(HOURS, ChronoUnit.HOURS.between(hour, thisHour));
    long counted = count;
    for (long i = 0; i < passed; i++) {
      int slot = slot(hour.plus(i, ChronoUnit.HOURS));
      learnt.set(slot, learnt.get(slot) + weight * (counted - learnt.get(slot)));
      counted = 0;
    }
    return new Rhythm(learnt, since, thisHour, messages);
  }

  /** How many messages are usual between two times. */
  double expected(Instant from, Instant to) {
    double sum = 0;
    Instant at = from;
    Instant limit = from.plus(Duration.ofHours(HOURS));
    while (at.isBefore(to) && at.isBefore(limit)) {
      Instant next = at.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
      Instant end = next.isBefore(to) ? next : to;
      double part = Duration.between(at, end).toSeconds() / 3600.0;
      sum += perHour.get(slot(at)) * part;
      at = end;
    }
    return sum;
  }

  /** Whether it is alarming that nothing has come since a time. */
  boolean alarming(Instant lastInboundAt, Instant now) {
    return !now.isBefore(since.plus(LEARNT)) && expected(lastInboundAt, now) >= ALARMING;
  }

  private static int slot(Instant at) {
    var utc = at.atZone(ZoneOffset.UTC);
    return (utc.getDayOfWeek().getValue() - 1) * 24 + utc.getHour();
  }
}
