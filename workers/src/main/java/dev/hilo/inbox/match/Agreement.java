package dev.hilo.inbox.match;

import java.util.Locale;

/** How well two values agree. Which of these a field knows, best first, {@link Field} says. */
public enum Agreement {
  EQUAL,
  /** One slip of the pen apart. */
  SIMILAR,
  /** One is a part of the other: a second surname left out, a street without its number. */
  PART,
  /** Another way of writing or saying it: a nickname, the same sound. */
  ALIKE,
  /** Two parts in each other's place: given and family name, day and month. */
  SWAPPED,
  /** Something in common, not more than chance may give. */
  FAINT,
  /** One wrong, missing, additional or exchanged character. */
  TYPO,
  /** Two such characters, or one wrong part of a date. */
  NEAR,
  /** The last digits of a phone number, without what stands before. */
  ENDING,
  /** What stands before the at sign. */
  LOCAL_PART,
  POSTCODE,
  CITY,
  DIFFERENT;

  /** As written in keys of properties files. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
