package dev.hilo.email;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates of headers, also the obsolete and the broken ones that mail programs still write.
 *
 * <p>Source: RFC 5322 §3.3 and §4.3; asctime and ISO 8601 forms from mails as they occur.
 */
final class MailDate {

  private static final Pattern COMMENT = Pattern.compile("\\([^()]{0,200}\\)");
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "\\b(\\d{1,2})[\\s./-]{1,5}(\\p{L}{3})\\p{L}{0,8}[\\s.,/-]{1,5}(\\d{2,4})[\\s,]{1,5}"
              + "(\\d{1,2})\\s{0,5}[:.]\\s{0,5}(\\d{1,2})(?:\\s{0,5}[:.]\\s{0,5}(\\d{1,2}))?(.*)");
  private static final Pattern MONTH_FIRST =
      Pattern.compile(
          "\\b(\\p{L}{3})\\p{L}{0,6}\\s{1,5}(\\d{1,2}),?\\s{1,5}(?:(\\d{4})\\s{1,5})?"
              + "(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(.*)");
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[T ](\\d\\d):(\\d\\d)(?::(\\d\\d))?(.*)");
  private static final Pattern OFFSET = Pattern.compile("([+-])\\s?(\\d{1,2}):?(\\d{2})?(?!\\d)");
  private static final Pattern YEAR = Pattern.compile("\\b(?:19|20)\\d\\d\\b");
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final Map<String, Integer> ZONES =
      Map.ofEntries(
          Map.entry("EDT", -4),
          Map.entry("EST", -5),
          Map.entry("CDT", -5),
          Map.entry("CST", -6),
          Map.entry("MDT", -6),
          Map.entry("MST", -7),
          Map.entry("PDT", -7),
          Map.entry("PST", -8),
          Map.entry("CET", 1),
          Map.entry("MET", 1),
          Map.entry("CEST", 2),
          Map.entry("BST", 1),
          Map.entry("JST", 9));

  private MailDate() {}

  /** Reads a value; empty when no date is in it. An unknown zone is read as UTC (RFC 5322 §4.3). */
  static Optional<Instant> parse(String value) {
    String start = value.length() > 500 ? value.substring(0, 500) : value;
    String text = start.replaceAll("\\s+", " ");
    for (int i = 0; i < 3 && text.contains("("); i++) {
      text = COMMENT.matcher(text).replaceAll(" ");
    }
    try {
      Matcher day = DAY_FIRST.matcher(text);
      if (day.find()) {
        int month = month(day.group(2));
        return instant(day.group(3), month, day.group(1), day, 4);
      }
      Matcher numbers = NUMBERS.matcher(text);
      if (numbers.find()) {
        int month = Integer.parseInt(numbers.group(2));
        return instant(numbers.group(1), month, numbers.group(3), numbers, 4);
      }
      Matcher first = MONTH_FIRST.matcher(text);
      if (first.find()) {
        String year = first.group(3);
        if (year == null) {
          Matcher after = YEAR.matcher(first.group(7));
          if (!after.find()) {
            return Optional.empty();
          }
          year = after.group();
        }
        return instant(year, month(first.group(1)), first.group(2), first, 4);
      }
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(
      String year, int month, String day, Matcher time, int hourGroup) {
    String rest = time.group(hourGroup + 3);
    String second = time.group(hourGroup + 2);
    int hour = Integer.parseInt(time.group(hourGroup));
    String half = rest.stripLeading().toUpperCase(Locale.ROOT);
    if (half.startsWith("PM") && hour < 12) {
      hour += 12;
    } else if (half.startsWith("AM") && hour == 12) {
      hour = 0;
    }
    LocalDateTime local =
        LocalDateTime.of(
            century(Integer.parseInt(year), year.length()),
            month,
            Integer.parseInt(day),
            hour,
            Integer.parseInt(time.group(hourGroup + 1)),
            second == null ? 0 : Math.min(59, Integer.parseInt(second)));
    return Optional.of(OffsetDateTime.of(local, zone(rest)).toInstant());
  }

  /** RFC 5322 §4.3: two digits below 50 are this century, three digits count from 1900. */
  private static int century(int year, int digits) {
    return digits >= 4 ? year : digits == 3 || year >= 50 ? 1900 + year : 2000 + year;
  }

  private static int month(String name) {
    int at = MONTHS.indexOf(name.toLowerCase(Locale.ROOT));
    if (at < 0 || at % 3 != 0) {
      throw new DateTimeException("no month of that name");
    }
    return at / 3 + 1;
  }

  private static ZoneOffset zone(String rest) {
    Matcher offset = OFFSET.matcher(rest);
    if (offset.find()) {
      int sign = offset.group(1).equals("-") ? -1 : 1;
      int hours = Integer.parseInt(offset.group(2));
      int minutes = offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3));
      return hours > 14 || minutes > 59
          ? ZoneOffset.UTC
          : ZoneOffset.ofTotalSeconds(sign * (hours * 60 + minutes) * 60);
    }
    String name = rest.strip().toUpperCase(Locale.ROOT).split("[^A-Z]", 2)[0];
    return ZoneOffset.ofHours(ZONES.getOrDefault(name, 0));
  }
}
