package dev.hilo.inbox.visitor;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.InvalidSettingsException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Availability by the week's hours of each account; an account without hours is always open. */
@Component
class OpeningHours implements Availability {

  /**
   * The hours, by channel and account.
   *
   * @param opening for example {@code webchat.shop}
   */
  @ConfigurationProperties("hilo.visitors")
  record Settings(@DefaultValue Map<String, Map<String, Hours>> opening) {}

  /**
   * The hours of one account.
   *
   * @param zone IANA name
   * @param hours {@code mon-fri 08:00-12:00,14:00-18:00; sat 09:00-13:00}; an end of 24:00 is
   *     midnight
   */
  record Hours(@DefaultValue("UTC") String zone, String hours) {}

  private static final Pattern PART =
      Pattern.compile("([a-z]{3})(?:-([a-z]{3}))?\\s+([0-9:,\\-\\s]+)");
  private static final Pattern RANGE = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");
  private static final int MIDNIGHT = 24 * 60;

  /** Minutes of the day; {@code to} is exclusive. */
  private record Range(int from, int to) {}

  private record Week(ZoneId zone, Map<DayOfWeek, List<Range>> days) {}

  private record Key(String channel, String account) {}

  private final Map<Key, Week> weeks = new HashMap<>();
  private final Clock clock;

  OpeningHours(Settings settings, Clock clock) {
    this.clock = clock;
    settings
        .opening()
        .forEach(
            (channel, accounts) ->
                accounts.forEach(
                    (account, hours) ->
                        weeks.put(
                            new Key(channel, account),
                            week("hilo.visitors.opening." + channel + "." + account, hours))));
  }

  @Override
  public Status of(ChannelType channel, AccountId account) {
    Week week = weeks.get(new Key(channel.value(), account.value()));
    if (week == null) {
      return new Status(true, Optional.empty(), ZoneOffset.UTC);
    }
    ZonedDateTime now = clock.instant().atZone(week.zone());
    int minute = now.getHour() * 60 + now.getMinute();
    boolean open =
        week.days().getOrDefault(now.getDayOfWeek(), List.of()).stream()
            .anyMatch(range -> range.from() <= minute && minute < range.to());
    return new Status(
        open, open ? Optional.empty() : next(week, now).map(ZonedDateTime::toInstant), week.zone());
  }

  private static Optional<ZonedDateTime> next(Week week, ZonedDateTime now) {
    for (int ahead = 0; ahead <= 7; ahead++) {
      LocalDate day = now.toLocalDate().plusDays(ahead);
      for (Range range : week.days().getOrDefault(day.getDayOfWeek(), List.of())) {
        ZonedDateTime start =
            day.atTime(LocalTime.ofSecondOfDay(range.from() * 60L)).atZone(week.zone());
        if (start.isAfter(now)) {
          return Optional.of(start);
        }
      }
    }
    return Optional.empty();
  }

  private static Week week(String place, Hours written) {
    ZoneId zone;
    try {
      zone = ZoneId.of(written.zone());
    } catch (DateTimeException e) {
      throw invalid(place + ".zone", "a time zone, for example America/Bogota");
    }
    String expected =
        "days and ranges, for example 'mon-fri 08:00-12:00,14:00-18:00; sat 09:00-13:00'";
    Map<DayOfWeek, List<Range>> days = new EnumMap<>(DayOfWeek.class);
    for (String part : written.hours().toLowerCase(Locale.ROOT).split(";", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches()) {
        throw invalid(place + ".hours", expected);
      }
      int from = day(matcher.group(1));
      int to = matcher.group(2) == null ? from : day(matcher.group(2));
      if (from < 0 || to < 0) {
        throw invalid(place + ".hours", expected);
      }
      List<Range> ranges = ranges(matcher.group(3), place + ".hours", expected);
      for (int day = from; ; day = (day + 1) % 7) {
        days.computeIfAbsent(DayOfWeek.of(day + 1), d -> new ArrayList<>()).addAll(ranges);
        if (day == to) {
          break;
        }
      }
    }
    days.values().forEach(ranges -> ranges.sort(Comparator.comparingInt(Range::from)));
    return new Week(zone, days);
  }

  private static List<Range> ranges(String written, String place, String expected) {
    List<Range> ranges = new ArrayList<>();
    for (String part : written.split(",", -1)) {
      Matcher matcher = RANGE.matcher(part.strip());
      if (!matcher.matches()) {
        throw invalid(place, expected);
      }
      int from = minutes(matcher.group(1), matcher.group(2));
      int to = minutes(matcher.group(3), matcher.group(4));
      if (from >= to || to > MIDNIGHT) {
        throw invalid(place, expected);
      }
      ranges.add(new Range(from, to));
    }
    return ranges;
  }

  private static int minutes(String hours, String minutes) {
    int minute = Integer.parseInt(minutes);
    return minute > 59 ? MIDNIGHT + 1 : Integer.parseInt(hours) * 60 + minute;
  }

  private static int day(String name) {
    return List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun").indexOf(name);
  }

  private static InvalidSettingsException invalid(String setting, String expected) {
    return new InvalidSettingsException(
        "the setting " + setting + " is not valid: expected " + expected);
  }
}
